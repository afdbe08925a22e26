using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Plans;

/// <summary>A requirement of a step that is active in the environment, and what satisfies it.</summary>
/// <param name="SatisfiedBy">The step, or null where the requirement was waived.</param>
/// <param name="Extra">The extra through which alone it holds, or null.</param>
public sealed record PlannedRequirement(
    Requirement Requirement,
    Role Role,
    Candidate? SatisfiedBy,
    ExtraName? Extra = null
)
{
    /// <summary>Whether it is active in one of several environments: its marker holds there, and what it needs is
    /// planned there.</summary>
    internal bool IsFor(MarkerEnvironment environment, IReadOnlyDictionary<PackageName, Candidate> planned) =>
        (
            Requirement.Marker is not { } marker
            || marker.TryEvaluate(environment, Extra is { } extra ? [extra] : []) is { Success: true, Value: true }
        ) && (SatisfiedBy is null || planned.ContainsKey(Requirement.Name));
}
