using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>Where a nogood that was not learned comes from.</summary>
internal abstract record Axiom
{
    private Axiom() { }

    /// <summary>A run of neighbouring candidates shares a requirement. Without a source it is a root, and the run is
    /// <see cref="CandidateRun.None"/>.</summary>
    /// <param name="Source">Whose candidates require it, or null for a root.</param>
    /// <param name="Run">Which of its candidates.</param>
    /// <param name="Id">What they require; its conditions are the problem's.</param>
    public sealed record Requirement(VariableId? Source, CandidateRun Run, RequirementId Id) : Axiom;

    /// <summary>Candidates that may never be chosen (ascending), as <see cref="Problem.Usable"/> says.</summary>
    public sealed record Unusable(VariableId Variable, IReadOnlyList<int> Candidates) : Axiom;

    /// <summary>A nogood of the problem's <see cref="Problem.Theory"/>.</summary>
    public sealed record Theory(SelectionNogood Nogood) : Axiom;
}
