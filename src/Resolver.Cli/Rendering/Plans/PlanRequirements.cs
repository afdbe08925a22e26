using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan as a requirements file for pip: pins with hashes in the order of the plan, who needs each as a
/// comment.</summary>
/// <remarks>pip wants a hash for every line or for none. What is kept has no file to hash, and is there already: it
/// is a comment beside hashes. A tree has no hash and cannot be left out, so where there is one, no line has
/// any.</remarks>
internal static class PlanRequirements
{
    public static string Of(Plan plan)
    {
        var text = new StringBuilder();
        var files = plan.Steps.Where(step => step.Action == StepAction.Install).ToList();
        var hashes = files.Count > 0 && files.TrueForAll(step => step.Candidate.Sha256 is not null);
        if (files.Exists(step => step.Candidate.Kind == DistributionKind.Tree))
            text.Append("# without hashes: a source tree has none, and pip requires hashes for all or for none\n");
        foreach (var step in plan.Steps)
        {
            var kept = hashes && step.Action == StepAction.Keep;
            text.Append(
                $"{(kept ? "# kept: " : "")}{step.Candidate.Name}=={PlainText.Of(step.Candidate.Version.ToString())}{(step.Markers is { } markers ? $" ; {PlainText.Of(markers.ToReadableText())}" : "")}"
            );
            text.Append(hashes && !kept ? $" \\\n    --hash=sha256:{step.Candidate.Sha256}\n" : "\n");
            var needs = step
                .NeededBy.Select(need =>
                    need.Name is { } name ? $"{name} ({need.Role.ToString().ToLowerInvariant()})" : "the request"
                )
                .Distinct()
                .ToList();
            if (needs.Count > 0)
                text.Append($"    # needed by {string.Join(", ", needs)}\n");
        }

        return text.ToString();
    }
}
