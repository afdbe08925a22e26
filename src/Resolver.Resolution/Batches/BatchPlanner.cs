using System.Diagnostics;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Consistency;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Batches;

/// <summary>Orders exactly a batch: every given candidate at its own version (<c>resolver order</c>). What the batch
/// needs beside may come from the further source.</summary>
public sealed class BatchPlanner
{
    private readonly PlanRequest request;
    private readonly PlanLimits limits;
    private readonly ISolver solver;
    private readonly CancellationToken cancellation;
    private readonly BatchSource source;
    private readonly BuildEnvironments builds;
    private readonly Dictionary<PackageName, List<Candidate>> projects;
    private readonly List<LeftOut> leftOut = [];

    private BatchPlanner(
        Dictionary<PackageName, List<Candidate>> projects,
        ICandidateSource further,
        PlanRequest request,
        PlanLimits limits,
        ISolver solver,
        CancellationToken cancellation
    )
    {
        (this.projects, this.request, this.limits, this.solver, this.cancellation) = (
            projects,
            request,
            limits,
            solver,
            cancellation
        );
        source = new BatchSource(projects, further);
        builds = RequestedProblem.Builds(source, request, limits, cancellation);
    }

    /// <summary>The order, or why there is none.</summary>
    /// <param name="batch">What the given paths hold, in any order, unreadable things included.</param>
    /// <param name="further">What <c>-f</c> and the environment offer beside.</param>
    /// <param name="request">Preferences and the environment; its roots are taken beside the batch.</param>
    /// <param name="keepGoing">Order as many projects as possible, of these the newest versions, and list the rest in
    /// <see cref="Plan.LeftOut"/>.</param>
    /// <param name="limits">When to give up.</param>
    /// <param name="solver">The engine; null: our own.</param>
    /// <param name="explains">Whether anybody reads why there is no order of all of it.</param>
    public static PlanOutcome Order(
        IReadOnlyList<BatchItem> batch,
        ICandidateSource further,
        PlanRequest request,
        bool keepGoing,
        PlanLimits limits,
        ISolver? solver = null,
        bool explains = true,
        CancellationToken cancellation = default
    )
    {
        var candidates = Distinct(batch.Where(each => each.Candidate is not null).Select(each => each.Candidate!));
        var errors = keepGoing
            ? []
            : batch
                .Where(each => each.Unreadable is not null && each.AskedByName)
                .Select(each => $"{each.Path}: {each.Unreadable}")
                .ToList();
        errors.AddRange(Clashes(candidates));
        if (errors.Count > 0)
            return new PlanOutcome.BadInput(errors);

        var projects = candidates.GroupBy(each => each.Name).ToDictionary(group => group.Key, group => group.ToList());
        var planner = new BatchPlanner(projects, further, request, limits, solver ?? new DomainSolver(), cancellation);
        if (!keepGoing)
            return planner.OrderAll(explains);
        foreach (var item in batch.Where(each => each.Candidate is null && each.Unreadable is not null))
            planner.leftOut.Add(new LeftOut(item.Path, item.Name, null, item.Code ?? "unreadable", item.Unreadable!));
        return planner.OrderMost();
    }

    /// <summary>The batch as a question of its own, for explanations: everything that was given has to be had at its
    /// version.</summary>
    /// <exception cref="InvalidOperationException">Two given files are the same version with different content;
    /// <see cref="Order"/> says so as bad input.</exception>
    public static CandidateProblem Question(
        IReadOnlyList<BatchItem> batch,
        ICandidateSource further,
        PlanRequest request
    )
    {
        var candidates = Distinct(batch.Where(each => each.Candidate is not null).Select(each => each.Candidate!));
        if (Clashes(candidates).FirstOrDefault() is { } clash)
            throw new InvalidOperationException(clash);
        var projects = candidates.GroupBy(each => each.Name).ToDictionary(group => group.Key, group => group.ToList());
        var planner = new BatchPlanner(
            projects,
            further,
            request,
            PlanLimits.None,
            new DomainSolver(),
            CancellationToken.None
        );
        var problem = RequestedProblem.Of(planner.source, request);
        foreach (var (_, _, alternatives) in planner.Pinned())
            problem.AddExactRoot(CandidateProblem.ExactRequirement(alternatives[0]), alternatives);
        return problem;
    }

    /// <summary>The batch as a question in which each project is had at its newest possible version, or not at
    /// all.</summary>
    public static CandidateProblem OptionalQuestion(
        IReadOnlyList<BatchItem> batch,
        ICandidateSource further,
        PlanRequest request
    )
    {
        var projects = Distinct(batch.Where(each => each.Candidate is not null).Select(each => each.Candidate!))
            .GroupBy(each => each.Name)
            .ToDictionary(group => group.Key, group => group.ToList());
        var planner = new BatchPlanner(
            projects,
            further,
            request,
            PlanLimits.None,
            new DomainSolver(),
            CancellationToken.None
        );
        var problem = RequestedProblem.Of(planner.source, request);
        foreach (var (name, artifacts) in projects.OrderBy(each => each.Key))
            problem.AddOptionalRoot(
                name,
                [.. artifacts.GroupBy(each => each.Version).OrderBy(group => group.Key).Select(group => group.ToList())]
            );
        return problem;
    }

    /// <summary>The batch without the versions that these roots of it name
    /// (<see cref="CandidateProblem.ExactRequirement"/>).</summary>
    public static IReadOnlyList<BatchItem> Without(
        IReadOnlyList<BatchItem> batch,
        IReadOnlyList<Requirement> leftOut
    ) =>
        [
            .. batch.Where(item =>
                !leftOut.Any(each =>
                    item.Candidate is { } candidate
                    && each.Name == candidate.Name
                    && each.Specifier.Specifiers is [{ Version: { } version }]
                    && candidate.Version.Equals(version)
                )
            ),
        ];

    /// <summary>The batch with these further artifacts of versions that it has.</summary>
    public static IReadOnlyList<BatchItem> With(IReadOnlyList<BatchItem> batch, IReadOnlyList<Candidate> wheels) =>
        [
            .. batch,
            .. wheels
                .Where(wheel =>
                    batch.Any(item => item.Candidate?.Name == wheel.Name && item.Candidate.Version == wheel.Version)
                )
                .Select(wheel => new BatchItem(wheel.Path ?? "", wheel, wheel.Name.Normalized, null, null, true)),
        ];

    /// <summary>The same file content twice counts once: the path that sorts first stands for both.</summary>
    private static List<Candidate> Distinct(IEnumerable<Candidate> candidates) =>
        [
            .. candidates
                .OrderBy(each => each.Path, StringComparer.Ordinal)
                .DistinctBy(each =>
                    each.Sha256 is { } hash
                        ? (each.Name, each.Version, hash, each.ContentKey)
                        : (each.Name, each.Version, each.Path ?? "", "")
                ),
        ];

    /// <summary>Two files of the same kind say that they are the same version, and are not the same: nobody can tell
    /// which is meant.</summary>
    private static IEnumerable<string> Clashes(List<Candidate> candidates) =>
        from candidate in candidates
        group candidate by (
            candidate.Name,
            candidate.Version,
            candidate.Kind,
            Tags: candidate.TagText + candidate.BuildTag
        ) into same
        where same.Count() > 1
        orderby same.Key.Name, same.Key.Version
        select $"{string.Join(" and ", same.Select(each => each.Path))}: both are {same.Key.Name} {same.Key.Version}, with different content";

    private PlanOutcome OrderAll(bool explains = true)
    {
        var problem = new CandidateProblem(source, request, builds);
        var roots = request.Roots.Where(each => request.Counts(each)).ToList();
        foreach (var (name, version, alternatives) in Pinned())
        {
            var root = CandidateProblem.ExactRequirement(alternatives[0]);
            roots.Add(root);
            problem.AddExactRoot(root, alternatives);
        }
        return Planner.Solve(problem, roots, leftOut, limits, solver, source, cancellation, explains);
    }

    /// <summary>Each version that was given, with its artifacts, by name and version.</summary>
    private IEnumerable<(PackageName Name, Version Version, List<Candidate> Alternatives)> Pinned() =>
        from project in projects
        orderby project.Key
        from version in project.Value.GroupBy(each => each.Version)
        orderby project.Key, version.Key
        select (project.Key, version.Key, version.ToList());

    /// <summary>As many projects as possible, among the largest selections the one with the newest versions: compared
    /// project by project, what many others of the batch need first.</summary>
    private PlanOutcome OrderMost()
    {
        var clock = Stopwatch.StartNew();
        var problem = new CandidateProblem(source, request, builds);
        var choices = Choices(problem);
        var live = new ArcConsistency(problem);
        foreach (var choice in choices)
            live.Reach(choice.Variable);
        live.Begin();
        var options = new SolveOptions { Deadline = limits.Deadline, ConflictLimit = limits.Conflicts };
        var largest = new LargestBatch(problem, choices, options, cancellation) { Live = live };
        if (!largest.Find(solver))
            return largest.Failure is Outcome.GaveUp gaveUp
                ? new PlanOutcome.GaveUp(
                    Planner.Describe(gaveUp.Limit),
                    PlanStatistics.Of(gaveUp.Statistics, clock.Elapsed)
                )
                : OrderAll(); // what is requested beside the batch is impossible by itself

        var accepted = Enumerable
            .Range(0, choices.Count)
            .Where(each => largest.Chosen[each] >= 0)
            .Select(each => choices[each].Versions[largest.Chosen[each]])
            .ToList();
        var reasons = new LeftOutReasons(problem, choices, largest, Explain);
        leftOut.AddRange(reasons.Find());
        leftOut.Sort((a, b) => string.CompareOrdinal(a.Path, b.Path));
        return OrderAccepted(accepted) switch
        {
            PlanOutcome.Planned planned => planned with
            {
                Plan = planned.Plan with
                {
                    Batch = new BatchSize(accepted.Count, largest.AtMost, reasons.Costs),
                    Statistics = planned.Plan.Statistics with
                    {
                        SolveMilliseconds = clock.Elapsed.TotalMilliseconds - planned.Plan.Statistics.OrderMilliseconds,
                    },
                },
                Proven = planned.Proven && accepted.Count == largest.AtMost,
            },
            // The limit may be reached between the two searches.
            PlanOutcome.GaveUp gaveUp => gaveUp,
            _ => throw new InvalidOperationException("what is ordered by parts cannot be ordered together"),
        };
    }

    /// <summary>Each project of the batch as an optional root, what many others need first.</summary>
    private List<BatchChoice> Choices(CandidateProblem problem)
    {
        var choices = new List<BatchChoice>();
        foreach (var name in projects.Keys.OrderByDescending(Popularity()).ThenBy(each => each))
        {
            var versions = projects[name]
                .GroupBy(each => each.Version)
                .OrderBy(group => group.Key)
                .Select(IReadOnlyList<Candidate> (group) => group.ToList())
                .ToList();
            var variable = problem.AddOptionalRoot(name, versions);
            choices.Add(new BatchChoice(name, variable, problem.Roots[^1], versions));
        }
        return choices;
    }

    /// <summary>Which versions are ordered is settled; objectives decide about the rest, and the environments of
    /// builds are planned.</summary>
    private PlanOutcome OrderAccepted(IReadOnlyList<IReadOnlyList<Candidate>> accepted)
    {
        var problem = new CandidateProblem(source, request, builds);
        var roots = request.Roots.Where(each => request.Counts(each)).ToList();
        foreach (var version in accepted)
        {
            var root = CandidateProblem.ExactRequirement(version[0]);
            roots.Add(root);
            problem.AddExactRoot(root, version);
        }
        return Planner.Solve(
            problem,
            [.. roots.OrderBy(each => each.Name)],
            leftOut,
            limits,
            solver,
            source,
            cancellation
        );
    }

    /// <summary>How many projects of the batch name the project, to be built or to run.</summary>
    private Func<PackageName, int> Popularity()
    {
        var count = new Dictionary<PackageName, int>();
        foreach (var project in projects.Values)
        {
            var named = project
                .SelectMany(each => (each.Requires ?? []).Concat(each.IsBuilt ? each.BuildRequires ?? [] : []))
                .Select(each => each.Name)
                .Distinct();
            foreach (var name in named)
                count[name] = count.GetValueOrDefault(name) + 1;
        }
        return name => count.GetValueOrDefault(name);
    }

    /// <summary>Why the last of these cannot be had together with the others, or null where it can (or the limit came
    /// first).</summary>
    private string? Explain(IReadOnlyList<IReadOnlyList<Candidate>> together)
    {
        var problem = new CandidateProblem(source, request, builds);
        foreach (var version in together)
            problem.AddExactRoot(CandidateProblem.ExactRequirement(version[0]), version);
        return Explainer.Reason(
            problem,
            problem,
            CandidateProblem.ExactRequirement(together[^1][0]).ToString(),
            limits,
            cancellation
        );
    }

    /// <summary>The batch, and whatever else the further source has of projects that the batch does not hold.</summary>
    private sealed class BatchSource(Dictionary<PackageName, List<Candidate>> batch, ICandidateSource further)
        : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => batch.Keys.Concat(further.Projects).Distinct();

        public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => further.HiddenOf(project);

        public IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => further.UnreadableOf(project);

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
        {
            // What the batch holds is installed at that version; what is installed there now makes way, unless it is
            // the only one that helps a build.
            if (!batch.TryGetValue(project, out var given))
                return further.CandidatesOf(project);
            var known = given.Where(each => each.Sha256 is not null).Select(each => each.Sha256).ToHashSet();
            var paths = given.Select(each => each.Path).ToHashSet();
            return
            [
                .. given,
                .. further
                    .CandidatesOf(project)
                    .Where(each =>
                        each.Kind != DistributionKind.Installed
                        && !paths.Contains(each.Path)
                        && !(each.Sha256 is { } hash && known.Contains(hash))
                    ),
            ];
        }
    }
}
