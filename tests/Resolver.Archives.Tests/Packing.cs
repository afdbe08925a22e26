using System.Buffers.Binary;
using Resolver.Archives.Containers;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;

namespace Resolver.Archives.Tests;

/// <summary>Bytes as each compression writes them, with the checksums that its tools write.</summary>
internal static class Packing
{
    /// <summary>All that can be read, but for zip, which is no compression of a tar.</summary>
    public static byte[] Packed(string compression, byte[] bytes) =>
        compression switch
        {
            "none" => bytes,
            "gzip" => Scratch.Gzip(bytes),
            "bzip2" => Bzip2(bytes),
            "xz" => Xz(bytes),
            "lzma" => Lzma(bytes),
            "zstd" => Zstd(bytes),
            _ => throw new ArgumentOutOfRangeException(nameof(compression)),
        };

    private static byte[] Bzip2(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (
            var bzip2 = BZip2Stream.Create(
                stream,
                SharpCompress.Compressors.CompressionMode.Compress,
                false,
                leaveOpen: true
            )
        )
            bzip2.Write(bytes);
        return stream.ToArray();
    }

    private static byte[] Zstd(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var zstd = new ZstdSharp.CompressionStream(stream, leaveOpen: true))
        {
            zstd.SetParameter(ZstdSharp.Unsafe.ZSTD_cParameter.ZSTD_c_checksumFlag, 1);
            zstd.Write(bytes);
        }
        return stream.ToArray();
    }

    /// <summary>LZMA alone: properties, the length, the data; no checksum.</summary>
    private static byte[] Lzma(byte[] bytes)
    {
        var (properties, data) = Encoded(bytes);
        var length = new byte[8];
        BinaryPrimitives.WriteInt64LittleEndian(length, bytes.Length);
        return [.. properties, .. length, .. data];
    }

    /// <summary>A .xz file (its format, 1.1.0) of one stream, one block with CRC32, and in it one chunk of LZMA2: up
    /// to 64 KiB that are packed, of 2 MiB.</summary>
    private static byte[] Xz(byte[] bytes)
    {
        var (properties, data) = Encoded(bytes);
        var (unpacked, packed) = (bytes.Length - 1, data.Length - 1);
        // Resets everything and states the properties.
        byte[] chunk =
        [
            (byte)(0xE0 | (unpacked >> 16)),
            (byte)(unpacked >> 8),
            (byte)unpacked,
            (byte)(packed >> 8),
            (byte)packed,
            properties[0],
            .. data,
            0,
        ];
        byte[] flags = [0, 1];
        // Its length in words less one, no sizes, the filter LZMA2 with a dictionary of 8 MiB.
        byte[] block = Checked([2, 0, 0x21, 1, 22, 0, 0, 0]);
        var length = block.Length + chunk.Length + 4;
        byte[] index = Checked(Padded([0, 1, .. Number(length), .. Number(bytes.Length)]));
        byte[] backward = [.. Word((uint)(index.Length / 4) - 1), .. flags];
        return
        [
            0xFD,
            (byte)'7',
            (byte)'z',
            (byte)'X',
            (byte)'Z',
            0,
            .. Checked(flags),
            .. block,
            .. Padded(chunk),
            .. Word(Crc32.Of(bytes)),
            .. index,
            .. Word(Crc32.Of(backward)),
            .. backward,
            (byte)'Y',
            (byte)'Z',
        ];

        static byte[] Word(uint value) => BitConverter.GetBytes(value);
        static byte[] Checked(byte[] of) => [.. of, .. Word(Crc32.Of(of))];
        static byte[] Padded(byte[] of) => [.. of, .. new byte[(4 - of.Length % 4) % 4]];
        static IEnumerable<byte> Number(int value)
        {
            for (; value >= 0x80; value >>= 7)
                yield return (byte)(value | 0x80);
            yield return (byte)value;
        }
    }

    private static (byte[] Properties, byte[] Data) Encoded(byte[] bytes)
    {
        using var stream = new MemoryStream();
        byte[] properties;
        using (var lzma = LzmaStream.Create(new LzmaEncoderProperties(eos: false), false, stream))
        {
            lzma.Write(bytes);
            properties = lzma.Properties;
        }
        return (properties, stream.ToArray());
    }
}
