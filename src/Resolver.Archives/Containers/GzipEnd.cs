using System.Buffers.Binary;
using Resolver.Archives.Files;
using SharpCompress.Compressors;
using SharpCompress.Compressors.Deflate;

namespace Resolver.Archives.Containers;

/// <summary>Tells a cut gzip file from a whole one. The framework's deflate is silent where its input ends early: it
/// gives what it has.</summary>
internal static class GzipEnd
{
    /// <summary>Whether the file ends as gzip must.</summary>
    /// <param name="path">Where it lies.</param>
    /// <param name="expanded">Bytes that came out of it.</param>
    public static bool IsWhole(string path, FileStream file, long expanded)
    {
        // The last four bytes are the length modulo 2^32 (RFC 1952, ISIZE): free, and right for all but files of
        // several members or with data behind them.
        Span<byte> length = stackalloc byte[4];
        if (
            file.Length >= 18
            && RandomAccess.Read(file.SafeFileHandle, length, file.Length - 4) == 4
            && BinaryPrimitives.ReadUInt32LittleEndian(length) == (uint)expanded
        )
            return true;

        // A second decoder that minds the trailer; the bounds were judged by the first reading.
        using var again = DiskFile.OpenRead(path);
        try
        {
            using var stream = new GZipStream(again, SharpCompress.Compressors.CompressionMode.Decompress);
            var buffer = new byte[64 << 10];
            while (stream.Read(buffer, 0, buffer.Length) > 0) { }
            return true;
        }
        catch (Exception e) when (e is not (UnauthorizedAccessException or OutOfMemoryException))
        {
            return false;
        }
    }
}
