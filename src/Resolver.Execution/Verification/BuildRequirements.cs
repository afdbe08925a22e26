using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Verification;

/// <summary>Checks that what a build needs can be found where it runs. Without isolation pip checks nothing:
/// <c>flit_core >=99</c> builds with 3.12, and a missing plugin may make a wrong version silently.</summary>
internal sealed class BuildRequirements(Plan plan)
{
    private readonly Dictionary<Candidate, PlanStep> steps = plan.Steps.ToDictionary(step => step.Candidate);
    private (string Seen, EnvironmentListing Listing)? last;

    /// <summary>The plan that is run.</summary>
    public Plan Plan { get; } = plan;

    /// <summary>Whether the step has anything to check.</summary>
    public static bool Any(PlanStep step) => step.Candidate.IsBuilt && step.Requires.Any(IsChecked);

    /// <summary>What a build uses: what satisfies its build requirements, and all that these need to run.</summary>
    public IReadOnlyCollection<Candidate> Providers(PlanStep step)
    {
        var found = new HashSet<Candidate>();
        var queue = new Queue<Candidate>(step.Requires.Where(IsChecked).Select(required => required.SatisfiedBy!));
        while (queue.TryDequeue(out var next))
        {
            if (!found.Add(next) || !steps.TryGetValue(next, out var provider))
                continue;
            foreach (var required in provider.Requires)
            {
                if (required is { Role: Role.Runtime, SatisfiedBy: { } by })
                    queue.Enqueue(by);
            }
        }
        return found;
    }

    /// <summary>Asks the interpreter whether it finds what the step needs to be built; null where it does.</summary>
    /// <param name="environment">The variables of the build.</param>
    public async Task<StepFailure?> UnmetAsync(
        PlanStep step,
        Interpreter interpreter,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        if (!Any(step))
            return null;
        var shown = $"{step.Candidate.Name} {step.Candidate.Version}";
        var (listing, problem) = await ListingAsync(interpreter, environment, cancellation);
        if (listing is null)
            return new StepFailure(FailureCodes.BuildRequirementMissing, problem!);
        var missing = Missing(step, listing);
        return missing.Count == 0
            ? null
            : new StepFailure(
                FailureCodes.BuildRequirementMissing,
                $"{shown} cannot be built: {string.Join("; ", missing)}{(listing.Failure is { } failure ? $" ({failure})" : "")}"
            );
    }

    /// <summary>What the interpreter finds with these variables; asked only where it may have changed.</summary>
    public async Task<(EnvironmentListing? Listing, string? Problem)> ListingAsync(
        Interpreter interpreter,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        // Builds of one stage see the same; only their temporary folders differ, which no finder looks at.
        var seen = string.Join('\0', environment.With("TMPDIR", "").Own.Select(each => $"{each.Key}={each.Value}"));
        if (last is { } known && known.Seen == seen)
            return (known.Listing, null);
        var (listing, problem) = await EnvironmentListing.AskAsync(interpreter, environment, cancellation);
        last = listing is null ? null : (seen, listing);
        return (listing, problem);
    }

    /// <summary>Forgets what was found: something was installed since.</summary>
    public void Forget() => last = null;

    /// <summary>What is missing or unusable among the step's build requirements and, through them, what these need to
    /// run; one line each.</summary>
    public IReadOnlyList<string> Missing(PlanStep step, EnvironmentListing listing)
    {
        var missing = new List<string>();
        var visited = new HashSet<Candidate>();
        var queue = new Queue<(Requirement Requirement, Candidate By, PackageName? Through)>();
        foreach (var required in step.Requires.Where(IsChecked))
            queue.Enqueue((required.Requirement, required.SatisfiedBy!, null));
        while (queue.TryDequeue(out var next))
        {
            if (Complaint(next.Requirement, listing) is { } complaint)
                missing.Add(next.Through is { } through ? $"{complaint} (needed by {through} at run time)" : complaint);
            if (!visited.Add(next.By) || !steps.TryGetValue(next.By, out var provider))
                continue;
            foreach (var required in provider.Requires)
            {
                if (required is { Role: Role.Runtime, SatisfiedBy: { } by })
                    queue.Enqueue((required.Requirement, by, next.By.Name));
            }
        }
        return missing;
    }

    // A waived requirement is nobody's; a URL says nothing of a version, so that being there is enough.
    private static bool IsChecked(PlannedRequirement required) =>
        required is { Role: Role.Build, SatisfiedBy: not null };

    /// <summary>Why a listing does not satisfy a requirement; null where it does.</summary>
    internal static string? Complaint(Requirement requirement, EnvironmentListing listing)
    {
        if (listing.VersionOf(requirement.Name) is not { } text)
            return $"{requirement} is not found";
        if (requirement.Url is not null)
            return null;
        if (Version.TryParse(text) is not { Success: true, Value: var version })
            return $"{requirement} is found at '{TerminalText.OneLine(text)}', which is no version";
        return requirement.Specifier.Contains(version, prereleases: true)
            ? null
            : $"{requirement} is found at {version}";
    }
}
