namespace Resolver.Packaging.Markers.Regions;

/// <summary>A set of values of one variable. Immutable, equal where it holds the same values; only sets of one kind
/// are combined.</summary>
internal abstract class ValueSet : IEquatable<ValueSet>
{
    public abstract bool IsEmpty { get; }

    public abstract ValueSet Intersect(ValueSet other);

    public abstract ValueSet Complement();

    public ValueSet Union(ValueSet other) => Complement().Intersect(other.Complement()).Complement();

    public bool Equals(ValueSet? other) =>
        other is not null && GetType() == other.GetType() && ToString() == other.ToString();

    public override bool Equals(object? obj) => Equals(obj as ValueSet);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>One text a set: what equality and the order of edges go by.</summary>
    public abstract override string ToString();
}
