using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>What was chosen: exactly what the discovery queue reached. Immutable.</summary>
public sealed class Selection
{
    private readonly int[] candidates;

    /// <param name="order">The variables that are present, in the order in which the queue reached them.</param>
    /// <param name="candidates">Indexed by <see cref="VariableId.Index"/>: the candidate, or -1 where absent.</param>
    public Selection(IReadOnlyList<VariableId> order, ReadOnlySpan<int> candidates)
    {
        Order = order;
        this.candidates = candidates.ToArray();
    }

    /// <summary>The variables that are present, projects and extras, in the order in which the discovery queue reached them.</summary>
    public IReadOnlyList<VariableId> Order { get; }

    /// <summary>The candidate of the variable, or -1 where it is absent.</summary>
#pragma warning disable CA1043 // a selection is an array over variables; their type is not int on purpose
    public int this[VariableId variable] => variable.Index < candidates.Length ? candidates[variable.Index] : -1;
#pragma warning restore CA1043
}
