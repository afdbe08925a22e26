using System.Text;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering;

/// <summary>A plan as a requirements file: pins in the order of the plan, who needs each as a comment.</summary>
internal static class PlanRequirements
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        foreach (var step in plan.Steps)
        {
            text.Append($"{step.Candidate.Name}=={PlainText.Of(step.Candidate.Version.ToString())}{(step.Markers is { } markers ? $" ; {PlainText.Of(markers.ToString())}" : "")}\n");
            var needs = step.NeededBy
                .Select(need => need.Name is { } name ? $"{name} ({need.Role.ToString().ToLowerInvariant()})" : "the request")
                .Distinct()
                .ToList();
            if (needs.Count > 0)
                text.Append($"    # needed by {string.Join(", ", needs)}\n");
        }

        return text.ToString();
    }
}
