using Resolver.Packaging.Names;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Planning;

/// <summary>What another plan has in place of the best one, and which of it makes it worse.</summary>
internal static class PlanDifference
{
    /// <summary>Why the best plan is better than the other one, which has another version of the project.</summary>
    public static WhyNotAnswer.Worse Between(PlanRequest request, Plan best, Plan other, PackageName project)
    {
        var (there, instead) = (ByName(best), ByName(other));
        var policy = new CandidatePolicy(request);
        var changes = Discovered(best, there)
            .Concat(other.Steps.Select(each => each.Candidate.Name).Where(each => !there.ContainsKey(each)))
            .Select(name => (Name: name, Before: there.GetValueOrDefault(name), After: instead.GetValueOrDefault(name)))
            .Where(each => !ReferenceEquals(each.Before?.Candidate, each.After?.Candidate))
            .Select(each =>
                (
                    each.Name,
                    Change: new PlanChange(
                        each.Before,
                        each.After,
                        each is { Before: { } one, After: { } two }
                            ? policy.WhyPreferred(one.Candidate, two.Candidate)
                            : null
                    )
                )
            )
            .ToList();
        var worse = best.Objectives.Zip(other.Objectives).FirstOrDefault(each => each.First.Value < each.Second.Value);
        // The planner decides in this order: the first change for the worse is why.
        var decisive =
            changes.Find(each => each.Change.Rule is not null).Change
            ?? changes.Find(each => each.Name == project).Change;
        return new WhyNotAnswer.Worse(decisive.Before, decisive.After)
        {
            Rule = decisive.Rule,
            Objective = worse.First is { } value ? (value.Objective, value.Value, worse.Second.Value) : null,
            Asked = changes.Find(each => each.Name == project).Change,
            Changes = [.. changes.Where(each => each.Name != project).Select(each => each.Change)],
        };
    }

    /// <summary>The projects of a plan along the requirements, as the planner reaches them.</summary>
    private static IEnumerable<PackageName> Discovered(Plan plan, Dictionary<PackageName, PlanStep> steps)
    {
        var queue = new Queue<PackageName>(plan.Roots.Select(each => each.Name));
        var seen = new HashSet<PackageName>();
        while (queue.TryDequeue(out var name))
        {
            if (!seen.Add(name) || !steps.TryGetValue(name, out var step))
                continue;
            yield return name;
            foreach (var requirement in step.Requires)
                queue.Enqueue(requirement.Requirement.Name);
        }
    }

    private static Dictionary<PackageName, PlanStep> ByName(Plan plan) =>
        plan.Steps.GroupBy(each => each.Candidate.Name).ToDictionary(group => group.Key, group => group.First());
}
