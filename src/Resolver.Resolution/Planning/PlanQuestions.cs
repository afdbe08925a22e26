using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Resolution.Planning;

/// <summary>What people ask of a plan: why is this in it, why is that not.</summary>
public static class PlanQuestions
{
    /// <summary>How many paths an answer shows at most.</summary>
    public const int MostPaths = 20;

    /// <summary>Every path by which the plan's roots come to need the project.</summary>
    public static WhyAnswer Why(Plan plan, PackageName name)
    {
        var steps = plan.Steps.ToDictionary(each => each.Candidate.Name);
        if (!steps.TryGetValue(name, out var step))
            return new WhyAnswer(null, [], true);
        var paths = new List<IReadOnlyList<WhyLink>>();
        // Backwards and breadth first, so that the shortest come out first.
        var queue = new Queue<(PlanStep At, List<WhyLink> Below)>([(step, [])]);
        while (queue.TryDequeue(out var entry))
        {
            foreach (var need in entry.At.NeededBy.Where(each => each.Role != Role.Constraint))
            {
                if (paths.Count == MostPaths)
                    return new WhyAnswer(step, paths, false);
                var by = need.Name is { } needer ? steps[needer] : null;
                List<WhyLink> path = [new WhyLink(need.Name, by?.Candidate.Version, need.Requirement, need.Role), .. entry.Below];
                if (by is null)
                    paths.Add(path);
                else if (by != step && !entry.Below.Exists(each => each.Name == need.Name))
                    queue.Enqueue((by, path));
            }
        }
        return new WhyAnswer(step, paths, true);
    }

    /// <summary>Why no step of the best plan meets the requirement, such as <c>lib==2</c>.</summary>
    public static WhyNotAnswer WhyNot(
        ICandidateSource source, PlanRequest request, Requirement wanted, PlanLimits limits, CancellationToken cancellation = default)
    {
        var best = Planner.Plan(source, request, limits, null, cancellation);
        if (best is PlanOutcome.Impossible alreadyImpossible)
            return new WhyNotAnswer.Impossible(alreadyImpossible.Explanation);
        if (best is not PlanOutcome.Planned { Plan: var plan })
            return new WhyNotAnswer.GaveUp(((PlanOutcome.GaveUp)best).Limit);
        if (plan.Steps.FirstOrDefault(each => each.Candidate.Name == wanted.Name) is { } step && wanted.Specifier.Contains(step.Candidate.Version, prereleases: true))
            return new WhyNotAnswer.Chosen(step);

        // As a constraint where the plan has the project anyway: the question is then which version, not whether.
        var planned = plan.Steps.Any(each => each.Candidate.Name == wanted.Name);
        var assumed = planned ? request with { Constraints = [.. request.Constraints, wanted] } : request with { Roots = [.. request.Roots, wanted] };
        switch (Planner.Plan(source, assumed, limits, null, cancellation))
        {
            case PlanOutcome.Impossible impossible:
                // Told as a wish: the user asked about the version and has no constraint of that kind.
                var wished = Planner.Plan(source, request with { Roots = [.. request.Roots, wanted] }, limits, null, cancellation);
                return new WhyNotAnswer.Impossible((wished as PlanOutcome.Impossible ?? impossible).Explanation);
            case PlanOutcome.Planned { Plan: var other }:
                return planned ? FirstDifference(plan, other, wanted.Name) : new WhyNotAnswer.Worse(null, null);
            case PlanOutcome.GaveUp gaveUp:
                return new WhyNotAnswer.GaveUp(gaveUp.Limit);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>What would be worse first, other than the project itself: along the requirements, as the discovery queue goes.</summary>
    private static WhyNotAnswer.Worse FirstDifference(Plan best, Plan other, PackageName asked)
    {
        var there = best.Steps.ToDictionary(each => each.Candidate.Name);
        var instead = other.Steps.ToDictionary(each => each.Candidate.Name);
        var queue = new Queue<PackageName>(best.Roots.Select(each => each.Name));
        var seen = new HashSet<PackageName>();
        while (queue.TryDequeue(out var name))
        {
            if (!seen.Add(name) || !there.TryGetValue(name, out var step))
                continue;
            var alternative = instead.GetValueOrDefault(name);
            if (name != asked && !ReferenceEquals(alternative?.Candidate, step.Candidate))
                return new WhyNotAnswer.Worse(step, alternative);
            foreach (var requirement in step.Requires)
                queue.Enqueue(requirement.Requirement.Name);
        }
        return new WhyNotAnswer.Worse(there[asked], instead.GetValueOrDefault(asked));
    }
}
