using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>One fix for several independent conflicts: one fact of each in turn is dropped until nothing is in the
/// way, then what proved unnecessary is kept after all.</summary>
internal sealed class JointFix(Problem problem, IProblemText text, SolveBudget budget, string? supposed)
{
    /// <summary>Conflicts that one fix may do away with.</summary>
    private const int MostTogether = 64;

    private readonly Dictionary<Assumption, FixQuestion> conflicts = [];

    /// <summary>The facts that the fix drops.</summary>
    public IReadOnlyCollection<Assumption> Released => conflicts.Keys;

    /// <summary>The fix; null where there is none.</summary>
    /// <param name="first">The first conflict.</param>
    /// <param name="dropsOnly">Whether it may do nothing but leave out what is requested.</param>
    public IReadOnlyList<FixAction>? Find(FixQuestion first, bool dropsOnly)
    {
        conflicts.Clear();
        if (Release(first, dropsOnly) is not { } selection)
            return null;
        var solver = new RelaxedSolver(problem, text, budget, [.. conflicts.Keys], selection);
        foreach (var each in conflicts.Keys.ToList())
        {
            if (solver.Without([.. conflicts.Keys.Where(other => other != each)]) is not { } fewer)
                continue;
            conflicts.Remove(each);
            selection = fewer;
        }
        var actions = new List<FixAction>();
        foreach (var (fact, conflict) in conflicts)
        {
            if (Actions(fact, conflict, selection) is not { } needed)
                return null;
            actions.AddRange(
                needed.Where(action => !actions.Exists(other => (other.Verb, other.What) == (action.Verb, action.What)))
            );
        }
        return
            first.Trial is { } trial
            && (
                actions.Exists(each => each.Change is null)
                || !trial.MayBeOffered(new RankedFix(RankedFix.Dropped, actions) { Like = selection })
            )
            ? null
            : actions;
    }

    private FoundSelection? Release(FixQuestion first, bool dropsOnly)
    {
        for (var conflict = first; ;)
        {
            var order = new FixOrder(conflict, supposed);
            var choice = order.Actionable.FirstOrDefault(each =>
                !dropsOnly || each is Assumption.Requires { Source: null }
            );
            if (choice is null || conflicts.Count > MostTogether)
                return null;
            conflicts[choice] = conflict;
            var core = new MinimalCore(problem, text, budget);
            core.Find([.. conflicts.Keys]);
            if (core.Selection is { } selection)
                return selection;
            if (core.Facts is not { } facts)
                return null;
            conflict = new FixQuestion(problem, text, budget, facts);
        }
    }

    private static IReadOnlyList<FixAction>? Actions(Assumption fact, FixQuestion conflict, FoundSelection selection) =>
        fact switch
        {
            Assumption.NoOthers other => new AdditionFixes(conflict)
                .One(other.Project, selection, isAlone: false)
                ?.Actions,
            Assumption.Unusable unusable => [new PermissionFixes(conflict).Of(unusable, selection)],
            Assumption.Requires { Source: null } root when conflict.Text.RoleOf(root.Id) == Role.Constraint =>
            [
                new RootFixes(conflict).WithoutConstraint(root),
            ],
            Assumption.Requires { Source: null } root => new RootFixes(conflict).Without(root),
            Assumption.Requires requires => new RequirementFixes(conflict).Ignored(requires)?.Actions,
            _ => null,
        };
}
