using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>Who needs whom in a plan: each step with every step of the version that satisfies it, so far as the two
/// can be taken in one environment.</summary>
internal static class PlanEdges
{
    /// <summary>All of them, each once, in the order of the steps.</summary>
    public static IEnumerable<PlanEdge> Of(Plan plan)
    {
        var steps = ByVersion(plan);
        return plan.Steps.SelectMany(step => Of(plan, step, steps));
    }

    /// <summary>Those of one step.</summary>
    /// <param name="steps">As <see cref="ByVersion"/> gives them.</param>
    public static IEnumerable<PlanEdge> Of(Plan plan, PlanStep step, ILookup<(PackageName, Version), PlanStep> steps) =>
        Requirements(plan, step)
            .SelectMany(required =>
                Targets(plan, step, required, steps)
                    .Select(target => new PlanEdge(step, target, required.Role == Role.Build))
            )
            .DistinctBy(edge => (edge.To.Order, edge.Build));

    /// <summary>The requirements of a step that other steps of the plan satisfy: without those of an isolated
    /// build.</summary>
    public static IEnumerable<PlannedRequirement> Requirements(Plan plan, PlanStep step) =>
        step.Requires.Where(required =>
            required.Role == Role.Runtime
            || (required.Role == Role.Build && plan.BuildIsolation == BuildIsolation.None)
        );

    /// <summary>The steps that satisfy one requirement; none where it was waived, or the step satisfies it
    /// itself.</summary>
    public static IEnumerable<PlanStep> Targets(
        Plan plan,
        PlanStep step,
        PlannedRequirement required,
        ILookup<(PackageName, Version), PlanStep> steps
    ) =>
        required.SatisfiedBy is not { } candidate
            ? []
            : steps[(candidate.Name, candidate.Version)]
                .Where(target => target.Order != step.Order && AreTakenTogether(plan, step, target));

    /// <summary>The steps of each version: several where markers distinguish them.</summary>
    public static ILookup<(PackageName, Version), PlanStep> ByVersion(Plan plan) =>
        plan.Steps.ToLookup(step => (step.Candidate.Name, step.Candidate.Version));

    /// <summary>Whether one of the plan's environments has both.</summary>
    public static bool AreTakenTogether(Plan plan, PlanStep one, PlanStep other) =>
        one.Markers is null
        || other.Markers is null
        || plan.Environments.Any(each => one.IsFor(each.Example) && other.IsFor(each.Example));
}

/// <summary>One step needs another.</summary>
/// <param name="Build">Whether to be built; else to run.</param>
internal readonly record struct PlanEdge(PlanStep From, PlanStep To, bool Build);
