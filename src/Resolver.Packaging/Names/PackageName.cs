using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Names;

/// <summary>The name of a project, normalised (PEP 503): equal when pip would call them equal.</summary>
public readonly struct PackageName : IEquatable<PackageName>, IComparable<PackageName>
{
    private readonly string? normalized;
    private PackageName(string normalized) => this.normalized = normalized;
    /// <summary>Normalised text: lower case, runs of <c>-_.</c> are one hyphen.</summary>
    public string Normalized => normalized ?? "";
    public static ParseResult<PackageName> TryParse(string text) => throw new NotImplementedException();
    public static PackageName Parse(string text) => TryParse(text).Value;
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
