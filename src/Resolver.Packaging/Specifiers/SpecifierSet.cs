using Resolver.Packaging.Parsing;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>Clauses that must all hold, such as <c>&gt;=1.2,&lt;2</c> (PEP 440). The empty set admits every version.</summary>
public sealed class SpecifierSet : IEquatable<SpecifierSet>
{
    public static SpecifierSet Any => throw new NotImplementedException();
    public static ParseResult<SpecifierSet> TryParse(string text) => throw new NotImplementedException();
    public static SpecifierSet Parse(string text) => TryParse(text).Value;
    /// <summary>The clauses, in normalised order.</summary>
    public IReadOnlyList<Specifier> Specifiers => throw new NotImplementedException();
    /// <summary>True where a clause itself names a pre-release, else null ("no opinion").</summary>
    public bool? Prereleases => throw new NotImplementedException();
    /// <summary>Whether the version is in the set. <paramref name="prereleases"/>: true admits, false refuses pre-releases; null as the standard says for a version with no alternative: admits.</summary>
    public bool Contains(Version version, bool? prereleases = null) => throw new NotImplementedException();
    /// <summary>The clauses of both.</summary>
    public SpecifierSet Intersect(SpecifierSet other) => throw new NotImplementedException();
    public bool Equals(SpecifierSet? other) => throw new NotImplementedException();
    public override bool Equals(object? obj) => Equals(obj as SpecifierSet);
    public override int GetHashCode() => throw new NotImplementedException();
    /// <summary>Normalised text: sorted, without duplicates.</summary>
    public override string ToString() => throw new NotImplementedException();
}
