using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Names;

/// <summary>The name of an extra, normalised (PEP 685).</summary>
public readonly struct ExtraName : IEquatable<ExtraName>, IComparable<ExtraName>
{
    private readonly string? normalized;
    private ExtraName(string normalized) => this.normalized = normalized;
    /// <summary>Normalised text: lower case, runs of <c>-_.</c> are one hyphen.</summary>
    public string Normalized => normalized ?? "";
    public static ParseResult<ExtraName> TryParse(string text) => throw new NotImplementedException();
    public static ExtraName Parse(string text) => TryParse(text).Value;
    public int CompareTo(ExtraName other) => string.CompareOrdinal(Normalized, other.Normalized);
    public bool Equals(ExtraName other) => Normalized == other.Normalized;
    public override bool Equals(object? obj) => obj is ExtraName other && Equals(other);
    public override int GetHashCode() => Normalized.GetHashCode(StringComparison.Ordinal);
    public override string ToString() => Normalized;
    public static bool operator ==(ExtraName a, ExtraName b) => a.Equals(b);
    public static bool operator !=(ExtraName a, ExtraName b) => !a.Equals(b);
    public static bool operator <(ExtraName a, ExtraName b) => a.CompareTo(b) < 0;
    public static bool operator >(ExtraName a, ExtraName b) => a.CompareTo(b) > 0;
    public static bool operator <=(ExtraName a, ExtraName b) => a.CompareTo(b) <= 0;
    public static bool operator >=(ExtraName a, ExtraName b) => a.CompareTo(b) >= 0;
}
