using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

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
                List<WhyLink> path =
                [
                    new WhyLink(need.Name, by?.Candidate.Version, need.Requirement, need.Role),
                    .. entry.Below,
                ];
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
        ICandidateSource source,
        PlanRequest request,
        Requirement wanted,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => WhyNot(source, request, wanted, limits, wanted.ToString(), cancellation);

    /// <param name="wantedAs">How to call what is wanted.</param>
    private static WhyNotAnswer WhyNot(
        ICandidateSource source,
        PlanRequest request,
        Requirement wanted,
        PlanLimits limits,
        string wantedAs,
        CancellationToken cancellation
    )
    {
        var best = Planner.Plan(source, request, limits, null, cancellation);
        if (best is PlanOutcome.Impossible alreadyImpossible)
            return new WhyNotAnswer.Impossible(alreadyImpossible.Explanation);
        if (best is not PlanOutcome.Planned { Plan: var plan })
            return new WhyNotAnswer.GaveUp(((PlanOutcome.GaveUp)best).Limit);
        if (
            plan.Steps.FirstOrDefault(each => each.Candidate.Name == wanted.Name) is { } step
            && wanted.Specifier.Contains(step.Candidate.Version, prereleases: true)
        )
            return new WhyNotAnswer.Chosen(step);

        // As a constraint where the plan has the project anyway: the question is then which version, not whether.
        var planned = plan.Steps.Any(each => each.Candidate.Name == wanted.Name);
        var assumed = planned
            ? request with
            {
                Constraints = [.. request.Constraints, wanted],
            }
            : request with
            {
                Roots = [.. request.Roots, wanted],
            };
        switch (Planner.Plan(source, assumed, limits, null, cancellation))
        {
            case PlanOutcome.Impossible impossible:
                // As a root: the user asked about the version and has no constraint of that kind.
                var supposed = RequestedProblem.Of(source, request with { Roots = [.. request.Roots, wanted] });
                return new WhyNotAnswer.Impossible(
                    Explainer.Explain(
                        supposed,
                        supposed,
                        source,
                        limits,
                        null,
                        (wanted.ToString(), wantedAs),
                        cancellation
                    ) ?? impossible.Explanation
                );
            case PlanOutcome.Planned { Plan: var other }:
                return planned
                    ? PlanDifference.Between(request, plan, other, wanted.Name)
                    : new WhyNotAnswer.Worse(null, null);
            case PlanOutcome.GaveUp gaveUp:
                return new WhyNotAnswer.GaveUp(gaveUp.Limit);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    /// <summary>Why no newer version than the chosen one is in the best plan; of a project that no plan needs, why it
    /// is not in it at all.</summary>
    public static WhyNotAnswer WhyNotNewer(
        ICandidateSource source,
        PlanRequest request,
        PackageName name,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        var best = Planner.Plan(source, request, limits, null, cancellation);
        if (
            best is not PlanOutcome.Planned { Plan: var plan }
            || plan.Steps.FirstOrDefault(each => each.Candidate.Name == name) is not { } step
        )
            return WhyNot(source, request, Requirement.Parse(name.Normalized), limits, cancellation);
        return source.CandidatesOf(name).Any(each => each.Version.Public > step.Candidate.Version.Public)
            ? WhyNot(
                source,
                request,
                Newer(source, step),
                limits,
                $"a newer {name} than {step.Candidate.Version}",
                cancellation
            )
            : new WhyNotAnswer.Newest(step);
    }

    /// <summary>All newer ones. '>' leaves out post-releases of the chosen one, so it is said otherwise where there
    /// are such.</summary>
    private static Requirement Newer(ICandidateSource source, PlanStep step)
    {
        var (name, version) = (step.Candidate.Name, step.Candidate.Version.Public);
        var after = Requirement.Parse($"{name}>{version}");
        return source
            .CandidatesOf(name)
            .All(each => each.Version.Public <= version || after.Specifier.Contains(each.Version, prereleases: true))
            ? after
            : Requirement.Parse($"{name}>={version},!={version}");
    }

    /// <summary>Why one step comes before another: because the other's build waits for it, or because nothing speaks
    /// against it.</summary>
    public static WhyBeforeAnswer WhyBefore(Plan plan, PackageName first, PackageName second)
    {
        var steps = plan
            .Steps.GroupBy(each => each.Candidate.Name)
            .ToDictionary(group => group.Key, group => group.First());
        if (!steps.TryGetValue(first, out var one))
            return new WhyBeforeAnswer.NotPlanned(first);
        if (!steps.TryGetValue(second, out var other))
            return new WhyBeforeAnswer.NotPlanned(second);
        if (Waiting(steps, other, one) is { } path)
            return new WhyBeforeAnswer.Needed(one, other, path);
        if (Waiting(steps, one, other) is { } reverse)
            return new WhyBeforeAnswer.After(one, other, reverse);
        var later = one.Order < other.Order ? other : one;
        var latest = later
            .Requires.Where(each =>
                each.Role == Role.Build
                && each.SatisfiedBy is not null
                && each.SatisfiedBy.Kind != Packaging.Distributions.DistributionKind.Installed
            )
            .Select(each => (Requirement: each, Step: steps[each.Requirement.Name]))
            .OrderByDescending(each => each.Step.Stage)
            .FirstOrDefault();
        return new WhyBeforeAnswer.Free(one, other, latest.Step);
    }

    /// <summary>The shortest way from a build through what it needs, and what that needs, to the other step; null
    /// where the build does not wait for it.</summary>
    private static List<WhyLink>? Waiting(Dictionary<PackageName, PlanStep> steps, PlanStep build, PlanStep wanted)
    {
        var seen = new HashSet<PackageName>();
        var queue = new Queue<(PlanStep At, List<WhyLink> Way)>([(build, [])]);
        while (queue.TryDequeue(out var entry))
        {
            // To be installed it need not have what it runs with; only its build waits.
            foreach (
                var each in entry.At.Requires.Where(each =>
                    each.SatisfiedBy is not null && (each.Role == Role.Build || entry.Way.Count > 0)
                )
            )
            {
                if (!seen.Add(each.Requirement.Name))
                    continue;
                List<WhyLink> way =
                [
                    .. entry.Way,
                    new WhyLink(entry.At.Candidate.Name, entry.At.Candidate.Version, each.Requirement, each.Role),
                ];
                if (each.Requirement.Name == wanted.Candidate.Name)
                    return way;
                queue.Enqueue((steps[each.Requirement.Name], way));
            }
        }
        return null;
    }
}
