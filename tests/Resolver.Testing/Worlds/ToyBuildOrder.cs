using Resolver.Resolution.Problems;

namespace Resolver.Testing.Worlds;

/// <summary>The theory of toy worlds: something is built only when all that its build requirements reach at run time is there. Plain: a least fixpoint.</summary>
internal sealed class ToyBuildOrder(ToyProblem problem) : ISelectionTheory
{
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
    {
        var chosen = selection.ToArray();
        var present = Enumerable.Range(0, chosen.Length).Where(variable => chosen[variable] >= 0).ToArray();
        var before = present.ToDictionary(variable => variable, variable => Before(chosen, variable));
        var ready = new HashSet<int>();
        while (present.Any(variable => !ready.Contains(variable) && ready.IsSupersetOf(before[variable])))
            ready.UnionWith(present.Where(variable => ready.IsSupersetOf(before[variable])).ToArray());
        var stuck = present.Where(variable => !ready.Contains(variable)).ToArray();
        if (stuck.Length == 0)
            return [];
        var involved = stuck.Concat(stuck.SelectMany(variable => before[variable])).Distinct().Order();
        return [new SelectionNogood(
            [.. involved.Select(variable => new SelectionTerm(new(variable), [chosen[variable]]))],
            string.Join(", ", stuck.Select(variable => problem.NameOf(new(variable)))))];
    }

    /// <summary>What must be there before the variable's candidate is built: its build requirements and their runtime closure.</summary>
    private HashSet<int> Before(int[] chosen, int variable)
    {
        var closure = new HashSet<int>();
        if (!problem.IsBuilt(new(variable), chosen[variable]))
            return closure;
        var toVisit = new Stack<int>(Targets(chosen, variable, isBuild: true));
        while (toVisit.TryPop(out var next))
        {
            if (!closure.Add(next))
                continue;
            foreach (var target in Targets(chosen, next, isBuild: false))
                toVisit.Push(target);
        }

        return closure;
    }

    private IEnumerable<int> Targets(int[] chosen, int variable, bool isBuild)
    {
        foreach (var requirement in problem.RequirementsOf(new(variable), chosen[variable]).ToArray())
        {
            var target = problem.Target(requirement).Index;
            var isActive = problem.Conditions(requirement).ToArray().All(condition => chosen[condition.Extra.Index] >= 0 == condition.Active);
            if (problem.IsBuildRequirement(requirement) == isBuild && isActive && chosen[target] >= 0)
                yield return target;
        }
    }
}
