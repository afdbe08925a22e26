using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Requirements;

/// <summary>A dependency specifier (PEP 508): a name, extras, versions or a URL, and a marker.</summary>
public sealed class Requirement : IEquatable<Requirement>
{
    public static ParseResult<Requirement> TryParse(string text) => throw new NotImplementedException();
    public static Requirement Parse(string text) => TryParse(text).Value;
    public PackageName Name => throw new NotImplementedException();
    /// <summary>The name as written.</summary>
    public string RawName => throw new NotImplementedException();
    /// <summary>Sorted, without duplicates.</summary>
    public IReadOnlyList<ExtraName> Extras => throw new NotImplementedException();
    public SpecifierSet Specifier => throw new NotImplementedException();
    /// <summary>The direct reference, or null.</summary>
    public string? Url => throw new NotImplementedException();
    /// <summary>The condition, or null where it always holds.</summary>
    public Marker? Marker => throw new NotImplementedException();
    /// <summary>The text as it was written, trimmed.</summary>
    public string Text => throw new NotImplementedException();
    public bool Equals(Requirement? other) => throw new NotImplementedException();
    public override bool Equals(object? obj) => Equals(obj as Requirement);
    public override int GetHashCode() => throw new NotImplementedException();
    /// <summary>Normalised text, as packaging prints it.</summary>
    public override string ToString() => throw new NotImplementedException();
}
