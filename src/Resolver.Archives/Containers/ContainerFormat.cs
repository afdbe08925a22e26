namespace Resolver.Archives.Containers;

/// <summary>How bytes are compressed.</summary>
public enum Compression
{
    None,
    Gzip,
    Bzip2,
    Xz,
    Lzma,
    Zstd,
}

/// <summary>What a file is, by its first bytes: a file's name may lie.</summary>
/// <param name="IsZip">A zip; otherwise a tar, compressed as <paramref name="Compression"/> says.</param>
public readonly record struct ContainerFormat(bool IsZip, Compression Compression)
{
    /// <summary>Bytes needed for a judgement: a tar's magic stands at 257.</summary>
    public const int HeadLength = 512;

    /// <summary>Suffixes that make a file an archive in the eyes of a person, longest first.</summary>
    private static readonly (string Suffix, ContainerFormat Format)[] Suffixes =
    [
        (".tar.lzma", new(false, Compression.Lzma)),
        (".tar.bz2", new(false, Compression.Bzip2)),
        (".tar.zst", new(false, Compression.Zstd)),
        (".tar.gz", new(false, Compression.Gzip)),
        (".tar.xz", new(false, Compression.Xz)),
        (".tar.Z", new(false, Compression.None)),
        (".tgz", new(false, Compression.Gzip)),
        (".tbz2", new(false, Compression.Bzip2)),
        (".tbz", new(false, Compression.Bzip2)),
        (".txz", new(false, Compression.Xz)),
        (".tlz", new(false, Compression.Lzma)),
        (".tzst", new(false, Compression.Zstd)),
        (".tar", new(false, Compression.None)),
        (".whl", new(true, Compression.None)),
        (".zip", new(true, Compression.None)),
        (".egg", new(true, Compression.None)),
    ];

    /// <summary>The format that the first bytes show, or null where they show none.</summary>
    public static ContainerFormat? Detect(ReadOnlySpan<byte> head)
    {
        // Empty archives have only their end: PK 5 6 for a zip, zeros for a tar.
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8))
            return new(true, Compression.None);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
            return new(false, Compression.Gzip);
        if (head.StartsWith("BZh"u8))
            return new(false, Compression.Bzip2);
        if (head.StartsWith((ReadOnlySpan<byte>)[0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00]))
            return new(false, Compression.Xz);
        if (head.StartsWith((ReadOnlySpan<byte>)[0x28, 0xB5, 0x2F, 0xFD]))
            return new(false, Compression.Zstd);
        if (TarHeader.LooksLikeOne(head))
            return new(false, Compression.None);
        // LZMA alone has no magic: properties 5D, a dictionary of a power of two, and a size that is unknown or below
        // 2^40.
        if (
            head.Length >= 13
            && head[0] == 0x5D
            && head[1] == 0
            && head[2] == 0
            && (head[5..13].IndexOfAnyExcept((byte)0xFF) < 0 || (head[11] == 0 && head[12] == 0))
        )
            return new(false, Compression.Lzma);
        return null;
    }

    /// <summary>The format that a file's name claims, or null where it claims none.</summary>
    public static ContainerFormat? OfName(ReadOnlySpan<char> fileName)
    {
        foreach (var (suffix, format) in Suffixes)
        {
            if (fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return format;
        }
        return null;
    }

    /// <summary>The file's name without the suffix of an archive.</summary>
    public static string StemOf(string fileName)
    {
        foreach (var (suffix, _) in Suffixes)
        {
            if (fileName.EndsWith(suffix, StringComparison.OrdinalIgnoreCase))
                return fileName[..^suffix.Length];
        }
        return fileName;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        IsZip ? "zip"
        : Compression == Compression.None ? "tar"
        : $"tar compressed by {Compression.ToString().ToLowerInvariant()}";
}
