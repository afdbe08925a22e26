using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Plans;

/// <summary>One step of a plan.</summary>
/// <param name="Order">From 1, kept ones first.</param>
/// <param name="Stage">0 for kept ones, then from 1: steps of one stage do not depend on each other's presence to be built.</param>
public sealed record PlanStep(
    int Order,
    int Stage,
    StepAction Action,
    Candidate Candidate,
    IReadOnlyList<PlannedRequirement> Requires,
    IReadOnlyList<Need> NeededBy);
