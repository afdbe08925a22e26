namespace Resolver.Packaging.Markers;

/// <summary>The tree of a marker: a closed set of cases.</summary>
public abstract record MarkerExpression
{
    private MarkerExpression() { }

    /// <summary>All parts hold.</summary>
    public sealed record And(IReadOnlyList<MarkerExpression> Parts) : MarkerExpression;

    /// <summary>At least one part holds.</summary>
    public sealed record Or(IReadOnlyList<MarkerExpression> Parts) : MarkerExpression;

    /// <summary>A variable against a literal, either way round. <paramref name="VariableOnLeft"/> tells which.</summary>
    public sealed record Comparison(string Variable, string Operator, string Literal, bool VariableOnLeft) : MarkerExpression;
}
