namespace Resolver.Resolution.Checking;

/// <summary>What is wrong with a selection.</summary>
internal enum ViolationKind
{
    /// <summary>A candidate that there is not, or a variable that is listed twice.</summary>
    NoSuchCandidate,

    /// <summary>A candidate that may not be chosen.</summary>
    Unusable,

    /// <summary>A root, or an active requirement of a chosen candidate, is not satisfied.</summary>
    Unsatisfied,

    /// <summary>Chosen although nothing that is chosen requires it.</summary>
    Unreached,

    /// <summary>The problem's theory refutes the selection.</summary>
    Theory,
}
