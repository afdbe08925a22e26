using Resolver.Execution.Processes;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Verification;

/// <summary>Checks that what a build needs can be found where it runs. Without isolation pip checks nothing: <c>flit_core >=99</c> builds with 3.12, and a
/// missing plugin may make a wrong version without a word.</summary>
internal sealed class BuildRequirements(Plan plan)
{
    private readonly Dictionary<Candidate, PlanStep> steps = plan.Steps.ToDictionary(step => step.Candidate);

    /// <summary>Whether the step has anything to check.</summary>
    public static bool Any(PlanStep step) => step.Candidate.IsBuilt && step.Requires.Any(IsChecked);

    /// <summary>What is missing or unfit among the step's build requirements and, through them, what these need to run; one line each.</summary>
    public IReadOnlyList<string> Missing(PlanStep step, EnvironmentListing listing)
    {
        var missing = new List<string>();
        var visited = new HashSet<Candidate>();
        var queue = new Queue<(Requirement Requirement, Candidate By, PackageName? Through)>();
        foreach (var required in step.Requires.Where(IsChecked)) queue.Enqueue((required.Requirement, required.SatisfiedBy!, null));
        while (queue.TryDequeue(out var next))
        {
            if (Complaint(next.Requirement, listing) is { } complaint)
                missing.Add(next.Through is { } through ? $"{complaint} (needed by {through} at run time)" : complaint);
            if (!visited.Add(next.By) || !steps.TryGetValue(next.By, out var provider)) continue;
            foreach (var required in provider.Requires)
            {
                if (required is { Role: Role.Runtime, SatisfiedBy: { } by }) queue.Enqueue((required.Requirement, by, next.By.Name));
            }
        }
        return missing;
    }

    // A waived requirement is nobody's; a URL says nothing of a version, so that being there is enough.
    private static bool IsChecked(PlannedRequirement required) => required is { Role: Role.Build, SatisfiedBy: not null };

    private static string? Complaint(Requirement requirement, EnvironmentListing listing)
    {
        if (listing.VersionOf(requirement.Name) is not { } text) return $"{requirement} is not found";
        if (requirement.Url is not null) return null;
        if (Version.TryParse(text) is not { Success: true, Value: var version }) return $"{requirement} is found at '{TerminalText.OneLine(text)}', which is no version";
        return requirement.Specifier.Contains(version, prereleases: true) ? null : $"{requirement} is found at {version}";
    }
}
