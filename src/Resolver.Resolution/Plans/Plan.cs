using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Plans;

/// <summary>Why a requirement holds.</summary>
public enum Role
{
    Root,
    Runtime,
    Build,
    Constraint,
}

/// <summary>A requirement of a step that is active in the environment, and what satisfies it.</summary>
/// <param name="SatisfiedBy">The step, or null where the requirement was waived.</param>
/// <param name="Extra">The extra through which alone it holds, or null.</param>
public sealed record PlannedRequirement(Requirement Requirement, Role Role, Candidate? SatisfiedBy, ExtraName? Extra = null);

/// <summary>Who needs a step. A root has no name.</summary>
public sealed record Need(PackageName? Name, Requirement Requirement, Role Role);

/// <summary>What a step does.</summary>
public enum StepAction
{
    Keep,
    Install,
}

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

/// <summary>An archive that <c>order --keep-going</c> could not place.</summary>
public sealed record LeftOut(string Path, string? Name, string? Version, string Code, string Reason);

/// <summary>A consistent selection in the order in which it can be installed.</summary>
public sealed record Plan(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<Requirement> Roots,
    IReadOnlyList<PlanStep> Steps,
    IReadOnlyList<LeftOut> LeftOut,
    PlanStatistics Statistics);

/// <summary>What it took.</summary>
public sealed record PlanStatistics
{
    public double ScanMilliseconds { get; init; }
    public double LoadMilliseconds { get; init; }
    public double SolveMilliseconds { get; init; }
    public double OrderMilliseconds { get; init; }
    public long Decisions { get; init; }
    public long Conflicts { get; init; }
    public long Propagations { get; init; }
}
