using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Versions;

/// <summary>A version (PEP 440). <c>default</c> is the version 0.</summary>
public readonly struct Version : IEquatable<Version>, IComparable<Version>
{
    public static ParseResult<Version> TryParse(string text) => throw new NotImplementedException();
    public static bool TryParse(ReadOnlySpan<char> text, out Version version) => throw new NotImplementedException();
    public static Version Parse(string text) => TryParse(text).Value;
    public bool IsPrerelease => throw new NotImplementedException();
    public bool IsPostrelease => throw new NotImplementedException();
    public bool IsDevrelease => throw new NotImplementedException();
    /// <summary>The local label, or null.</summary>
    public string? Local => throw new NotImplementedException();
    /// <summary>Epoch and release alone.</summary>
    public Version BaseVersion => throw new NotImplementedException();
    /// <summary>Without the local label.</summary>
    public Version Public => throw new NotImplementedException();
    public int CompareTo(Version other) => throw new NotImplementedException();
    public bool Equals(Version other) => CompareTo(other) == 0;
    public override bool Equals(object? obj) => obj is Version other && Equals(other);
    public override int GetHashCode() => throw new NotImplementedException();
    /// <summary>Normalised text.</summary>
    public override string ToString() => throw new NotImplementedException();
    public static bool operator ==(Version a, Version b) => a.Equals(b);
    public static bool operator !=(Version a, Version b) => !a.Equals(b);
    public static bool operator <(Version a, Version b) => a.CompareTo(b) < 0;
    public static bool operator >(Version a, Version b) => a.CompareTo(b) > 0;
    public static bool operator <=(Version a, Version b) => a.CompareTo(b) <= 0;
    public static bool operator >=(Version a, Version b) => a.CompareTo(b) >= 0;
}
