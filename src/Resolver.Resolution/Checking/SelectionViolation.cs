using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Checking;

/// <summary>One thing that is wrong with a selection: a fault of the solver that made it, never of the user's
/// input.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Variable">Whose candidate it is about; null for a root and for the theory.</param>
/// <param name="Candidate">The candidate chosen for it, or -1.</param>
/// <param name="Requirement">The requirement that is not satisfied, or null.</param>
/// <param name="Nogood">What the theory refuted, or null.</param>
internal sealed record SelectionViolation(
    ViolationKind Kind,
    VariableId? Variable = null,
    int Candidate = -1,
    RequirementId? Requirement = null,
    SelectionNogood? Nogood = null
);
