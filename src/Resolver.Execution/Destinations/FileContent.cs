using Resolver.Archives.Files;

namespace Resolver.Execution.Destinations;

/// <summary>Whether files hold the same bytes; no more than a block of each is in memory.</summary>
internal static class FileContent
{
    private const int BlockLength = 1 << 16;

    /// <summary>Compares two files, links followed.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static bool Equals(string first, string second)
    {
        using var one = DiskFile.OpenRead(first);
        using var other = DiskFile.OpenRead(second);
        return one.Length == other.Length && Equals(one, other);
    }

    /// <summary>Compares what is left of two streams.</summary>
    /// <exception cref="IOException">One of them cannot be read.</exception>
    public static bool Equals(Stream first, Stream second)
    {
        var (one, other) = (new byte[BlockLength], new byte[BlockLength]);
        while (true)
        {
            var read = first.ReadAtLeast(one, one.Length, throwOnEndOfStream: false);
            if (read != second.ReadAtLeast(other, other.Length, throwOnEndOfStream: false))
                return false;
            if (read == 0)
                return true;
            if (!one.AsSpan(0, read).SequenceEqual(other.AsSpan(0, read)))
                return false;
        }
    }
}
