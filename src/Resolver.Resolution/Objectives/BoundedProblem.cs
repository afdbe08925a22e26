using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Objectives;

/// <summary>A problem of which only the selections count that some relaxed objectives admit.</summary>
internal sealed class BoundedProblem(Problem inner, IReadOnlyList<ObjectiveSlack> slacks) : DerivedProblem(inner)
{
    /// <inheritdoc/>
    public override IReadOnlyList<SelectionBound> Bounds { get; } =
    [.. inner.Bounds, .. slacks.SelectMany(each => each.Bounds(inner))];

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        base.Usable(variable, words);
        for (var candidate = 0; candidate < CandidateCount(variable); candidate++)
        {
            foreach (var slack in slacks)
            {
                if (slack.Bars(variable, candidate))
                    words[candidate >> 6] &= ~(1UL << candidate);
            }
        }
    }
}
