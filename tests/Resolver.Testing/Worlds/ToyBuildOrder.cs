using Resolver.Resolution.Problems;

namespace Resolver.Testing.Worlds;

/// <summary>The theory of toy worlds: something is built only when all that its build requirements reach at run time
/// is there. Plain: a least fixpoint; what is stuck contains a cycle, which is forbidden.</summary>
internal sealed class ToyBuildOrder(ToyProblem problem) : ISelectionTheory
{
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
    {
        var chosen = selection.ToArray();
        var present = Enumerable.Range(0, chosen.Length).Where(variable => chosen[variable] >= 0).ToArray();
        var before = present.ToDictionary(variable => variable, variable => Before(chosen, variable));
        var ready = new HashSet<int>();
        while (present.Any(variable => !ready.Contains(variable) && ready.IsSupersetOf(before[variable].Keys)))
            ready.UnionWith(present.Where(variable => ready.IsSupersetOf(before[variable].Keys)).ToArray());
        var stuck = present.Where(variable => !ready.Contains(variable)).ToArray();
        if (stuck.Length == 0)
            return [];
        // Each that is stuck waits for another: following that leads into a cycle.
        var visited = new List<int>();
        for (var at = stuck[0]; ; at = before[at].Keys.Where(variable => !ready.Contains(variable)).Min())
        {
            if (visited.IndexOf(at) is >= 0 and var start)
                return [Forbid(chosen, visited[start..], before, ready)];
            visited.Add(at);
        }
    }

    private SelectionNogood Forbid(
        int[] chosen,
        List<int> cycle,
        Dictionary<int, Dictionary<int, Edge>> before,
        HashSet<int> ready
    )
    {
        var involved = new SortedSet<int>(cycle);
        foreach (var variable in cycle)
        {
            for (
                var at = before[variable].Keys.Where(next => !ready.Contains(next)).Min();
                ;
                at = before[variable][at].From
            )
            {
                involved.Add(at);
                involved.UnionWith(before[variable][at].Extras);
                if (before[variable][at].From == variable)
                    break;
            }
        }

        return new(
            [.. involved.Select(variable => new SelectionTerm(new(variable), [chosen[variable]]))],
            string.Join(", ", cycle.Order().Select(variable => problem.NameOf(new(variable))))
        );
    }

    /// <summary>What must be there before the variable's candidate is built: its build requirements and their runtime
    /// closure, each with the edge that leads to it.</summary>
    private Dictionary<int, Edge> Before(int[] chosen, int variable)
    {
        var closure = new Dictionary<int, Edge>();
        if (!problem.IsBuilt(new(variable), chosen[variable]))
            return closure;
        var toVisit = new Queue<(int Target, Edge Edge)>(Edges(chosen, variable, isBuild: true));
        while (toVisit.TryDequeue(out var next))
        {
            // The first way to it is kept. The builder itself ends a way: it is stuck if it comes here at all.
            if (!closure.TryAdd(next.Target, next.Edge) || next.Target == variable)
                continue;
            foreach (var further in Edges(chosen, next.Target, isBuild: false))
                toVisit.Enqueue(further);
        }

        return closure;
    }

    private IEnumerable<(int Target, Edge Edge)> Edges(int[] chosen, int variable, bool isBuild)
    {
        foreach (var requirement in problem.RequirementsOf(new(variable), chosen[variable]).ToArray())
        {
            var target = problem.Target(requirement).Index;
            var conditions = problem.Conditions(requirement).ToArray();
            var isActive = conditions.All(condition => chosen[condition.Extra.Index] >= 0 == condition.Active);
            if (problem.IsBuildRequirement(requirement) == isBuild && isActive && chosen[target] >= 0)
                yield return (target, new(variable, [.. conditions.Select(condition => condition.Extra.Index)]));
        }
    }

    /// <param name="Extras">Those that the edge hangs on, present or absent: a cycle that exists only without an extra
    /// says nothing about selections that have it.</param>
    private sealed record Edge(int From, int[] Extras);
}
