using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;

namespace Resolver.Application.Planning;

/// <summary>The source trees that are to be installed editable (PEP 660).</summary>
public static class EditableTrees
{
    /// <summary>The plan with the steps of these trees marked.</summary>
    /// <param name="places">Their paths, however they are written.</param>
    public static Plan Marked(Plan plan, IEnumerable<string> places)
    {
        var editable = places.Select(Requirements.References.PlaceKey).ToHashSet(StringComparer.Ordinal);
        if (editable.Count == 0)
            return plan;
        return plan with
        {
            Steps = [.. plan.Steps.Select(step => IsAmong(editable, step) ? step with { Editable = true } : step)],
        };
    }

    private static bool IsAmong(HashSet<string> places, PlanStep step) =>
        step is { Action: StepAction.Install, Candidate: { Kind: DistributionKind.Tree } tree }
        && tree.OtherPaths.Prepend(tree.Path!).Any(each => places.Contains(Requirements.References.PlaceKey(each)));
}
