using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Markers;

/// <summary>A condition on the environment and on the requested extras (PEP 508, "Environment Markers").</summary>
public sealed class Marker : IEquatable<Marker>
{
    public static ParseResult<Marker> TryParse(string text) => throw new NotImplementedException();
    public static Marker Parse(string text) => TryParse(text).Value;
    /// <summary>The tree.</summary>
    public MarkerExpression Expression => throw new NotImplementedException();
    /// <summary>Judges the marker against an environment and the whole set of extras requested of the project it belongs to. A comparison that is undefined or names an unknown variable is an error.</summary>
    public ParseResult<bool> TryEvaluate(MarkerEnvironment environment, IReadOnlyCollection<ExtraName> extras) => throw new NotImplementedException();
    /// <summary>Whether the variable <c>extra</c> occurs.</summary>
    public bool MentionsExtra => throw new NotImplementedException();
    public bool Equals(Marker? other) => throw new NotImplementedException();
    public override bool Equals(object? obj) => Equals(obj as Marker);
    public override int GetHashCode() => throw new NotImplementedException();
    /// <summary>Normalised text.</summary>
    public override string ToString() => throw new NotImplementedException();
}
