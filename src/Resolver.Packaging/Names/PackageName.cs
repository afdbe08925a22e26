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
    public static ParseResult<PackageName> TryParse(string text) => NameGrammar.Check(text, "a project name") is { } error
        ? ParseResult<PackageName>.Failed(error)
        : ParseResult<PackageName>.Of(new(NameGrammar.Normalize(text)));

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no name.</exception>
    public static PackageName Parse(string text) => TryParse(text).Value;

    /// <summary>Whether the text is a name and already in normalised form.</summary>
    public static bool IsNormalized(string text) => NameGrammar.Check(text, "") is null && NameGrammar.Normalize(text) == text;

    /// <summary>The normalised form of any text, a name or not (PEP 503): lower case, runs of <c>-_.</c> are one hyphen.</summary>
    public static string Normalize(string text) => NameGrammar.Normalize(text);

    /// <summary>Normalises without judging: file names and dependency specifiers let names through that core metadata would refuse.</summary>
    internal static PackageName Unchecked(string text) => new(NameGrammar.Normalize(text));

    public int CompareTo(PackageName other) => string.CompareOrdinal(Normalized, other.Normalized);
    public bool Equals(PackageName other) => Normalized == other.Normalized;
    public override bool Equals(object? obj) => obj is PackageName other && Equals(other);
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Normalized;
    public static bool operator ==(PackageName a, PackageName b) => a.Equals(b);
    public static bool operator !=(PackageName a, PackageName b) => !a.Equals(b);
    public static bool operator <(PackageName a, PackageName b) => a.CompareTo(b) < 0;
    public static bool operator >(PackageName a, PackageName b) => a.CompareTo(b) > 0;
    public static bool operator <=(PackageName a, PackageName b) => a.CompareTo(b) <= 0;
    public static bool operator >=(PackageName a, PackageName b) => a.CompareTo(b) >= 0;
}
