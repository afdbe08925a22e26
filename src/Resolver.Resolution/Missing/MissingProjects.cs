using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Missing;

/// <summary>
/// The shortest list of projects to add (<c>resolver missing</c>): a smallest set that hits every core's 'there is
/// nothing else of q', by implicit hitting sets (Moreno-Centeno and Karp, 2013): solve with the set let go; where
/// that is still impossible, its core is one more set to hit.
/// </summary>
/// <remarks>
/// Closed under what is known: where the archive has the missing version for another Python or platform, what that
/// file needs is what the right one will need, so the list is made again with it in place.
/// </remarks>
public sealed class MissingProjects
{
    private readonly CandidateProblem problem;
    private readonly SolveBudget budget;
    private readonly PlanLimits limits;
    private readonly CancellationToken cancellation;
    private readonly List<RequirementId> given;
    private readonly List<BeyondHelp> beyondHelp = [];

    /// <summary>What has to be there as a wheel, since its build is part of a circle.</summary>
    private readonly HashSet<PackageName> wheels = [];

    /// <summary>What is given as files: those are to be installed, and none else of these projects.</summary>
    private readonly HashSet<PackageName> batch;

    /// <summary>What could be added: versions that were found to be wanted, by project.</summary>
    private readonly Dictionary<PackageName, SortedDictionary<Version, Candidate>> additions = [];

    /// <summary>The problem as it was last tried (<see cref="Solve"/>).</summary>
    private CandidateProblem tried;

    private MissingProjects(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation)
    {
        (this.problem, this.limits, this.cancellation) = (problem, limits, cancellation);
        budget = new SolveBudget(limits, cancellation);
        given =
        [
            .. problem.Roots.ToArray().Where(id => problem.RoleOf(id) == Role.Root && !problem.ActivatesExtra(id)),
        ];
        batch = [.. problem.Roots.ToArray().Where(problem.IsGiven).Select(id => problem.NameOf(problem.Target(id)))];
        tried = problem;
    }

    /// <summary>What to add; null where a limit was reached first.</summary>
    public static MissingList? Find(
        ICandidateSource source,
        PlanRequest request,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => Find(RequestedProblem.Of(source, request), limits, cancellation);

    /// <summary>What to add so that the problem has a plan; null where a limit was reached first.</summary>
    public static MissingList? Find(
        CandidateProblem problem,
        PlanLimits limits,
        CancellationToken cancellation = default
    ) => Find(problem, [], limits, cancellation);

    /// <param name="asked">Builds whose environments are asked about further up.</param>
    internal static MissingList? Find(
        CandidateProblem problem,
        HashSet<Candidate> asked,
        PlanLimits limits,
        CancellationToken cancellation
    )
    {
        if (BuildEnvironments.JudgeOf(problem) is not { } builds)
            return FindBeside(problem, limits, cancellation);
        // Builds that are apart are taken for granted first: what they lack is a question of its own, of what can be
        // had but for them.
        var list = builds.Granting(() => FindBeside(problem, limits, cancellation));
        if (list is not { Projects.Count: 0, Remaining: null })
            return list;
        var rest = problem.Remade(
            builds.Source,
            problem.Request with
            {
                Roots = Without(problem.Request.Roots, list.BeyondHelp),
            },
            builds: builds,
            without: list.BeyondHelp.Select(each => each.Requirement).ToHashSet()
        );
        return MissingForBuilds.Find(rest, builds, list.Given, asked, limits, cancellation) is { } further
            ? further with
            {
                BeyondHelp = list.BeyondHelp,
            }
            : null;
    }

    private static IReadOnlyList<Requirement> Without(
        IReadOnlyList<Requirement> roots,
        IReadOnlyList<BeyondHelp> beyondHelp
    ) =>
        beyondHelp.Count == 0
            ? roots
            : [.. roots.Where(root => !beyondHelp.Any(each => each.Requirement == root.ToString()))];

    private static MissingList? FindBeside(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation)
    {
        var finder = new MissingProjects(problem, limits, cancellation);
        if (finder.Search() is not { } found)
            return null;
        if (found.Projects.Count == 0 && finder.beyondHelp.Count == 1)
            return new MissingList(
                [],
                finder.given.Count,
                Explainer.Explain(problem, problem, problem.Source, limits, cancellation)
            )
            {
                BeyondHelp = finder.beyondHelp,
            };
        return finder.Closed(found.Projects, found.Selection) with { BeyondHelp = finder.beyondHelp };
    }

    /// <summary>A smallest set of projects and a selection with it, of all but what is beyond help; null where a
    /// limit was reached.</summary>
    private (List<PackageName> Projects, Selection Selection)? Search()
    {
        var cores = new List<IReadOnlySet<PackageName>>();
        while (true)
        {
            var added = SmallestHittingSet(cores);
            switch (Solve(added))
            {
                case Outcome.Satisfiable { Selection: var selection }:
                    return Reduced(added, selection);
                case Outcome.Unsatisfiable:
                    var core = new MinimalCore(tried, tried, budget);
                    core.Find();
                    if (core.Facts is not { } facts)
                        return null;
                    if (Addable(facts, added) is { Count: > 0 } addable)
                        cores.Add(addable);
                    else if (!LetGo(facts))
                        return null;
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>The problem as it would be with some version of each of these, and without what is beyond
    /// help.</summary>
    private Outcome Solve(IEnumerable<PackageName> added)
    {
        var source = new SourceWithMore(problem.Source, added.SelectMany(each => additions[each].Values));
        var request = problem.Request with { Roots = Without(problem.Request.Roots, beyondHelp) };
        tried = problem.Remade(
            source,
            request,
            builds: problem.Builds is null ? null : BuildEnvironments.Granted(source, request),
            without: beyondHelp.Select(each => each.Requirement).ToHashSet()
        );
        return budget.Solve(tried, trace: false);
    }

    /// <summary>Projects of which one more version would do away with the core; the version is kept, to be tried from
    /// now on.</summary>
    /// <remarks>
    /// What nothing else of the core comes from is what is missing. Another version of what requires it would help
    /// only if it required less: that is no addition for something that was asked for itself, unless it is that it
    /// need not be built; and what was given as a file is not to be fetched.
    /// </remarks>
    /// <param name="added">What was there already, in the versions known so far.</param>
    private HashSet<PackageName> Addable(IReadOnlyList<Assumption> facts, List<PackageName> added)
    {
        var requires = facts.OfType<Assumption.Requires>().ToList();
        var sources = requires.Select(each => each.Source).OfType<VariableId>().ToHashSet();
        var wanted = requires.Where(each => each.Source is null).Select(each => tried.Target(each.Id)).ToHashSet();
        var edges = facts
            .OfType<Assumption.Cycle>()
            .Select(each => each.Nogood.Certificate)
            .OfType<BuildCycle>()
            .SelectMany(each => each.Edges)
            .ToList();
        sources.UnionWith(edges.Select(each => each.Source));
        var circles = edges
            .Where(each => tried.IsBuildRequirement(each.Requirement))
            .Select(each => each.Source)
            .ToHashSet();
        var absent = facts.OfType<Assumption.NoOthers>().Select(each => each.Project).ToList();
        var leaves = Kept(absent.Where(each => !sources.Contains(each)));
        return leaves.Count > 0
            ? leaves
            : Kept(absent.Where(each => sources.Contains(each) && (circles.Contains(each) || !wanted.Contains(each))));

        HashSet<PackageName> Kept(IEnumerable<VariableId> projects) =>
            [
                .. projects
                    .Where(project =>
                        !batch.Contains(tried.NameOf(project))
                        && (
                            Keep(project, requires, circles.Contains(project)) is { } isNew
                            && (isNew || !added.Contains(tried.NameOf(project)))
                        )
                    )
                    .Select(tried.NameOf),
            ];
    }

    /// <summary>Keeps a version of the project that meets all that the core asks of it; false where it was kept
    /// already, null where there can be none.</summary>
    /// <param name="asWheel">Whether it is enough that it need not be built.</param>
    private bool? Keep(VariableId project, List<Assumption.Requires> requires, bool asWheel)
    {
        var name = tried.NameOf(project);
        // What is asked only on the way through the versions that are there is not asked beside another.
        var reached = new HashSet<VariableId>();
        var open = new Queue<VariableId>(
            requires.Where(each => each.Source is null).Select(each => tried.Target(each.Id))
        );
        while (open.TryDequeue(out var next))
        {
            if (next != project && reached.Add(next))
                requires
                    .Where(each => each.Source == next)
                    .ToList()
                    .ForEach(each => open.Enqueue(tried.Target(each.Id)));
        }
        var asked = requires
            .Where(each =>
                tried.Target(each.Id) == project && (each.Source is not { } source || reached.Contains(source))
            )
            .Select(each => each.Id)
            .Distinct()
            .ToList();
        if (!asked.TrueForAll(id => tried.AdmitsOthers(id) && tried.RequirementOf(id).Url is null))
            return null;
        var written = asked.Select(tried.BoundOf).Where(each => each.Length > 0).Distinct().ToList();
        // What no version is all of may be asked by alternatives: then a version for each is enough.
        var candidates = Meeting(string.Join(',', written)) is { } all
            ? [all]
            : written.Select(Meeting).OfType<Candidate>().ToList();
        if (candidates.Count == 0)
            return null;
        if (asWheel)
            wheels.Add(name);
        if (!additions.TryGetValue(name, out var known))
            additions.Add(name, known = []);
        var before = known.Count;
        candidates.ForEach(each => known.TryAdd(each.Version, each));
        return known.Count > before;

        // The same version would need the same.
        Candidate? Meeting(string bounds) =>
            SpecifierSet.TryParse(bounds)
                is { Success: true, Value: { IsUnsatisfiable: false, Ranges.IsEmpty: false } bound }
            && HypotheticalCandidates.Of(problem.Source, problem.Request, name, bound) is { } candidate
            && (asWheel || !IsThere(name, candidate.Version))
                ? candidate
                : null;
    }

    /// <summary>Whether the version is there and may be chosen.</summary>
    private bool IsThere(PackageName name, Version version)
    {
        var project = problem.VariableOf(name);
        return problem
            .CandidatesOf(project)
            .Where((each, i) => each.Version == version && problem.WhyUnusable(project, i) is null)
            .Any();
    }

    /// <summary>Gives up on one root of a core that nothing does away with: one whose absence leaves no quarrel to
    /// the others, else the first of the order.</summary>
    /// <returns>False where a limit was reached.</returns>
    private bool LetGo(IReadOnlyList<Assumption> facts)
    {
        const int mostTried = 4;
        var core = tried;
        var roots = Texts(core, facts);
        var required = facts
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is not null)
            .Select(each => core.Target(each.Id))
            .ToHashSet();
        // What nothing else of the core needs goes first, then what was asked for last; of two versions of one
        // project, the older.
        var order = facts
            .OfType<Assumption.Requires>()
            .Where(each => each.Source is null && roots.Contains(core.TextOf(each.Id)))
            .GroupBy(each => core.Target(each.Id))
            .Reverse()
            .OrderBy(each => required.Contains(each.Key))
            .SelectMany(each => each.Select(root => core.TextOf(root.Id)))
            .Distinct()
            .ToList();
        var chosen = order[0];
        foreach (var root in order.Count == 1 ? [] : order.Take(mostTried))
        {
            var rest = new MinimalCore(core, core, budget);
            rest.Find([
                .. core
                    .Roots.ToArray()
                    .Where(id => core.TextOf(id) == root && core.RoleOf(id) != Role.Constraint)
                    .Select(id => new Assumption.Requires(null, -1, -1, id)),
            ]);
            if (!rest.IsSatisfiable && rest.Facts is null)
                return false;
            if (rest.IsSatisfiable || !Texts(core, rest.Facts!).Intersect(roots).Any())
            {
                chosen = root;
                break;
            }
        }
        // Two versions of one project, and nothing else: which of them stays is all there is to say.
        var other =
            facts.All(each => each is Assumption.Requires { Source: null }) && roots.Count == 2 && required.Count == 0
                ? roots.Find(each => each != chosen)
                : null;
        beyondHelp.Add(
            new BeyondHelp(
                chosen,
                new Story(core, core, facts).TellReason(
                    chosen,
                    batch.Count > 0 ? "is in the batch, too" : "is asked for, too"
                )
            )
            {
                Instead = other,
            }
        );
        return true;
    }

    private static List<string> Texts(CandidateProblem core, IReadOnlyList<Assumption> facts) =>
        [
            .. facts
                .OfType<Assumption.Requires>()
                .Where(each => each.Source is null && core.RoleOf(each.Id) != Role.Constraint)
                .Select(each => core.TextOf(each.Id))
                .Distinct(),
        ];

    /// <summary>Without what is not needed after all: that each core is met where nothing comes from may take more
    /// than it must.</summary>
    private (List<PackageName>, Selection)? Reduced(List<PackageName> added, Selection selection)
    {
        var (needed, last) = (added.ToList(), tried);
        foreach (var each in added)
        {
            switch (Widened([.. needed.Where(other => other != each)]))
            {
                case Outcome.Satisfiable { Selection: var smaller }:
                    needed.Remove(each);
                    (selection, last) = (smaller, tried);
                    break;
                case Outcome.GaveUp:
                    return null;
            }
        }
        tried = last;
        return (needed, selection);
    }

    /// <summary>As <see cref="Solve"/>, with further versions of the same projects where they are what is
    /// lacking.</summary>
    private Outcome Widened(List<PackageName> added)
    {
        while (true)
        {
            var outcome = Solve(added);
            if (outcome is not Outcome.Unsatisfiable)
                return outcome;
            var core = new MinimalCore(tried, tried, budget);
            core.Find();
            if (core.Facts is not { } facts || !Addable(facts, added).Overlaps(added))
                return outcome;
        }
    }

    /// <summary>The list; made again with a stand-in for each entry whose own requirements some file of the archive
    /// tells.</summary>
    private MissingList Closed(List<PackageName> added, Selection selection)
    {
        var unblocked = CountUnblocked(added);
        foreach (var name in added)
        {
            var project = problem.VariableOf(name);
            var asked = Asking(tried.VariableOf(name), selection).Select(each => each.Id).ToList();
            var known = problem
                .CandidatesOf(project)
                .LastOrDefault(each =>
                    each.Requires is not null
                    && each.Kind == DistributionKind.Wheel
                    && each.UnusableBecause is null
                    && asked.TrueForAll(id =>
                        tried.AdmitsOthers(id)
                        && tried.RequirementOf(id).Specifier.Contains(each.Version, prereleases: true)
                    )
                    && problem
                        .CandidatesOf(project)
                        .All(other => other.Version != each.Version || other.Kind == DistributionKind.Wheel)
                    && IsForAnother(project, each)
                );
            if (known is null)
                continue;
            var standIn = new Candidate
            {
                Name = known.Name,
                Version = known.Version,
                Kind = DistributionKind.Wheel,
                Requires = known.Requires,
                RequiresPython = known.RequiresPython,
            };
            var again = problem.Remade(
                new SourceWithMore(problem.Source, [standIn]),
                problem.Request with
                {
                    Roots = Without(problem.Request.Roots, beyondHelp),
                },
                without: beyondHelp.Select(each => each.Requirement).ToHashSet()
            );
            if (Find(again, limits, cancellation) is not { Remaining: null, BeyondHelp.Count: 0 } rest)
                continue;
            var entry = Describe(name, selection, unblocked);
            return new MissingList(
                [
                    .. rest
                        .Projects.Append(entry with { Wanted = [$"=={known.Version}"], KnownFrom = known.Path })
                        .OrderBy(each => each.Name, StringComparer.Ordinal),
                ],
                given.Count,
                null
            );
        }
        return new MissingList(
            [
                .. added
                    .Select(each => Describe(each, selection, unblocked))
                    .OrderBy(each => each.Name, StringComparer.Ordinal),
            ],
            given.Count,
            null
        );
    }

    private bool IsForAnother(VariableId project, Candidate candidate)
    {
        for (var i = 0; i < problem.CandidateCount(project); i++)
        {
            if (ReferenceEquals(problem.CandidatesOf(project)[i], candidate))
                return problem.WhyUnusable(project, i) is { Why: "tags" };
        }
        return false;
    }

    /// <summary>A smallest set with a member in each core, by depth-first search with growing size.
    /// Members are tried by name, so the answer is the same every time.</summary>
    private static List<PackageName> SmallestHittingSet(List<IReadOnlySet<PackageName>> cores)
    {
        for (var size = 0; ; size++)
        {
            var chosen = new List<PackageName>();
            if (Hit(size))
                return chosen;

            bool Hit(int left)
            {
                var open = cores.Find(core => !chosen.Exists(core.Contains));
                if (open is null)
                    return true;
                if (left == 0)
                    return false;
                foreach (var member in open.Order())
                {
                    chosen.Add(member);
                    if (Hit(left - 1))
                        return true;
                    chosen.RemoveAt(chosen.Count - 1);
                }
                return false;
            }
        }
    }

    /// <summary>What of the selection asks for the project, and who.</summary>
    private List<(RequirementId Id, string By)> Asking(VariableId project, Selection selection)
    {
        var asking = new List<(RequirementId, string)>();
        foreach (var root in tried.Roots)
            Note(root, "you");
        foreach (var source in selection.Order.Where(each => selection[each] < tried.CandidateCount(each)))
        {
            foreach (var id in tried.RequirementsOf(source, selection[source]))
                Note(
                    id,
                    $"{tried.ProjectOf(source)} {tried.VersionOf(source, selection[source])}{(tried.RoleOf(id) == Role.Build ? " (to be built)" : "")}"
                );
        }
        return asking;

        void Note(RequirementId id, string by)
        {
            if (tried.Target(id) != project)
                return;
            foreach (var condition in tried.Conditions(id))
            {
                if (selection[condition.Extra] >= 0 != condition.Active)
                    return;
            }
            asking.Add((id, by));
        }
    }

    private MissingProject Describe(PackageName project, Selection selection, Dictionary<PackageName, int> unblocked)
    {
        var wanted = new SortedSet<string>(StringComparer.Ordinal);
        var neededBy = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (id, by) in Asking(tried.VariableOf(project), selection))
        {
            neededBy.Add(by);
            if (tried.BoundOf(id) is { Length: > 0 } bound)
                wanted.Add(bound);
        }
        var isWheel = wheels.Contains(project);
        if (!isWheel)
            wanted.UnionWith(OthersThan(project, wanted));
        return new MissingProject(project.Normalized, [.. wanted], [.. neededBy], unblocked[project])
        {
            Kind = isWheel ? "wheel" : null,
        };
    }

    /// <summary>Bounds that leave out what is there and would be taken otherwise: it needs what it needs, so another
    /// one is meant.</summary>
    private List<string> OthersThan(PackageName project, IEnumerable<string> wanted)
    {
        const int mostNamed = 3;
        var variable = problem.VariableOf(project);
        if (SpecifierSet.TryParse(string.Join(',', wanted)) is not { Success: true, Value: var bound })
            return [];
        var there = problem
            .CandidatesOf(variable)
            .Where(
                (each, i) => problem.WhyUnusable(variable, i) is null && bound.Contains(each.Version, prereleases: true)
            )
            .Select(each => $"!={each.Version}")
            .Distinct()
            .ToList();
        return there.Count <= mostNamed ? there : [];
    }

    /// <summary>How many of the things asked for cannot be planned by themselves without each of these, and can with
    /// all of them.</summary>
    private Dictionary<PackageName, int> CountUnblocked(List<PackageName> added)
    {
        var count = added.ToDictionary(each => each, _ => 0);
        var variables = added.ToDictionary(each => each, problem.VariableOf);
        foreach (var root in given.Where(id => !beyondHelp.Exists(each => each.Requirement == problem.TextOf(id))))
        {
            // Only this root: all others are let go.
            var others = problem
                .Roots.ToArray()
                .Where(id => problem.RoleOf(id) == Role.Root && problem.TextOf(id) != problem.TextOf(root))
                .Select(Assumption (id) => new Assumption.Requires(null, -1, -1, id))
                .ToList();
            RelaxedProblem With(IEnumerable<PackageName> these) =>
                RelaxedProblem.Without(
                    problem,
                    problem,
                    [.. others, .. these.Select(Assumption (each) => new Assumption.NoOthers(variables[each]))]
                );
            if (budget.Solve(With(added), trace: false) is not Outcome.Satisfiable { Selection: var selection })
                continue;
            // What the selection does not use is not needed.
            foreach (
                var each in added.Where(each => selection[variables[each]] >= problem.CandidateCount(variables[each]))
            )
                count[each] += budget.IsSatisfiable(With(added.Where(other => other != each))) ? 0 : 1;
        }
        return count;
    }
}
