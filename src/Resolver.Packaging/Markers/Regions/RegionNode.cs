namespace Resolver.Packaging.Markers.Regions;

/// <summary>
/// A node of a decision diagram (Bryant 1986, with more than two edges a node): the values of a variable are shared
/// out among the edges, and variables come in one order from the root to the leaves. Edges to equal children are one,
/// and a node of one edge is its child, so equal sets have equal diagrams.
/// </summary>
internal sealed class RegionNode : IEquatable<RegionNode>
{
    private readonly int hash;

    private RegionNode(RegionVariable? variable, (ValueSet Values, RegionNode Child)[] edges, int hash)
    {
        (Variable, Edges, this.hash) = (variable, edges, hash);
        IsExact = variable?.Comparison is null && Array.TrueForAll(edges, edge => edge.Child.IsExact);
    }

    public static RegionNode True { get; } = new(null, [], 1);

    public static RegionNode False { get; } = new(null, [], 2);

    /// <summary>What is asked; null at a leaf.</summary>
    public RegionVariable? Variable { get; }

    /// <summary>Whether no comparison is kept as it stands: then the diagram of no environment is the leaf, and no
    /// other.</summary>
    public bool IsExact { get; }

    /// <summary>Disjoint, together all values, in the order of their texts.</summary>
    public (ValueSet Values, RegionNode Child)[] Edges { get; }

    /// <summary>The variable has one of these values.</summary>
    public static RegionNode Of(RegionVariable variable, ValueSet values) =>
        Make(variable, [(values, True), (values.Complement(), False)]);

    public static RegionNode Make(RegionVariable variable, IEnumerable<(ValueSet Values, RegionNode Child)> edges)
    {
        var merged = new List<(ValueSet Values, RegionNode Child)>();
        foreach (var edge in edges)
        {
            if (edge.Values.IsEmpty)
                continue;
            var known = merged.FindIndex(each => each.Child.Equals(edge.Child));
            if (known < 0)
                merged.Add(edge);
            else
                merged[known] = (merged[known].Values.Union(edge.Values), edge.Child);
        }
        if (merged.Count == 1)
            return merged[0].Child;
        merged.Sort(static (a, b) => string.CompareOrdinal(a.Values.ToString(), b.Values.ToString()));
        var hash = new HashCode();
        hash.Add(variable);
        foreach (var (values, child) in merged)
        {
            hash.Add(values);
            hash.Add(child.hash);
        }
        return new(variable, [.. merged], hash.ToHashCode());
    }

    public RegionNode Not() =>
        this == True ? False
        : this == False ? True
        : Make(Variable!, Edges.Select(edge => (edge.Values, edge.Child.Not())));

    public RegionNode And(RegionNode other) => And(other, []);

    public RegionNode Or(RegionNode other) => Not().And(other.Not()).Not();

    private RegionNode And(RegionNode other, Dictionary<(RegionNode, RegionNode), RegionNode> known)
    {
        if (this == False || other == False)
            return False;
        if (this == True || ReferenceEquals(this, other))
            return other;
        if (other == True)
            return this;
        if (known.TryGetValue((this, other), out var result))
            return result;
        var order = Variable!.CompareTo(other.Variable);
        result =
            order < 0 ? Make(Variable, Edges.Select(edge => (edge.Values, edge.Child.And(other, known))))
            : order > 0 ? Make(other.Variable!, other.Edges.Select(edge => (edge.Values, And(edge.Child, known))))
            : Make(
                Variable,
                from left in Edges
                from right in other.Edges
                let values = left.Values.Intersect(right.Values)
                where !values.IsEmpty
                select (values, left.Child.And(right.Child, known))
            );
        known.Add((this, other), result);
        return result;
    }

    public bool Equals(RegionNode? other)
    {
        if (ReferenceEquals(this, other))
            return true;
        if (
            other is null
            || hash != other.hash
            || Edges.Length != other.Edges.Length
            || Edges.Length == 0
            || !Variable!.Equals(other.Variable)
        )
            return false;
        for (var i = 0; i < Edges.Length; i++)
        {
            if (!Edges[i].Values.Equals(other.Edges[i].Values) || !Edges[i].Child.Equals(other.Edges[i].Child))
                return false;
        }
        return true;
    }

    public override bool Equals(object? obj) => Equals(obj as RegionNode);

    public override int GetHashCode() => hash;
}
