namespace Resolver.Packaging.Markers.Regions;

/// <summary>
/// What the nodes of a region ask: which Python, which text a variable holds, or whether one comparison holds that is
/// kept as it stands (<c>in</c>, <c>not in</c>, versions of systems, extras), because the values for which it does
/// are no set that could be written down.
/// </summary>
internal sealed class RegionVariable : IEquatable<RegionVariable>, IComparable<RegionVariable>
{
    private readonly int rank;
    private readonly string text;

    private RegionVariable(int rank, string name, MarkerExpression.Comparison? comparison)
    {
        this.rank = rank;
        Name = name;
        Comparison = comparison;
        text = comparison?.ToString() ?? name;
    }

    /// <summary>The release of Python: both <c>python_version</c> and <c>python_full_version</c>.</summary>
    public static RegionVariable Python { get; } = new(0, "python_full_version", null);

    /// <summary>The marker variable that it is about.</summary>
    public string Name { get; }

    /// <summary>The comparison that is kept as it stands, or null.</summary>
    public MarkerExpression.Comparison? Comparison { get; }

    /// <summary>Every value there is.</summary>
    public ValueSet All => rank == 0 ? ReleaseSet.Between(FinalRelease.Lowest, null) : TextSet.Of().Complement();

    public static RegionVariable Text(string name) => new(1, name, null);

    public static RegionVariable Of(MarkerExpression.Comparison comparison) => new(2, comparison.Variable, comparison);

    public int CompareTo(RegionVariable? other) =>
        other is null ? 1
        : rank != other.rank ? rank.CompareTo(other.rank)
        : string.CompareOrdinal(text, other.text);

    public bool Equals(RegionVariable? other) => other is not null && rank == other.rank && text == other.text;

    public override bool Equals(object? obj) => Equals(obj as RegionVariable);

    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    public override string ToString() => text;
}
