using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Markers;

/// <summary>The tree of a marker: a closed set of cases.</summary>
public abstract record MarkerExpression
{
    private MarkerExpression() { }

    /// <summary>All parts hold.</summary>
    public sealed record And(IReadOnlyList<MarkerExpression> Parts) : MarkerExpression;

    /// <summary>At least one part holds.</summary>
    public sealed record Or(IReadOnlyList<MarkerExpression> Parts) : MarkerExpression;

    /// <summary>A variable against a literal, either way round.</summary>
    /// <param name="Variable">By its present name: <c>os.name</c> is <c>os_name</c>. Of two literals the right one
    /// counts as the variable, and is one in name only.</param>
    /// <param name="Operator">One of <c>== != &lt;= &gt;= &lt; &gt; ~= ===</c>, <c>in</c>, <c>not in</c>.</param>
    /// <param name="Literal">The value; normalised where it is compared with <c>extra</c>, <c>extras</c> or
    /// <c>dependency_groups</c> (PEP 685, 735).</param>
    /// <param name="VariableOnLeft">Whether the variable stands on the left.</param>
    public sealed record Comparison(string Variable, string Operator, string Literal, bool VariableOnLeft)
        : MarkerExpression
    {
        /// <summary>The right-hand side as a clause of versions, where the variable holds versions and the literal
        /// makes one with the operator.</summary>
        internal Specifier? Clause { get; } =
            VariableOnLeft
            && MarkerComparer.HoldsVersions(Variable)
            && Specifiers.Specifier.TryParse(Operator + Literal) is { Success: true } clause
                ? clause.Value
                : null;

        /// <inheritdoc/>
        public bool Equals(Comparison? other) =>
            other is not null
            && Variable == other.Variable
            && Operator == other.Operator
            && Literal == other.Literal
            && VariableOnLeft == other.VariableOnLeft;

        /// <inheritdoc/>
        public override int GetHashCode() => HashCode.Combine(Variable, Operator, Literal, VariableOnLeft);

        /// <summary>As written in a marker, and can be read from there whatever the value is.</summary>
        public override string ToString() =>
            VariableOnLeft
                ? $"{Variable} {Operator} {QuotedText.Write(Literal)}"
                : $"{QuotedText.Write(Literal)} {Operator} {Variable}";
    }
}
