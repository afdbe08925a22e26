namespace Resolver.Sat.Z3;

/// <summary>The result of a check.</summary>
public enum Z3Verdict
{
    Satisfiable,
    Unsatisfiable,

    /// <summary>Interrupted, or its conflict limit was reached.</summary>
    Unknown,
}
