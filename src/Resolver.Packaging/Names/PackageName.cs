using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Names;

/// <summary>
/// The name of a project, normalised (PEP 503): equal when pip would call them equal. Ordered by normalised text.
/// </summary>
/// <remarks><c>default</c> is the empty name, which no project has.</remarks>
public readonly struct PackageName : IEquatable<PackageName>, IComparable<PackageName>
{
    private readonly string? normalized;

    private PackageName(string normalized) => this.normalized = normalized;

    /// <summary>Normalised text: lower case, runs of <c>-_.</c> are one hyphen.</summary>
    public string Normalized => normalized ?? "";

    /// <summary>Reads a name: ASCII letters and digits, and <c>-_.</c> between them (core metadata, "Name").</summary>
    public static ParseResult<PackageName> TryParse(string text) =>
        NameGrammar.Check(text, "a project name") is { } error
            ? ParseResult<PackageName>.Failed(error)
            : ParseResult<PackageName>.Of(new(NameGrammar.Normalize(text)));

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no name.</exception>
    public static PackageName Parse(string text) => TryParse(text).Value;

    /// <summary>Whether the text is a name and already in normalised form.</summary>
    public static bool IsNormalized(string text) =>
        NameGrammar.Check(text, "") is null && NameGrammar.Normalize(text) == text;

    /// <summary>The normalised form of any text, a name or not (PEP 503): lower case, runs of <c>-_.</c> are one
    /// hyphen.</summary>
    public static string Normalize(string text) => NameGrammar.Normalize(text);

    /// <summary>Normalises without judging: file names and dependency specifiers let names through that core metadata
    /// would refuse.</summary>
    internal static PackageName Unchecked(string text) => new(NameGrammar.Normalize(text));

    /// <summary>The order of the normalised texts, by character.</summary>
    public int CompareTo(PackageName other) => string.CompareOrdinal(Normalized, other.Normalized);

    /// <summary>Whether the normalised texts are the same (PEP 503).</summary>
    public bool Equals(PackageName other) => Normalized == other.Normalized;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PackageName other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);

    /// <summary>Normalised text.</summary>
    public override string ToString() => Normalized;

    /// <summary>Whether both are equal.</summary>
    public static bool operator ==(PackageName a, PackageName b) => a.Equals(b);

    /// <summary>Whether they are not equal.</summary>
    public static bool operator !=(PackageName a, PackageName b) => !a.Equals(b);

    /// <summary>Whether <paramref name="a"/> sorts before <paramref name="b"/>.</summary>
    public static bool operator <(PackageName a, PackageName b) => a.CompareTo(b) < 0;

    /// <summary>Whether <paramref name="a"/> sorts after <paramref name="b"/>.</summary>
    public static bool operator >(PackageName a, PackageName b) => a.CompareTo(b) > 0;

    /// <summary>Whether <paramref name="a"/> does not sort after <paramref name="b"/>.</summary>
    public static bool operator <=(PackageName a, PackageName b) => a.CompareTo(b) <= 0;

    /// <summary>Whether <paramref name="a"/> does not sort before <paramref name="b"/>.</summary>
    public static bool operator >=(PackageName a, PackageName b) => a.CompareTo(b) >= 0;
}
