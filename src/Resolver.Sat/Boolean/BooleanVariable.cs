namespace Resolver.Sat.Boolean;

/// <summary>A Boolean variable of a formula; dense, from 0. DIMACS writes it as <see cref="Index"/> + 1.</summary>
public readonly record struct BooleanVariable(int Index)
{
    /// <summary>The literal that is true where the variable is.</summary>
    public Literal Positive => new(Index << 1);

    /// <summary>The literal that is true where the variable is not.</summary>
    public Literal Negative => new((Index << 1) | 1);

    public override string ToString() => $"x{Index + 1}";
}
