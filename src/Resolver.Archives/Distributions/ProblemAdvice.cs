namespace Resolver.Archives.Distributions;

/// <summary>What the user can do about a problem, where that is one of the usual ways out. The numbers are kept in the
/// index.</summary>
public enum ProblemAdvice
{
    /// <summary>Nothing, or the reason says it.</summary>
    None = 0,

    /// <summary>Declare the value in <c>resolver.toml</c>.</summary>
    Declare = 1,

    /// <summary>Declare the value, or have the build backend asked.</summary>
    DeclareOrAsk = 2,
}
