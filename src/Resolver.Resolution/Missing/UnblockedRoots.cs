using Resolver.Resolution.Explanations.Additions;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Missing;

/// <summary>How many of the things requested cannot be planned by themselves without an addition, and can with the
/// whole list.</summary>
internal sealed class UnblockedRoots
{
    private readonly Dictionary<AdditionGroup, int> counts = [];

    /// <exception cref="SolveStopped">A limit was reached.</exception>
    public UnblockedRoots(FoundAdditions found)
    {
        var (problem, list) = (found.Problem, found.Added.Select(each => each.Group).ToHashSet());
        var gone = found.GivenUp.Select(each => each.Requirement).ToHashSet();
        foreach (var root in list.Count == 0 ? [] : problem.Roots.Where(each => !gone.Contains(each)))
        {
            var alone = new HashSet<string> { root };
            if (problem.Solve(list, alone) is not Outcome.Satisfiable { Selection: var selection })
                continue;
            // What the selection does not take is not needed.
            foreach (var group in problem.Taken(selection).Select(each => each.Group))
            {
                if (problem.Solve(list.Where(each => each != group).ToHashSet(), alone) is Outcome.Unsatisfiable)
                    counts[group] = CountOf(group) + 1;
            }
        }
    }

    /// <summary>The number; 0 where each of them can be planned without it.</summary>
    public int CountOf(AdditionGroup group) => counts.GetValueOrDefault(group);
}
