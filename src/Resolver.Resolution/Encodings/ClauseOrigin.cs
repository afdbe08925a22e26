using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Encodings;

/// <summary>Which fact of the problem a clause states.</summary>
/// <param name="Kind">What the clause says.</param>
/// <param name="Variable">Whose fact it is; null for a root.</param>
/// <param name="Candidate">Its candidate, or -1 where the fact is not about one.</param>
/// <param name="Requirement">The requirement, where there is one.</param>
/// <param name="Nogood">The theory's nogood with its certificate, where it is one.</param>
internal readonly record struct ClauseOrigin(
    ClauseKind Kind,
    VariableId? Variable = null,
    int Candidate = -1,
    RequirementId? Requirement = null,
    SelectionNogood? Nogood = null
);
