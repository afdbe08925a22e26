using System.Buffers.Binary;
using System.IO.Compression;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;
using SharpCompress.Compressors.Xz;

namespace Resolver.Archives.Containers;

/// <summary>Opens the stream of what a compressed file holds.</summary>
internal static class Decompressor
{
    // xz -9 takes 64 MiB; a header may claim 4 GiB, which a decoder would take before it sees one byte.
    private const long LargestDictionary = 256L << 20;

    // What a decoder takes beside its dictionary.
    private const long Slack = 8L << 20;

    public static Stream Open(Stream source, Compression compression, ReadOnlySpan<byte> head)
    {
        switch (compression)
        {
            case Compression.None:
                return source;
            case Compression.Gzip:
                return new GZipStream(source, CompressionMode.Decompress, leaveOpen: true);
            case Compression.Bzip2:
                return BZip2Stream.Create(
                    source,
                    SharpCompress.Compressors.CompressionMode.Decompress,
                    decompressConcatenated: true,
                    leaveOpen: true
                );
            case Compression.Xz:
                JudgeDictionary(XzDictionary(head));
                return NativeXz.IsPresent
                    ? new NativeXz(source, isXz: true, LargestDictionary + Slack)
                    : new XZStream(source);
            case Compression.Zstd:
                return new ZstdSharp.DecompressionStream(source, leaveOpen: true); // windows above 128 MiB are refused by its own default
            case Compression.Lzma when NativeXz.IsPresent:
                JudgeDictionary(head.Length < 5 ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(head[1..]));
                return new NativeXz(source, isXz: false, LargestDictionary + Slack);
            case Compression.Lzma:
                var properties = new byte[13];
                source.ReadExactly(properties);
                JudgeDictionary(BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1)));
                var size = BinaryPrimitives.ReadInt64LittleEndian(properties.AsSpan(5));
                return LzmaStream.Create(properties[..5], source, -1, size < 0 ? -1 : size, leaveOpen: true);
            default:
                throw new ArgumentOutOfRangeException(nameof(compression));
        }
    }

    /// <exception cref="ContainerException">A decoder would take too much.</exception>
    public static void JudgeDictionary(long bytes)
    {
        if (bytes > LargestDictionary)
            throw new ContainerException("archive-too-large", $"its dictionary would take {bytes} bytes");
    }

    /// <summary>Dictionary of the first block's LZMA2 filter (the .xz format, 3.1 and 5.3.1); 0 where the header is
    /// not of that plain kind.</summary>
    private static long XzDictionary(ReadOnlySpan<byte> head)
    {
        if (head.Length < 24)
            return 0;
        var flags = head[13];
        var at = 14;
        for (var sizes = (flags >> 6 & 1) + (flags >> 7 & 1); sizes > 0; sizes--)
        {
            while (at < head.Length && (head[at] & 0x80) != 0)
                at++;
            at++;
        }
        if (at + 2 >= head.Length || head[at] != 0x21 || head[at + 1] != 1)
            return 0;
        var bits = head[at + 2] & 0x3F;
        return bits >= 40 ? uint.MaxValue : (2L | (bits & 1)) << (bits / 2 + 11);
    }
}
