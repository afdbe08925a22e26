using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>
/// What was requested in two halves that are possible separately: 'not together' is not 'not at all'. Of each core one
/// root goes to the other half, as long as that can bear it; when the first half is possible, what moved without need
/// is taken back.
/// </summary>
internal sealed class TwoPrefixes(Problem problem, IProblemText text, SolveBudget budget)
{
    /// <summary>Maximum number of roots that move: if more are involved, a second prefix is no solution.</summary>
    private const int MostMoved = 8;

    /// <summary>Texts of what goes into the other prefix, in the order asked; null where no two halves were
    /// found.</summary>
    public IReadOnlyList<string>? Find(IReadOnlyList<Assumption> core)
    {
        var moved = new HashSet<string>();
        for (var facts = core; moved.Count < MostMoved;)
        {
            // What was requested last is dropped first. One root by itself is no conflict between roots.
            var among = facts
                .OfType<Assumption.Requires>()
                .Where(each => each.Source is null && text.RoleOf(each.Id) != Role.Constraint)
                .Select(each => text.TextOf(each.Id))
                .Distinct()
                .Reverse()
                .ToList();
            if (
                among.Count < 2
                || among.Find(each => IsPossible(other => other == each || moved.Contains(other))) is not { } next
            )
                return null;
            moved.Add(next);
            var rest = new MinimalCore(problem, text, budget);
            rest.Find(Roots(moved.Contains));
            if (rest.IsSatisfiable)
            {
                foreach (var each in moved.Count == 1 ? [] : moved.ToList())
                {
                    if (IsPossible(other => other == each || !moved.Contains(other)))
                        moved.Remove(each);
                }
                return [.. problem.Roots.ToArray().Select(text.TextOf).Distinct().Where(moved.Contains)];
            }
            if (rest.Facts is null)
                return null; // a limit was reached
            facts = rest.Facts;
        }
        return null;
    }

    /// <summary>Whether these roots are possible without the others; constraints hold for both halves.</summary>
    private bool IsPossible(Func<string, bool> isIn) =>
        budget.IsSatisfiable(RelaxedProblem.Without(problem, text, Roots(each => !isIn(each))));

    private List<Assumption> Roots(Func<string, bool> are) =>
        [
            .. problem
                .Roots.ToArray()
                .Where(id => text.RoleOf(id) != Role.Constraint && are(text.TextOf(id)))
                .Select(Assumption (id) => new Assumption.Requires(null, -1, -1, id)),
        ];
}
