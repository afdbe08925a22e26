namespace Resolver.Sat.Boolean;

/// <summary>A Boolean variable or its negation. <c>default</c> is the positive literal of variable 0.</summary>
/// <param name="Code">Twice the variable's index, plus one where negated: an index into arrays twice the variable
/// count long.</param>
public readonly record struct Literal(int Code)
{
    public BooleanVariable Variable => new(Code >> 1);

    public bool IsNegative => (Code & 1) != 0;

    /// <summary>The opposite literal.</summary>
    public Literal Negated => new(Code ^ 1);

    /// <summary>The signed number of the DIMACS formats: never 0.</summary>
    public int ToDimacs() => IsNegative ? -(Code >> 1) - 1 : (Code >> 1) + 1;

    /// <summary>The literal of a signed DIMACS number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The number is 0 (which ends a clause) or beyond the range of
    /// variables.</exception>
    public static Literal FromDimacs(int number)
    {
        ArgumentOutOfRangeException.ThrowIfZero(number);
        ArgumentOutOfRangeException.ThrowIfLessThan(number, -(int.MaxValue >> 1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(number, int.MaxValue >> 1);
        return new(number > 0 ? (number - 1) << 1 : ((-number - 1) << 1) | 1);
    }

    public static Literal operator !(Literal literal) => literal.Negated;

    public static Literal LogicalNot(Literal literal) => literal.Negated;

    public override string ToString() => ToDimacs().ToString();
}
