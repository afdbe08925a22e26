using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Translation;

/// <summary>Judges which candidates can be built, where each build has an environment of its own
/// (<see cref="BuildIsolation.PerBuild"/>).</summary>
/// <remarks>An interface because such a judge solves problems itself, and so stands above the problem that asks
/// it.</remarks>
internal interface IBuildJudge
{
    /// <summary>The candidates that builds choose from. The problem must choose from the same: the verdict on a
    /// candidate is about that very object.</summary>
    ICandidateSource Source { get; }

    /// <summary>The theory that refutes a selection of the problem where a chosen candidate cannot be built.</summary>
    ISelectionTheory TheoryOf(CandidateProblem problem);

    /// <summary>A judge of the same kind for another question: it knows no verdict yet and has no limits.</summary>
    IBuildJudge For(ICandidateSource source, PlanRequest request);
}
