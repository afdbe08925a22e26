using Resolver.Resolution.Consistency;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Unmet;

/// <summary>Finds the requested requirements that cannot be met by themselves, in one pass of arc consistency over
/// everything that they lead to.</summary>
/// <remarks>Those that only the search could refute, such as a build dependency cycle, are not among them.</remarks>
internal sealed class UnmetSearch
{
    /// <summary>A request of fewer requirements is explained by its conflict alone.</summary>
    private const int FewestRequested = 4;

    /// <summary>As many missing requirements of one candidate are worth a look at all.</summary>
    private const int ManyMissing = 3;

    /// <summary>Requirements that are followed from one requested requirement.</summary>
    private const int MostFollowed = 400;

    private readonly CandidateProblem problem;
    private readonly IProblemText text;
    private readonly ArcConsistency live;
    private readonly Dictionary<(string Kind, VariableId Project), Found> causes = [];

    private UnmetSearch(CandidateProblem problem, IProblemText text)
    {
        (this.problem, this.text, live) = (problem, text, new ArcConsistency(problem));
        foreach (var root in problem.Roots)
            live.Reach(problem.Target(root));
        live.Begin();
    }

    /// <summary>The requirements; null where the conflict says all there is to say.</summary>
    /// <param name="isOneInTheWay">Whether one of them is known to be all that stands in the way of the
    /// others.</param>
    public static UnmetRequirements? Find(
        CandidateProblem problem,
        IProblemText text,
        IReadOnlyList<Assumption> core,
        bool isOneInTheWay,
        SolveBudget budget
    )
    {
        var roots = problem.Roots.ToArray().Where(id => text.RoleOf(id) == Role.Root).GroupBy(text.RequestOf).ToList();
        if ((isOneInTheWay || roots.Count < FewestRequested) && !LacksMany(problem, core))
            return null;
        var search = new UnmetSearch(problem, text);
        var unmet = roots.FindAll(root => root.Any(id => !search.live.IsSupported(id)));
        foreach (var root in unmet)
            search.Trace(root.Key, root.Where(id => !search.live.IsSupported(id)));
        if (unmet.Count < 2 && search.causes.Count < ManyMissing)
            return null;
        var others = RelaxedProblem.Without(
            problem,
            text,
            unmet.SelectMany(root => root).Select(id => new Assumption.Requires(null, -1, -1, id))
        );
        return new UnmetRequirements(
            roots.Count,
            roots.All(root => root.All(text.IsGiven)),
            [.. unmet.Select(root => root.Key)],
            [.. search.causes.Values.OrderByDescending(each => each.Roots.Count).Select(search.Told)],
            unmet.Count == roots.Count || budget.IsSatisfiable(others)
        );
    }

    private static bool LacksMany(CandidateProblem problem, IReadOnlyList<Assumption> core) =>
        core.OfType<Assumption.Requires>()
            .Where(each => each.Source is not null)
            .Any(each =>
                problem
                    .RequirementsOf(each.Source!.Value, each.Last)
                    .ToArray()
                    .Select(problem.Target)
                    .Distinct()
                    .Count(target => problem.CandidateCount(target) == 0) >= ManyMissing
            );

    /// <summary>Follows what the best candidates lack, down to what is not there or cannot be used.</summary>
    private void Trace(string root, IEnumerable<RequirementId> unsupported)
    {
        var seen = new HashSet<RequirementId>();
        var open = new Stack<(RequirementId Id, bool IsRoot)>(unsupported.Select(id => (id, true)));
        while (open.TryPop(out var next) && seen.Count < MostFollowed)
        {
            if (!seen.Add(next.Id))
                continue;
            var target = problem.Target(next.Id);
            var project = live.ProjectOf(target);
            var best = Enumerable.Range(0, live.CountOf(target)).LastOrDefault(i => live.Meets(next.Id, i), -1);
            if (best < 0)
            {
                Note(Absence(project), project, root, next);
                continue;
            }
            var lacking = Lacking(target, project, best);
            if (lacking.Count > 0)
                Enumerable.Reverse(lacking).ToList().ForEach(id => open.Push((id, false)));
            else
                Note(
                    live.RemovalOf(project, best).Cause == ArcConsistency.Cause.Unusable ? "unusable" : "constraint",
                    project,
                    root,
                    next
                );
        }
    }

    private List<RequirementId> Lacking(VariableId target, VariableId project, int candidate)
    {
        if (live.RemovalOf(project, candidate).Cause == ArcConsistency.Cause.Unusable)
            return [];
        var lacking = new List<RequirementId>();
        foreach (var id in problem.RequirementsOf(project, candidate).ToArray())
        {
            if ((live.Counts(id, null) || (target != project && live.Counts(id, target))) && !live.IsSupported(id))
                lacking.Add(id);
        }
        return lacking;
    }

    private string Absence(VariableId project) =>
        problem.CandidateCount(project) > 0 ? "version"
        : text.PlacesWithoutVersion(project).Count > 0 ? "unknown-version"
        : "missing";

    private void Note(string kind, VariableId project, string root, (RequirementId Id, bool IsRoot) through)
    {
        if (!causes.TryGetValue((kind, project), out var found))
            causes.Add((kind, project), found = new Found(kind, project));
        if (found.Roots.LastOrDefault() != root)
            found.Roots.Add(root);
        found.Bounds.Add(text.BoundOf(through.Id));
        found.IsRequested |= through.IsRoot;
    }

    private UnmetCause Told(Found cause) =>
        new(cause.Kind, text.ProjectOf(cause.Project), cause.Roots, UnmetText.Of(cause, problem, text));

    /// <summary>A cause while it is collected.</summary>
    internal sealed record Found(string Kind, VariableId Project)
    {
        public List<string> Roots { get; } = [];

        public SortedSet<string> Bounds { get; } = new(StringComparer.Ordinal);

        /// <summary>Whether it is requested itself.</summary>
        public bool IsRequested { get; set; }
    }
}
