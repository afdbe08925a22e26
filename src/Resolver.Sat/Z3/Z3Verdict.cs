namespace Resolver.Sat.Z3;

/// <summary>What a check came to.</summary>
public enum Z3Verdict
{
    Satisfiable,
    Unsatisfiable,

    /// <summary>Interrupted, or its conflict limit was reached.</summary>
    Unknown,
}
