using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Verification;

namespace Resolver.Resolution.Environments;

/// <summary>The plans of several environments as one: what is the same step in each is one step, what is not carries
/// a marker.</summary>
internal sealed class MergedPlan
{
    private readonly IReadOnlyList<(MarkerRegion Region, Plan Plan)> plans;
    private readonly MarkerRegion everywhere;
    private readonly Dictionary<string, Packaging.Markers.Marker?> markers = [];

    private MergedPlan(IReadOnlyList<(MarkerRegion Region, Plan Plan)> plans)
    {
        this.plans = plans;
        everywhere = plans
            .Aggregate(MarkerRegion.None, (union, each) => union.Or(each.Region))
            .And(MarkerRegion.Existing);
    }

    /// <summary>The plan, checked for each of its environments.</summary>
    /// <exception cref="InvalidOperationException">The check found something: a fault of the program.</exception>
    public static Plan Of(
        PlanRequest request,
        IReadOnlyList<EnvironmentSolution> solutions,
        IReadOnlyList<TargetedEnvironment> targets
    )
    {
        var merged = new MergedPlan([.. solutions.Select(each => (each.Environment.Region, each.MakePlan()))]);
        var plan = merged.Merge(request, targets);
        for (var i = 0; i < solutions.Count; i++)
        {
            var part = (
                plan.For(solutions[i].Environment.Example)
                ?? throw new InvalidOperationException($"the plan is not for {solutions[i].Environment.Region}")
            ).Verified(solutions[i].Problem.Request);
            if (
                !part
                    .Steps.Select(step => step.Candidate)
                    .ToHashSet()
                    .SetEquals(merged.plans[i].Plan.Steps.Select(step => step.Candidate))
            )
                throw new InvalidOperationException(
                    $"the markers of the plan mean other steps than those chosen for {solutions[i].Environment.Region}"
                );
        }
        return plan;
    }

    private Plan Merge(PlanRequest request, IReadOnlyList<TargetedEnvironment> targets)
    {
        var taken =
            from index in Enumerable.Range(0, plans.Count)
            from step in plans[index].Plan.Steps
            select (index, step);
        var stages = LatestStages();
        var steps = taken
            .GroupBy(each => (each.step.Candidate, Stage: stages?[each.step.Candidate] ?? each.step.Stage))
            .OrderBy(group => group.First().step.Action == StepAction.Keep ? 0 : 1)
            .ThenBy(group => group.Key.Stage)
            .ThenBy(group => group.Key.Candidate.Name)
            .ThenBy(group => group.Key.Candidate.Version)
            .ThenBy(group => group.First().index)
            .Select(
                (group, i) =>
                    group.First().step with
                    {
                        Order = i + 1,
                        Stage = group.Key.Stage,
                        Requires = [.. group.SelectMany(each => each.step.Requires).Distinct()],
                        NeededBy = [.. group.SelectMany(each => each.step.NeededBy).Distinct()],
                        Markers = MarkerOf([.. group.Select(each => each.index)]),
                    }
            );
        var agreed = plans[0]
            .Plan.Environment.Where(variable =>
                plans.All(each => each.Plan.Environment[variable.Key] == variable.Value)
                && IsFixed(variable.Key, variable.Value)
            );
        return new Plan(agreed.ToDictionary(), request.Roots, [.. steps], [], plans[0].Plan.Statistics)
        {
            Environments = targets,
        };
    }

    /// <summary>For each candidate the latest stage that any environment gives it, so that it is one step; null where
    /// that would put a build before what it needs.</summary>
    private Dictionary<Candidate, int>? LatestStages()
    {
        var stages = new Dictionary<Candidate, int>();
        foreach (var step in plans.SelectMany(each => each.Plan.Steps))
            stages[step.Candidate] = Math.Max(stages.GetValueOrDefault(step.Candidate), step.Stage);
        // Where one environment delays a step, what waits for it in another must be delayed as well: a step more than
        // the longest chain would be a cycle.
        for (var round = 0; round <= stages.Count; round++)
        {
            var changed = false;
            foreach (var (_, plan) in plans)
                changed |= Delay(plan, stages);
            if (!changed)
                return stages;
        }
        return null;
    }

    private static bool Delay(Plan plan, Dictionary<Candidate, int> stages)
    {
        var changed = false;
        var chosen = plan.Steps.ToDictionary(step => step.Candidate.Name);
        foreach (var step in plan.Steps.Where(step => step.Action == StepAction.Install && step.Candidate.IsBuilt))
        {
            foreach (
                var needed in Closure(step, chosen)
                    .Where(needed =>
                        needed.Action == StepAction.Install && stages[needed.Candidate] >= stages[step.Candidate]
                    )
            )
            {
                stages[step.Candidate] = stages[needed.Candidate] + 1;
                changed = true;
            }
        }
        return changed;
    }

    /// <summary>What must be usable before a step is built: its build requirements, and what they need to
    /// run.</summary>
    private static HashSet<PlanStep> Closure(PlanStep built, Dictionary<PackageName, PlanStep> chosen)
    {
        var closure = new HashSet<PlanStep>(ReferenceEqualityComparer.Instance);
        var pending = new Stack<PlanStep>(Targets(built, Role.Build));
        while (pending.TryPop(out var step))
        {
            if (!closure.Add(step))
                continue;
            foreach (var next in Targets(step, Role.Runtime))
                pending.Push(next);
        }
        return closure;

        IEnumerable<PlanStep> Targets(PlanStep step, Role role) =>
            step
                .Requires.Where(each => each.Role == role && each.SatisfiedBy is not null)
                .Select(each => chosen[each.Requirement.Name]);
    }

    private Packaging.Markers.Marker? MarkerOf(IReadOnlyList<int> environments)
    {
        if (environments.Count == plans.Count)
            return null;
        var key = string.Join(',', environments);
        if (!markers.TryGetValue(key, out var marker))
            markers.Add(
                key,
                marker = environments
                    .Aggregate(MarkerRegion.None, (union, each) => union.Or(plans[each].Region))
                    .ToMarker(everywhere)
            );
        return marker;
    }

    private bool IsFixed(string variable, string value) =>
        variable is not ("python_version" or "python_full_version" or "implementation_version" or "platform_release")
        && everywhere.IsSubsetOf(MarkerRegion.OfText(variable, value));
}
