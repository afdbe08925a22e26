using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Plans;

/// <summary>A consistent selection in the order in which it can be installed.</summary>
/// <param name="Environment">The variables that markers are judged by; of several environments, those in which all
/// agree.</param>
/// <param name="Roots">What was requested; of one environment, what holds there.</param>
/// <param name="Steps">In order. A project is there once, unless its steps have markers of which only one holds at a
/// time.</param>
/// <param name="LeftOut">What a batch could not have.</param>
/// <param name="Statistics">What it took.</param>
public sealed record Plan(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<Requirement> Roots,
    IReadOnlyList<PlanStep> Steps,
    IReadOnlyList<LeftOut> LeftOut,
    PlanStatistics Statistics
)
{
    /// <summary>The environments of a plan for several (<c>--environment</c>, <c>--universal</c>); empty for a plan
    /// for one.</summary>
    public IReadOnlyList<TargetedEnvironment> Environments { get; init; } = [];

    /// <summary>How much of the batch is ordered; null where all of it had to be.</summary>
    public BatchSize? Batch { get; init; }

    /// <summary>Its value in each objective it was made for, the one that counts most first; of several
    /// environments the sum. Empty where newest was all that was asked.</summary>
    public IReadOnlyList<ObjectiveValue> Objectives { get; init; } = [];

    /// <summary>The environments of builds that each have their own, those first that others need; empty where builds
    /// see the install set itself.</summary>
    public IReadOnlyList<PlannedBuild> Builds { get; init; } = [];

    /// <summary>The extras that requirements name and the chosen versions do not have.</summary>
    public IReadOnlyList<UnknownExtra> UnknownExtras => UnknownExtra.Of(this);

    /// <summary>Whether each build has an environment of its own.</summary>
    public BuildIsolation BuildIsolation { get; init; }

    /// <summary>Versions that are newer than what is chosen and could not be used.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>What is removed from the destination; empty where everything beside the plan stays.</summary>
    public IReadOnlyList<RemovedVersion> Removed { get; init; } = [];

    /// <summary>What of the plan is for this environment: the steps whose markers hold, renumbered, and what they
    /// require of each other. A plan for one environment is returned as it is.</summary>
    /// <returns>Null where the plan is for several and this is none of them.</returns>
    public Plan? For(MarkerEnvironment environment)
    {
        if (Environments.Count == 0)
            return this;
        if (!Environments.Any(each => each.Includes(environment)))
            return null;
        var steps = Steps.Where(step => step.IsFor(environment)).ToList();
        var taken = steps
            .GroupBy(step => step.Candidate.Name)
            .ToDictionary(group => group.Key, group => group.First().Candidate);
        var requires = steps
            .GroupBy(step => step.Candidate.Name)
            .ToDictionary(
                group => group.Key,
                group => group.First().Requires.Where(each => each.IsFor(environment, taken)).ToList()
            );
        return new Plan(
            environment.Variables.ToDictionary(),
            [.. Roots.Where(root => Holds(root.Marker, environment))],
            [
                .. steps.Select(
                    (step, i) =>
                        step with
                        {
                            Order = i + 1,
                            Markers = null,
                            Requires =
                            [
                                .. requires[step.Candidate.Name]
                                    .Select(each =>
                                        each.SatisfiedBy is null
                                            ? each
                                            : each with
                                            {
                                                SatisfiedBy = taken[each.Requirement.Name],
                                            }
                                    ),
                            ],
                            NeededBy =
                            [
                                .. step.NeededBy.Where(need =>
                                    need.Name is { } name
                                        ? requires
                                            .GetValueOrDefault(name)
                                            ?.Exists(each =>
                                                each.Role == need.Role && each.Requirement.Equals(need.Requirement)
                                            ) == true
                                        : Holds(need.Requirement.Marker, environment)
                                ),
                            ],
                        }
                ),
            ],
            LeftOut,
            Statistics
        );
    }

    private static bool Holds(Marker? marker, MarkerEnvironment environment) =>
        marker is null || marker.TryEvaluate(environment, []) is { Success: true, Value: true };
}
