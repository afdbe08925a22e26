using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a tree: what is requested, and below each step what it requires.</summary>
internal static class PlanTree
{
    public static string Of(Plan plan, Paint paint)
    {
        var steps = PlanEdges.ByVersion(plan);
        var tree = new TreeText<PlanStep>(Below);
        foreach (var step in plan.Steps.Where(step => step.NeededBy.Any(need => need.Role == Role.Root)))
            tree.Add(step, paint.Strong(Label(step)));
        // No step is left out: those of a build environment are required by no other step.
        foreach (var step in plan.Steps.Reverse())
        {
            if (!tree.Has(step))
                tree.Add(step, paint.Strong(Label(step)));
        }
        return tree.ToString();

        IReadOnlyList<(string Line, PlanStep? Node)> Below(PlanStep step) =>
            [
                .. PlanEdges
                    .Requirements(plan, step)
                    .SelectMany(required =>
                        required.SatisfiedBy is null
                            ? [($"{required.Requirement.Name} {Required(required)} {paint.Bad("waived")}", null)]
                            : PlanEdges
                                .Targets(plan, step, required, steps)
                                .Select(target => ($"{Label(target)} {Required(required)}", (PlanStep?)target))
                    ),
            ];

        string Required(PlannedRequirement required) =>
            paint.Faint(
                PlainText.Of(
                    $"[{(required.Role == Role.Build ? "build requires" : "requires")} "
                        + $"{required.Requirement.ToReadableText()}]"
                )
            );
    }

    private static string Label(PlanStep step) =>
        PlainText.Of(
            $"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})"
                + (step.Markers is { } markers ? $" ; {markers}" : "")
        );
}
