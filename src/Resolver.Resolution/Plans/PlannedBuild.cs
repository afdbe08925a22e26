using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Plans;

/// <summary>A build with an environment of its own, laid over what was installed before the plan. Every sdist and
/// tree that is a step of the plan, or of such an environment, has one.</summary>
/// <param name="Stage">From 1: one more than the latest build whose result it uses; builds of one stage can run side
/// by side.</param>
/// <param name="Candidate">What is built.</param>
/// <param name="Requires">What it needs to be built, each satisfied by one of <paramref name="Steps"/>, or
/// waived.</param>
/// <param name="Steps">What the environment holds, in order. A step that is built has its own build earlier in the
/// plan.</param>
public sealed record PlannedBuild(
    int Stage,
    Candidate Candidate,
    IReadOnlyList<PlannedRequirement> Requires,
    IReadOnlyList<PlanStep> Steps
);
