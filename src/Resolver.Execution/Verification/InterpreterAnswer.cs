using Resolver.Execution.Processes;
using Resolver.Interpreters;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Verification;

/// <summary>Whether the interpreter itself finds what was just installed, and what that needs, with the variables of
/// a step: what it does not find is as good as absent, whatever lies in the folder.</summary>
internal static class InterpreterAnswer
{
    /// <summary>What is wrong, one line; null where every project is found at its version, with its requirements
    /// satisfied.</summary>
    /// <param name="plan">The steps up to the last of <paramref name="steps"/> are in place.</param>
    /// <param name="steps">What was just installed, in order.</param>
    public static string? Complaint(
        EnvironmentListing listing,
        Interpreter interpreter,
        Plan plan,
        IReadOnlyList<PlanStep> steps
    )
    {
        foreach (var project in steps.Select(step => step.Candidate))
        {
            if (listing.VersionOf(project.Name) is not { } text)
                return $"{project.Name} {project.Version} is installed, but {interpreter.Executable} does not find it{Because(listing)}";
            if (Version.TryParse(text) is not { Success: true, Value: var version } || version != project.Version)
                return $"{project.Name} {project.Version} is installed, but {interpreter.Executable} finds {TerminalText.OneLine(text)} first: another one comes earlier on its path";
        }
        return Unsatisfied(listing, plan, steps);
    }

    // What a step needs may come after it (a cycle at run time), so a requirement is looked at when the later of its
    // two ends is in place.
    private static string? Unsatisfied(EnvironmentListing listing, Plan plan, IReadOnlyList<PlanStep> steps)
    {
        var last = steps[^1].Order;
        var fresh = steps.Select(step => step.Candidate).ToHashSet();
        var present = plan.Steps.Where(step => step.Order <= last).ToList();
        var providers = present.Select(step => step.Candidate).ToHashSet();
        foreach (var step in present)
        {
            foreach (var required in step.Requires)
            {
                if (
                    required is not { Role: Role.Runtime, SatisfiedBy: { } by }
                    || !providers.Contains(by)
                    || !(fresh.Contains(step.Candidate) || fresh.Contains(by))
                )
                    continue;
                // What the plan chose counts as satisfying, whatever the text says: it may have been overridden.
                var found = listing.VersionOf(by.Name);
                if (
                    found is not null
                    && Version.TryParse(found) is { Success: true, Value: var version }
                    && (version == by.Version || required.Requirement.Specifier.Contains(version, prereleases: true))
                )
                    continue;
                return $"{step.Candidate.Name} {step.Candidate.Version} needs {required.Requirement.Text}, and {by.Name} is {(found is null ? "not found" : $"found at {TerminalText.OneLine(found)}")}{Because(listing)}";
            }
        }
        return null;
    }

    private static string Because(EnvironmentListing listing) => listing.Failure is { } failure ? $" ({failure})" : "";
}
