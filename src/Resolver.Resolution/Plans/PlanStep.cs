using Resolver.Packaging.Markers;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Order">From 1, kept ones first.</param>
/// <param name="Stage">0 for kept ones, then from 1: steps of one stage do not depend on each other's presence to be
/// built.</param>
public sealed record PlanStep(
    int Order,
    int Stage,
    StepAction Action,
    Candidate Candidate,
    IReadOnlyList<PlannedRequirement> Requires,
    IReadOnlyList<Need> NeededBy
)
{
    /// <summary>In which of the plan's environments the step is taken; null: in each. It need only distinguish these,
    /// so it says nothing of others.</summary>
    public Marker? Markers { get; init; }

    /// <summary>Whether a source tree is to be installed editable (PEP 660), where its backend supports that.</summary>
    public bool Editable { get; init; }

    /// <summary>Whether the step is taken in one of the plan's environments. A condition that cannot be judged does
    /// not hold.</summary>
    public bool IsFor(MarkerEnvironment environment) =>
        Markers is null || Markers.TryEvaluate(environment, []) is { Success: true, Value: true };
}
