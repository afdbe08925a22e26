using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>The theory of a problem of which some cycles are dropped, over a selection in which a phantom counts as
/// something that is simply there.</summary>
internal sealed class TheoryWithout(
    ISelectionTheory theory,
    Func<VariableId, int, bool> isPhantom,
    IReadOnlyList<SelectionNogood> cycles
) : ISelectionTheory
{
    /// <inheritdoc/>
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
    {
        var real = selection.ToArray();
        for (var v = 0; v < real.Length; v++)
        {
            if (real[v] >= 0 && isPhantom(new VariableId(v), real[v]))
                real[v] = -1;
        }
        return [.. theory.Refute(real).Where(nogood => !cycles.Any(each => each.IsSame(nogood)))];
    }
}
