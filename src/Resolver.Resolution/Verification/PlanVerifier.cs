using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Verification;

/// <summary>
/// Judges a plan by the metadata of its candidates and by the request, before anyone sees it: requirements, extras,
/// markers, constraints, overrides, waivers, exclusions, Requires-Python, tags, yanked versions, pre-releases, the
/// order of builds and their environments, and what the plan says about itself.
/// </summary>
/// <remarks>
/// It starts where the planner starts and shares no code with what the planner uses on the way (a test holds the
/// references): a requirement that is lost in the translation into a problem is missed here. Whether a better plan
/// exists is not asked. Linear in the steps and their requirements, but for the closures of builds.
/// </remarks>
public static class PlanVerifier
{
    /// <summary>Everything that is wrong with a plan for one environment; empty where nothing is.</summary>
    /// <param name="plan">The plan. What it was given beside the roots of the request (a batch) is in its
    /// roots.</param>
    /// <param name="request">What was asked, in the environment of the plan.</param>
    public static IReadOnlyList<PlanViolation> Violations(Plan plan, PlanRequest request)
    {
        var violations = new List<PlanViolation>();
        var written = request.Roots.ToHashSet();
        var listed = plan.Roots.ToHashSet();
        foreach (var root in request.Roots.Where(each => Holds(each, request) && !listed.Contains(each)))
            violations.Add(new(PlanRule.Root, $"{root} is requested, and the plan does not say so"));
        violations.AddRange(
            StepsVerifier.Violations(
                request,
                plan.Steps,
                [.. plan.Roots.Where(each => !written.Contains(each))],
                plan.BuildIsolation == BuildIsolation.None
            )
        );
        if (plan.BuildIsolation != request.BuildIsolation)
            violations.Add(new(PlanRule.BuildEnvironment, $"builds are to be isolated as {request.BuildIsolation}"));
        if (plan.BuildIsolation != BuildIsolation.None)
            CheckBuilds(plan, request, violations);
        return violations;
    }

    /// <summary>The plan, where nothing is wrong with it.</summary>
    /// <exception cref="InvalidOperationException">Something is: a fault of the program.</exception>
    internal static Plan Verified(this Plan plan, PlanRequest request) =>
        Violations(plan, request) is { Count: > 0 } violations
            ? throw new InvalidOperationException($"the plan fails its verification: {string.Join("; ", violations)}")
            : plan;

    private static bool Holds(Requirement root, PlanRequest request) =>
        CountedRequirements.Holds(request, root) == true;

    /// <summary>Each isolated build environment is a plan of its own for what the build requires; what it uses was
    /// built in an earlier stage.</summary>
    private static void CheckBuilds(Plan plan, PlanRequest request, List<PlanViolation> violations)
    {
        var stages = new Dictionary<Candidate, int>();
        foreach (var build in plan.Builds)
        {
            var required = (build.Candidate.BuildRequires ?? []).ToLookup(each =>
                request.Waivers.Any(waiver => waiver.Covers(build.Candidate, each))
            );
            // Constraints, overrides and locks are about the plan, not about how something is built.
            var asked = request with
            {
                Roots = [.. required[false]],
                Constraints = [],
                Overrides = [],
                Preferred = new Dictionary<Packaging.Names.PackageName, Packaging.Versions.Version>(),
                BuildIsolation = BuildIsolation.PerBuild,
            };
            violations.AddRange(
                StepsVerifier.Violations(asked, build.Steps, [], buildsAreHere: false, build.Candidate.Name)
            );
            CheckListing(build, [.. required[false].Where(each => Holds(each, request))], [.. required[true]], Report);
            foreach (var used in build.Steps.Where(step => step.Candidate.IsBuilt))
            {
                if (!stages.TryGetValue(used.Candidate, out var stage) || stage >= build.Stage)
                    Report($"needs {used.Candidate}, which is not built before it");
            }

            if (!stages.TryAdd(build.Candidate, build.Stage))
                Report("is planned twice");

            void Report(string text) =>
                violations.Add(new(PlanRule.BuildEnvironment, $"the build of {build.Candidate} {text}"));
        }

        foreach (var step in plan.Steps.Where(step => step.Candidate.IsBuilt && !stages.ContainsKey(step.Candidate)))
            violations.Add(new(PlanRule.BuildEnvironment, $"nothing builds {step.Candidate}"));
    }

    private static void CheckListing(
        PlannedBuild build,
        HashSet<Requirement> required,
        HashSet<Requirement> waived,
        Action<string> report
    )
    {
        var planned = build.Steps.Select(step => step.Candidate).ToHashSet();
        if (
            !required.SetEquals(
                build.Requires.Where(each => each.SatisfiedBy is not null).Select(each => each.Requirement)
            )
        )
            report("does not list what it requires");
        if (!waived.SetEquals(build.Requires.Where(each => each.SatisfiedBy is null).Select(each => each.Requirement)))
            report("does not list what is waived");
        foreach (var each in build.Requires.Where(each => each.SatisfiedBy is { } by && !planned.Contains(by)))
            report($"is satisfied by {each.SatisfiedBy}, which its environment does not hold");
    }
}
