using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations;

/// <summary>
/// The shortest list of projects to add (<c>resolver missing</c>): a smallest set that hits every core's 'there is nothing else of q',
/// by implicit hitting sets (Moreno-Centeno and Karp, 2013): solve with the set let go; where that is still impossible, its core is one more set to hit.
/// </summary>
public sealed class MissingProjects
{
    private readonly Problem problem;
    private readonly IProblemText text;
    private readonly SolveBudget budget;

    private MissingProjects(Problem problem, IProblemText text, SolveBudget budget) => (this.problem, this.text, this.budget) = (problem, text, budget);

    /// <summary>What to add; null where a limit was reached first.</summary>
    public static MissingList? Find(ICandidateSource source, PlanRequest request, PlanLimits limits, CancellationToken cancellation = default)
    {
        var problem = new CandidateProblem(source, request);
        var budget = new SolveBudget(limits, cancellation);
        return new MissingProjects(problem, problem, budget).Search(source, request, limits, cancellation);
    }

    private MissingList? Search(ICandidateSource source, PlanRequest request, PlanLimits limits, CancellationToken cancellation)
    {
        var cores = new List<IReadOnlySet<VariableId>>();
        while (true)
        {
            var added = SmallestHittingSet(cores);
            var relaxed = RelaxedProblem.Without(problem, text, added.Select(each => new Assumption.NoOthers(each)));
            switch (budget.Solve(relaxed, trace: false))
            {
                case Outcome.Satisfiable { Selection: var selection }:
                    return new MissingList([.. added.Select(each => Describe(each, added, selection, request)).OrderBy(each => each.Name, StringComparer.Ordinal)], null);
                case Outcome.Unsatisfiable:
                    var core = new MinimalCore(relaxed, relaxed, budget);
                    core.Find();
                    if (core.Facts is not { } facts)
                        return null;
                    var absences = facts.OfType<Assumption.NoOthers>().Select(each => each.Project).ToHashSet();
                    absences.ExceptWith(added);
                    if (absences.Count == 0)
                        return Explainer.Explain(problem, text, source, limits, cancellation) is { } remaining ? new MissingList([], remaining) : null;
                    cores.Add(absences);
                    break;
                default:
                    return null;
            }
        }
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
                foreach (var member in open.OrderBy(text.ProjectOf, StringComparer.Ordinal))
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

    private MissingProject Describe(VariableId project, List<VariableId> added, Selection selection, PlanRequest request)
    {
        var name = text.ProjectOf(project);
        var wanted = new SortedSet<string>(StringComparer.Ordinal);
        var neededBy = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var root in problem.Roots)
            Note(root, "you");
        foreach (var source in selection.Order.Where(each => selection[each] < problem.CandidateCount(each)))
        {
            foreach (var id in problem.RequirementsOf(source, selection[source]))
                Note(id, $"{text.ProjectOf(source)} {text.VersionOf(source, selection[source])}{(text.RoleOf(id) == Role.Build ? " (to be built)" : "")}");
        }
        return new MissingProject(name, [.. wanted], [.. neededBy], CountUnblocked(project, added, request));

        void Note(RequirementId id, string by)
        {
            if (problem.Target(id) != project)
                return;
            foreach (var condition in problem.Conditions(id))
            {
                if (selection[condition.Extra] >= 0 != condition.Active)
                    return;
            }
            neededBy.Add(by);
            if (text.BoundOf(id) is { Length: > 0 } bound)
                wanted.Add(bound);
        }
    }

    private int CountUnblocked(VariableId project, List<VariableId> added, PlanRequest request) => request.Roots.Count(root =>
    {
        // Only this root: all other roots are let go.
        var others = Enumerable.Range(0, problem.Roots.Length).Select(i => problem.Roots[i])
            .Where(id => text.TextOf(id) != root.ToString() && text.RoleOf(id) == Role.Root)
            .Select(Assumption (id) => new Assumption.Requires(null, -1, -1, id)).ToList();
        bool WithAdded(IEnumerable<VariableId> these) =>
            budget.IsSatisfiable(RelaxedProblem.Without(problem, text, [.. others, .. these.Select(Assumption (each) => new Assumption.NoOthers(each))]));
        return WithAdded(added) && !WithAdded(added.Where(each => each != project));
    });
}
