using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations;

/// <summary>
/// The shortest list of projects to add (<c>resolver missing</c>): a smallest set that hits every core's 'there is nothing else of q',
/// by implicit hitting sets (Moreno-Centeno and Karp, 2013): solve with the set let go; where that is still impossible, its core is one more set to hit.
/// </summary>
/// <remarks>
/// Closed under what is known: where the archive has the missing version for another Python or platform, what that file needs is what the right one will need, so the
/// list is made again with it in place.
/// </remarks>
public sealed class MissingProjects
{
    private readonly CandidateProblem problem;
    private readonly SolveBudget budget;
    private readonly PlanLimits limits;
    private readonly CancellationToken cancellation;
    private readonly List<RequirementId> given;

    private MissingProjects(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation)
    {
        (this.problem, this.limits, this.cancellation) = (problem, limits, cancellation);
        budget = new SolveBudget(limits, cancellation);
        given = [.. problem.Roots.ToArray().Where(id => problem.RoleOf(id) == Role.Root && !problem.ActivatesExtra(id))];
    }

    /// <summary>What to add; null where a limit was reached first.</summary>
    public static MissingList? Find(ICandidateSource source, PlanRequest request, PlanLimits limits, CancellationToken cancellation = default) =>
        Find(new CandidateProblem(source, request), limits, cancellation);

    /// <summary>What to add so that the problem has a plan; null where a limit was reached first.</summary>
    public static MissingList? Find(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation = default) => Find(problem, [], limits, cancellation);

    /// <param name="asked">Builds whose environments are asked about further up.</param>
    internal static MissingList? Find(CandidateProblem problem, HashSet<Candidate> asked, PlanLimits limits, CancellationToken cancellation)
    {
        if (problem.Builds is not { } builds)
            return FindBeside(problem, limits, cancellation);
        // Builds that are apart are taken for granted first: what they lack is a question of its own.
        var list = builds.Granting(() => FindBeside(problem, limits, cancellation));
        return list is { Projects.Count: 0, Remaining: null } ? MissingForBuilds.Find(problem, builds, list.Given, asked, limits, cancellation) : list;
    }

    private static MissingList? FindBeside(CandidateProblem problem, PlanLimits limits, CancellationToken cancellation)
    {
        var finder = new MissingProjects(problem, limits, cancellation);
        if (finder.Search() is not { } added)
            return null;
        if (added.Projects is null)
            return new MissingList([], finder.given.Count, Explainer.Explain(problem, problem, problem.Source, limits, cancellation));
        return finder.Closed(added.Projects, added.Selection!);
    }

    /// <summary>A smallest set of projects and a selection with it; no projects where nothing that could be added helps; null where a limit was reached.</summary>
    private (List<VariableId>? Projects, Selection? Selection)? Search()
    {
        var cores = new List<IReadOnlySet<VariableId>>();
        while (true)
        {
            var added = SmallestHittingSet(cores);
            var relaxed = RelaxedProblem.Without(problem, problem, added.Select(each => new Assumption.NoOthers(each)));
            switch (budget.Solve(relaxed, trace: false))
            {
                case Outcome.Satisfiable { Selection: var selection }:
                    return Reduced(added, selection);
                case Outcome.Unsatisfiable:
                    var core = new MinimalCore(problem, problem, budget);
                    core.Find([.. added.Select(each => new Assumption.NoOthers(each))]);
                    if (core.Facts is not { } facts)
                        return null;
                    // What nothing else of the core comes from is what is missing; another version of what requires it would help only if it required less.
                    var absences = facts.OfType<Assumption.NoOthers>().Select(each => each.Project).ToHashSet();
                    if (absences.Except(facts.OfType<Assumption.Requires>().Select(each => each.Source).OfType<VariableId>()).ToHashSet() is { Count: > 0 } leaves)
                        absences = leaves;
                    if (absences.Count == 0)
                        return (null, null);
                    cores.Add(absences);
                    break;
                default:
                    return null;
            }
        }
    }

    /// <summary>Without what is not needed after all: that each core is met where nothing comes from may take more than it must.</summary>
    private (List<VariableId>?, Selection?) Reduced(List<VariableId> added, Selection selection)
    {
        foreach (var each in added.ToList())
        {
            if (budget.Solve(RelaxedProblem.Without(problem, problem, added.Where(other => other != each).Select(other => new Assumption.NoOthers(other))), trace: false) is Outcome.Satisfiable { Selection: var smaller })
            {
                added.Remove(each);
                selection = smaller;
            }
        }
        return (added, selection);
    }

    /// <summary>The list; made again with a stand-in for each entry whose own requirements some file of the archive tells.</summary>
    private MissingList Closed(List<VariableId> added, Selection selection)
    {
        foreach (var project in added)
        {
            var asked = Asking(project, selection).Select(each => each.Id).ToList();
            var known = problem.CandidatesOf(project).LastOrDefault(each =>
                each.Requires is not null && each.Kind == DistributionKind.Wheel && each.UnusableBecause is null && asked.TrueForAll(id => problem.AdmitsOthers(id) && problem.RequirementOf(id).Specifier.Contains(each.Version, prereleases: true))
                && problem.CandidatesOf(project).All(other => other.Version != each.Version || other.Kind == DistributionKind.Wheel) && IsForAnother(project, each));
            if (known is null)
                continue;
            var again = problem.Remade(new WithStandIn(problem.Source, known), problem.Request);
            if (Find(again, limits, cancellation) is not { Remaining: null } rest)
                continue;
            var entry = Describe(project, added, selection);
            return new MissingList(
                [.. rest.Projects.Append(entry with { Wanted = [$"=={known.Version}"], KnownFrom = known.Path }).OrderBy(each => each.Name, StringComparer.Ordinal)],
                given.Count, null);
        }
        return new MissingList([.. added.Select(each => Describe(each, added, selection)).OrderBy(each => each.Name, StringComparer.Ordinal)], given.Count, null);
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
    private List<VariableId> SmallestHittingSet(List<IReadOnlySet<VariableId>> cores)
    {
        for (var size = 0; ; size++)
        {
            var chosen = new List<VariableId>();
            if (Hit(size))
                return chosen;

            bool Hit(int left)
            {
                var open = cores.Find(core => !chosen.Exists(core.Contains));
                if (open is null)
                    return true;
                if (left == 0)
                    return false;
                foreach (var member in open.OrderBy(problem.ProjectOf, StringComparer.Ordinal))
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
        foreach (var root in problem.Roots)
            Note(root, "you");
        foreach (var source in selection.Order.Where(each => selection[each] < problem.CandidateCount(each)))
        {
            foreach (var id in problem.RequirementsOf(source, selection[source]))
                Note(id, $"{problem.ProjectOf(source)} {problem.VersionOf(source, selection[source])}{(problem.RoleOf(id) == Role.Build ? " (to be built)" : "")}");
        }
        return asking;

        void Note(RequirementId id, string by)
        {
            if (problem.Target(id) != project)
                return;
            foreach (var condition in problem.Conditions(id))
            {
                if (selection[condition.Extra] >= 0 != condition.Active)
                    return;
            }
            asking.Add((id, by));
        }
    }

    private MissingProject Describe(VariableId project, List<VariableId> added, Selection selection)
    {
        var wanted = new SortedSet<string>(StringComparer.Ordinal);
        var neededBy = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (id, by) in Asking(project, selection))
        {
            neededBy.Add(by);
            if (problem.BoundOf(id) is { Length: > 0 } bound)
                wanted.Add(bound);
        }
        return new MissingProject(problem.ProjectOf(project), [.. wanted], [.. neededBy], CountUnblocked(project, added));
    }

    private int CountUnblocked(VariableId project, List<VariableId> added) => given.Count(root =>
    {
        // Only this root: all other roots are let go.
        var others = problem.Roots.ToArray()
            .Where(id => problem.RoleOf(id) == Role.Root && problem.TextOf(id) != problem.TextOf(root))
            .Select(Assumption (id) => new Assumption.Requires(null, -1, -1, id)).ToList();
        bool WithAdded(IEnumerable<VariableId> these) =>
            budget.IsSatisfiable(RelaxedProblem.Without(problem, problem, [.. others, .. these.Select(Assumption (each) => new Assumption.NoOthers(each))]));
        return WithAdded(added) && !WithAdded(added.Where(each => each != project));
    });

    /// <summary>The same version as a file that fits, with the requirements that its sibling tells.</summary>
    private sealed class WithStandIn(ICandidateSource source, Candidate sibling) : ICandidateSource
    {
        public IEnumerable<PackageName> Projects => source.Projects;

        public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => project != sibling.Name ? source.CandidatesOf(project) :
        [
            .. source.CandidatesOf(project),
            new Candidate { Name = sibling.Name, Version = sibling.Version, Kind = DistributionKind.Wheel, Requires = sibling.Requires, RequiresPython = sibling.RequiresPython },
        ];
    }
}
