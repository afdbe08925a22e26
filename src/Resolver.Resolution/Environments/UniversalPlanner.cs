using Resolver.Packaging.Markers;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Environments;

/// <summary>
/// One plan for every environment there is (<c>--universal</c>). The space of environments is one part at first. The
/// best answer for one example of each part is found; where a marker, a Requires-Python or a wheel of what was chosen
/// means one thing to some environments of a part and another to the rest, the part is divided there, and all is
/// solved again. In the end nothing chosen divides a part, so what is best for its example is best for all of it
/// (docs/planning.md).
/// </summary>
public static class UniversalPlanner
{
    // Markers of a hundred projects meet in some dozens of parts; thousands are nobody's archive.
    private const int MaximalParts = 2000;

    /// <summary>The best plan, or why there is none: an environment for which there is none.</summary>
    /// <exception cref="InvalidOperationException">No environment lies in the scope.</exception>
    public static PlanOutcome Plan(
        ICandidateSource source,
        PlanRequest request,
        UniversalScope scope,
        PlanLimits limits,
        ISolver? solver = null,
        CancellationToken cancellation = default
    )
    {
        var memoized = new MemoizedSource(source);
        var search = new Search(memoized, request, scope, solver ?? new DomainSolver(), cancellation);
        for (var isStrict = false; ; isStrict = true)
        {
            if (search.Run(isStrict, limits, out var failure) is not { } solutions)
                return failure!;
            // Only where no environment has all the wheels it needs is their absence a reason to say no.
            if (isStrict || solutions.Exists(search.IsCovered))
                return new PlanOutcome.Planned(Merge(request, [.. solutions.Where(search.IsCovered)]), true);
        }
    }

    /// <summary>Parts in which the same is chosen are one environment of the plan.</summary>
    private static Plan Merge(PlanRequest request, List<EnvironmentSolution> solutions)
    {
        var targets = solutions
            .GroupBy(
                each => each.Chosen.Select(chosen => chosen.Candidate).ToHashSet(),
                HashSet<Candidate>.CreateSetComparer()
            )
            .Select(group => new TargetedEnvironment(
                null,
                group
                    .Aggregate(MarkerRegion.None, (union, each) => union.Or(each.Environment.Region))
                    .ToMarker(MarkerRegion.Existing),
                group.First().Environment.Example
            ));
        return MergedPlan.Of(request, solutions, [.. targets]);
    }

    private sealed class Search(
        MemoizedSource source,
        PlanRequest request,
        UniversalScope scope,
        ISolver solver,
        CancellationToken cancellation
    )
    {
        private readonly UniversalFitness fitness = new(source, scope);
        private readonly Dictionary<(Marker, string), MarkerRegion?> regions = [];
        private readonly HashSet<PackageName> overridden = [.. request.Overrides.Select(each => each.Name)];

        /// <summary>What is best in each part, once nothing chosen divides one any more; null on failure.</summary>
        public List<EnvironmentSolution>? Run(bool isStrict, PlanLimits limits, out PlanOutcome? failure)
        {
            // What the user wrote counts everywhere, so its markers divide before anything is chosen.
            var written = request
                .Roots.Concat(request.Constraints)
                .Concat(request.Overrides)
                .Select(each => RegionOf(each, []))
                .OfType<MarkerRegion>();
            var parts = new List<EnvironmentRequest>
            {
                new(null, scope.Supported.And(MarkerRegion.Existing), scope.Interpreter),
            };
            if (parts[0].Region.Example(scope.Interpreter) is not { } first)
                throw new InvalidOperationException("no environment is supported");
            parts[0] = parts[0] with { Example = first };
            parts = [.. parts.SelectMany(part => Divide(part, scope.Required.Concat(written)))];
            while (true)
            {
                parts = parts.ConvertAll(part => part with { Fitness = fitness.For(part.Example, isStrict) });
                if (
                    EnvironmentsPlanner.Solve(source, request, parts, limits, solver, cancellation, out failure, out _)
                    is not { } solutions
                )
                    return null;
                var divided = solutions.SelectMany(each => Divide(each.Environment, Dividing(each))).ToList();
                if (divided.Count == parts.Count)
                    return [.. solutions];
                if (divided.Count > MaximalParts)
                {
                    failure = new PlanOutcome.GaveUp(
                        $"the markers divide the environments into more than {MaximalParts} parts; name fewer with "
                            + $"--environment",
                        solutions[0].Statistics
                    );
                    return null;
                }
                parts = divided;
            }
        }

        /// <summary>Whether everything chosen has a distribution for the whole part.</summary>
        public bool IsCovered(EnvironmentSolution solution) =>
            solution.Chosen.All(each => fitness.SystemsOf(each.Candidate).Contains(solution.Environment.Example));

        /// <summary>Whatever means one thing to some environments and another to the rest: markers of what is chosen,
        /// its Pythons, and the wheels of its versions.</summary>
        private IEnumerable<MarkerRegion> Dividing(EnvironmentSolution solution)
        {
            foreach (var (candidate, extras) in solution.Chosen)
            {
                foreach (var requirement in candidate.Requires ?? [])
                {
                    if (!overridden.Contains(requirement.Name) && RegionOf(requirement, extras) is { } region)
                        yield return region;
                }
                foreach (var requirement in candidate.IsBuilt ? candidate.BuildRequires ?? [] : [])
                {
                    if (!overridden.Contains(requirement.Name) && RegionOf(requirement, []) is { } region)
                        yield return region;
                }
                yield return fitness.PythonsOf(candidate);
                foreach (var wheel in candidate.Tags is null ? [] : fitness.Siblings(candidate))
                    yield return fitness.SystemsOf(wheel);
            }
        }

        /// <summary>Where the marker holds for these extras; null where there is none, or one that means nothing
        /// anywhere.</summary>
        private MarkerRegion? RegionOf(Requirement requirement, IReadOnlyList<ExtraName> extras)
        {
            if (requirement.Marker is not { } marker)
                return null;
            var key = (marker, marker.MentionsExtra ? string.Join(',', extras.Select(each => each.Normalized)) : "");
            if (!regions.TryGetValue(key, out var region))
                regions.Add(
                    key,
                    region = MarkerRegion.TryOf(marker) is { Success: true } read ? read.Value.WithExtras(extras) : null
                );
            return region;
        }

        /// <summary>The part, cut at the borders of each region. The piece with the part's own example comes
        /// first.</summary>
        private static List<EnvironmentRequest> Divide(EnvironmentRequest part, IEnumerable<MarkerRegion> borders)
        {
            List<EnvironmentRequest> pieces = [part];
            foreach (var border in borders.Distinct())
            {
                if (border == MarkerRegion.All || border == MarkerRegion.None)
                    continue;
                pieces = [.. pieces.SelectMany(piece => Divide(piece, border))];
            }
            return pieces;
        }

        private static EnvironmentRequest[] Divide(EnvironmentRequest part, MarkerRegion border)
        {
            var isInside = border.Contains(part.Example);
            var rest = isInside ? part.Region.Except(border) : part.Region.And(border);
            if (rest.Example(part.Example) is not { } example)
                return [part];
            return
            [
                part with
                {
                    Region = isInside ? part.Region.And(border) : part.Region.Except(border),
                },
                part with
                {
                    Region = rest,
                    Example = example,
                },
            ];
        }
    }
}
