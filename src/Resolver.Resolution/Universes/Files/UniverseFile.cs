using System.IO.Compression;

namespace Resolver.Resolution.Universes.Files;

/// <summary>Reads and writes universe files: JSON (<c>.json</c>), gzipped JSON (<c>.json.gz</c>) and the compact
/// binary form (<c>.universe</c>), distinguished by content.</summary>
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
    /// <param name="source">What errors call it; without folder and suffixes the universe's name where it has none of
    /// its own.</param>
    /// <exception cref="UniverseFormatException">It is not a universe.</exception>
    public static Universe Read(Stream stream, string source)
    {
        Span<byte> head = stackalloc byte[4];
        var count = stream.ReadAtLeast(head, head.Length, false);
        using var whole = new PrefixedStream(head[..count], stream);
        if (head.SequenceEqual(UniverseBinary.Magic))
            return UniverseBinary.Read(whole, source);
        if (head is not [0x1F, 0x8B, ..])
            return Build(UniverseJson.Read(whole, source), source);
        try
        {
            using var unzipped = new GZipStream(whole, CompressionMode.Decompress);
            return Build(UniverseJson.Read(unzipped, source), source);
        }
        catch (InvalidDataException)
        {
            throw new UniverseFormatException(source, "", "the gzip data is corrupt");
        }
    }

    /// <summary>Writes the binary form.</summary>
    /// <exception cref="NotSupportedException">The universe is of scheme <see cref="UniverseScheme.Pep440"/>, whose
    /// portable form is JSON.</exception>
    public static void WriteBinary(Universe universe, Stream stream)
    {
        if (universe is not OrdinalUniverse ordinal)
            throw new NotSupportedException("The binary form holds universes of the schemes number and semver.");
        UniverseBinary.Write(ordinal, stream);
    }

    private static Universe Build(UniverseContent content, string source)
    {
        var name = string.IsNullOrEmpty(content.Name) ? NameFrom(source) : content.Name;
        return content.Scheme switch
        {
            "number" => new OrdinalUniverseBuilder(content, source, UniverseScheme.Number).Build(name),
            "semver" => new OrdinalUniverseBuilder(content, source, UniverseScheme.SemVer).Build(name),
            "pep440" or "" or null => new CandidateUniverseBuilder(content, source).Build(name),
            _ => throw new UniverseFormatException(
                source,
                "scheme",
                $"there is no scheme '{content.Scheme}'; known are pep440, semver and number"
            ),
        };
    }

    private static string NameFrom(string source)
    {
        var name = Path.GetFileName(source);
        foreach (var suffix in (ReadOnlySpan<string>)[".gz", ".json", ".universe"])
            name = name.EndsWith(suffix, StringComparison.OrdinalIgnoreCase) ? name[..^suffix.Length] : name;
        return name;
    }
}
