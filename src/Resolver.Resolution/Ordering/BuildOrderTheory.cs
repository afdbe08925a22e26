using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Ordering;

/// <summary>
/// Refutes a selection whose builds need each other. The nogood speaks of the cycle's edges, not of the selected
/// versions: every candidate that has the same edge is in its term, else each pair of versions would have to be
/// refuted on its own.
/// </summary>
internal sealed class BuildOrderTheory(Problem problem) : ISelectionTheory
{
    /// <inheritdoc/>
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
    {
        if (!Builds(selection))
            return [];
        var graph = new BuildGraph(problem, selection);
        return [.. graph.Cycles().Select(Lift)];
    }

    /// <summary>Whether anything is built with the help of something else: most selections need no graph.</summary>
    private bool Builds(ReadOnlySpan<int> selection)
    {
        for (var v = 0; v < selection.Length; v++)
        {
            if (selection[v] < 0)
                continue;
            foreach (var id in problem.RequirementsOf(new VariableId(v), selection[v]))
            {
                if (problem.IsBuildRequirement(id))
                    return true;
            }
        }
        return false;
    }

    /// <summary>The nogood of a cycle: of all candidates that have its edges.</summary>
    public SelectionNogood Lift(BuildCycle cycle)
    {
        var terms = new SortedDictionary<int, SortedSet<int>>();
        foreach (var edge in cycle.Edges)
        {
            Restrict(edge.Source, SharingEdge(edge));
            foreach (var condition in problem.Conditions(edge.Requirement))
            {
                Restrict(condition.Extra, [condition.Active ? 0 : -1]);
            }
        }
        return new SelectionNogood(
            [.. terms.Select(term => new SelectionTerm(new VariableId(term.Key), [.. term.Value]))],
            cycle
        );

        void Restrict(VariableId variable, IEnumerable<int> candidates)
        {
            if (terms.TryGetValue(variable.Index, out var known))
                known.IntersectWith(candidates);
            else
                terms.Add(variable.Index, [.. candidates]);
        }
    }

    /// <summary>The candidates of the edge's source that need its target in the same way: for their build or at run
    /// time, under the same conditions.</summary>
    private List<int> SharingEdge(BuildEdge edge)
    {
        var target = problem.Target(edge.Requirement);
        var build = problem.IsBuildRequirement(edge.Requirement);
        var sharing = new List<int>();
        for (var candidate = 0; candidate < problem.CandidateCount(edge.Source); candidate++)
        {
            foreach (var id in problem.RequirementsOf(edge.Source, candidate))
            {
                if (
                    id == edge.Requirement
                    || (
                        problem.Target(id) == target
                        && problem.IsBuildRequirement(id) == build
                        && problem.Conditions(id).SequenceEqual(problem.Conditions(edge.Requirement))
                    )
                )
                {
                    sharing.Add(candidate);
                    break;
                }
            }
        }
        return sharing;
    }
}
