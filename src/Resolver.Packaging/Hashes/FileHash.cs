namespace Resolver.Packaging.Hashes;

/// <summary>A hash that a file is said to have. Immutable; equal by value.</summary>
/// <param name="Kind">The algorithm.</param>
/// <param name="Digest">Hex digits in lower case. Their number is not checked: a digest of a wrong length fits no
/// file.</param>
public readonly record struct FileHash(HashKind Kind, string Digest)
{
    /// <summary>The names of the algorithms as pip writes them, indexed by <see cref="HashKind"/>.</summary>
    private static readonly string[] Names = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

    /// <summary>The names of all algorithms, the weakest first.</summary>
    public static IReadOnlyList<string> AlgorithmNames => Names;

    /// <summary>The name of the algorithm, such as <c>sha256</c>.</summary>
    public string Algorithm => NameOf(Kind);

    /// <summary>The name of an algorithm, such as <c>sha256</c>.</summary>
    public static string NameOf(HashKind kind) => Names[(int)kind];

    /// <summary>The algorithm of this name, in any case; null where there is none.</summary>
    public static HashKind? FindKind(string name) =>
        Array.FindIndex(Names, each => each.Equals(name, StringComparison.OrdinalIgnoreCase)) is var index and >= 0
            ? (HashKind)index
            : null;

    /// <summary>The hash, or null where the algorithm is unknown.</summary>
    public static FileHash? Of(string algorithm, string digest) =>
        FindKind(algorithm) is { } kind ? new FileHash(kind, digest.ToLowerInvariant()) : null;

    /// <summary><c>sha256=2cf2…</c>, as a URL's fragment has it.</summary>
    public override string ToString() => $"{Algorithm}={Digest}";
}
