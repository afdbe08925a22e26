namespace Resolver.Resolution.Universes;

/// <summary>Reads and writes universe files: JSON (<c>.json</c>), gzipped JSON (<c>.json.gz</c>) and the compact binary form (<c>.universe</c>), told apart by content.</summary>
public static class UniverseFile
{
    /// <summary>Reads a universe from a file.</summary>
    /// <exception cref="UniverseFormatException">It is not a universe.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static Universe Read(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1);
        return Read(stream, path);
    }

    /// <summary>Reads a universe from a stream, to its end.</summary>
    /// <param name="stream">Read from where it stands; left open.</param>
    /// <param name="source">What errors call it; without suffixes the universe's name where it has none of its own.</param>
    /// <exception cref="UniverseFormatException">It is not a universe.</exception>
    public static Universe Read(Stream stream, string source) => throw new NotImplementedException();

    /// <summary>Writes the binary form.</summary>
    /// <exception cref="NotSupportedException">The universe is of scheme <see cref="UniverseScheme.Pep440"/>, whose portable form is JSON.</exception>
    public static void WriteBinary(Universe universe, Stream stream) => throw new NotImplementedException();
}
