namespace Resolver.Archives.Containers;

/// <summary>Bounds on what one container may make us do. The defaults are far above every honest source archive and
/// far below what hurts.</summary>
public sealed record ContainerLimits
{
    public static ContainerLimits Default { get; } = new();

    /// <summary>Entries in one container. The largest honest trees (a kernel, a browser) stay below 500,000.</summary>
    public int Entries { get; init; } = 500_000;

    /// <summary>Bytes a container may expand to, all entries and headers together.</summary>
    public long ExpandedBytes { get; init; } = 8L << 30;

    /// <summary>Expanded bytes for each byte of the file, judged only above <see cref="RatioFloor"/>. Deflate cannot
    /// exceed 1032; sources stay below 20.</summary>
    public int ExpansionRatio { get; init; } = 200;

    /// <summary>Expanded bytes up to which no ratio is judged: small archives of empty files are honest.</summary>
    public long RatioFloor { get; init; } = 64L << 20;

    /// <summary>Bytes of one file whose content is wanted.</summary>
    public int ContentBytes { get; init; } = 16 << 20;

    /// <summary>Bytes of all contents kept of one container.</summary>
    public long KeptBytes { get; init; } = 64L << 20;

    /// <summary>Characters of a path (PATH_MAX).</summary>
    public int PathLength { get; init; } = 4096;

    /// <summary>Characters of all paths and links together: what is remembered of a container is bounded, however
    /// many entries it has and however long they are called.</summary>
    public long PathCharacters { get; init; } = 32L << 20;

    /// <summary>Bytes of a zip's central directory, which is read as a whole; 500,000 entries of honest names take 50
    /// MiB.</summary>
    public long DirectoryBytes { get; init; } = 96L << 20;

    /// <summary>Bytes of an extended header, and of all that hold for what follows; no honest name comes
    /// near.</summary>
    public int HeaderBytes { get; init; } = 1 << 20;

    /// <summary>Folders above a file.</summary>
    public int Depth { get; init; } = 128;
}
