using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Planning;

/// <summary>
/// Replays a plan step by step before anyone sees it: is everything that a build needs there yet, is every
/// requirement met by what is planned? Reads only the plan; shares no code with the encoder, the solver or the
/// ordering.
/// </summary>
public static class PlanChecker
{
    /// <summary>What is wrong with the plan, one line each; empty where nothing is.</summary>
    public static IReadOnlyList<string> Violations(Plan plan)
    {
        var violations = new List<string>();
        if (plan.BuildIsolation != BuildIsolation.None)
            CheckBuilds(plan, violations);
        CheckSteps(plan.Steps, plan.BuildIsolation == BuildIsolation.None, violations);
        return violations;
    }

    /// <summary>Replays builds that are apart: is what each environment holds, and has to be built, built by then; is
    /// everything the build needs in it?</summary>
    private static void CheckBuilds(Plan plan, List<string> violations)
    {
        var built = new Dictionary<Candidate, int>();
        foreach (var build in plan.Builds)
        {
            var held = build.Steps.ToLookup(step => step.Candidate.Name);
            foreach (var planned in build.Requires.Where(each => each.SatisfiedBy is not null))
            {
                if (
                    !held[planned.Requirement.Name]
                        .Any(step =>
                            planned.Requirement.Url is not null
                            || planned.Requirement.Specifier.Contains(step.Candidate.Version, prereleases: true)
                        )
                )
                    violations.Add(
                        $"the build of {build.Candidate} needs {planned.Requirement}, which its environment does not hold"
                    );
            }
            foreach (
                var needed in build.Steps.Where(step =>
                    step.Candidate.IsBuilt && !(built.TryGetValue(step.Candidate, out var stage) && stage < build.Stage)
                )
            )
                violations.Add($"the build of {build.Candidate} needs {needed.Candidate}, which is not built yet");
            CheckSteps(build.Steps, buildsAreHere: false, violations);
            if (!built.TryAdd(build.Candidate, build.Stage))
                violations.Add($"{build.Candidate} is built twice");
        }
        foreach (var step in plan.Steps.Where(step => step.Candidate.IsBuilt && !built.ContainsKey(step.Candidate)))
            violations.Add($"{step.Candidate} is not built");
    }

    /// <param name="buildsAreHere">Whether builds see these steps, rather than environments of their own.</param>
    private static void CheckSteps(IReadOnlyList<PlanStep> steps, bool buildsAreHere, List<string> violations)
    {
        var all = new Dictionary<PackageName, PlanStep>();
        foreach (var step in steps)
        {
            if (!all.TryAdd(step.Candidate.Name, step))
                violations.Add($"{step.Candidate.Name} is planned twice");
        }
        var present = new Dictionary<PackageName, PlanStep>();
        var lastStage = 0;
        foreach (var step in steps)
        {
            if (step.Stage < lastStage)
                violations.Add($"stage {step.Stage} comes after stage {lastStage}");
            lastStage = step.Stage;
            foreach (var planned in step.Requires)
            {
                if (planned.SatisfiedBy is null || (planned.Role == Role.Build && !buildsAreHere))
                    continue; // waived, or checked with the build
                var requirement = planned.Requirement;
                if (!all.TryGetValue(requirement.Name, out var provider))
                    violations.Add($"{step.Candidate} requires {requirement}, which is not planned");
                else if (
                    requirement.Url is null
                    && !requirement.Specifier.Contains(provider.Candidate.Version, prereleases: true)
                )
                    violations.Add($"{step.Candidate} requires {requirement}, but {provider.Candidate} is planned");
                else if (planned.Role == Role.Build && step.Action == StepAction.Install && step.Candidate.IsBuilt)
                    CheckUsable(step, provider, all, violations);
            }
            present[step.Candidate.Name] = step;
        }

        // The build requirement itself and everything it needs to run must stand in an earlier stage.
        void CheckUsable(
            PlanStep build,
            PlanStep provider,
            Dictionary<PackageName, PlanStep> all,
            List<string> violations
        )
        {
            var seen = new HashSet<PackageName>();
            var pending = new Stack<PlanStep>([provider]);
            while (pending.TryPop(out var needed))
            {
                if (!seen.Add(needed.Candidate.Name))
                    continue;
                if (
                    !present.ContainsKey(needed.Candidate.Name)
                    || (needed.Candidate.Kind != DistributionKind.Installed && needed.Stage >= build.Stage)
                )
                    violations.Add($"the build of {build.Candidate} needs {needed.Candidate}, which is not there yet");
                foreach (var runtime in needed.Requires)
                {
                    if (
                        runtime.Role == Role.Runtime
                        && runtime.SatisfiedBy is not null
                        && all.TryGetValue(runtime.Requirement.Name, out var next)
                    )
                        pending.Push(next);
                }
            }
        }
    }

    /// <summary>The plan, where its objectives came to what its steps say.</summary>
    /// <exception cref="InvalidOperationException">They did not: a fault of the program.</exception>
    internal static Plan Counted(this Plan plan)
    {
        foreach (var value in plan.Objectives)
        {
            var counted = value.Objective switch
            {
                Objective.FewestPackages => plan.Steps.Count,
                Objective.FewestBuilds => plan.Steps.Count(step => step.Candidate.IsBuilt),
                _ => value.Value,
            };
            if (counted != value.Value || value.AtLeast > counted)
                throw new InvalidOperationException($"the plan has {counted} of what {value} says");
        }
        return plan;
    }

    /// <summary>The plan, where nothing is wrong with it.</summary>
    /// <exception cref="InvalidOperationException">Something is: a fault of the program.</exception>
    internal static Plan Checked(this Plan plan) =>
        Violations(plan) is { Count: > 0 } violations
            ? throw new InvalidOperationException(
                $"the plan does not stand up to its check: {string.Join("; ", violations)}"
            )
            : plan;
}
