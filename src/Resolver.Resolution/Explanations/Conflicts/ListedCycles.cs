using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>A theory of nothing but some cycles: others were never part of the conflict.</summary>
internal sealed class ListedCycles(IReadOnlyList<SelectionNogood> cycles) : ISelectionTheory
{
    /// <inheritdoc/>
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
    {
        var violated = new List<SelectionNogood>();
        foreach (var nogood in cycles)
        {
            var all = true;
            foreach (var term in nogood.Terms)
                all &=
                    term.Variable.Index < selection.Length && term.Candidates.Contains(selection[term.Variable.Index]);
            if (all)
                violated.Add(nogood);
        }
        return violated;
    }
}
