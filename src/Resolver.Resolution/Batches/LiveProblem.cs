using Resolver.Resolution.Consistency;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Batches;

/// <summary>A problem of which only some roots count, and only the candidates that arc consistency left.</summary>
internal sealed class LiveProblem(Problem whole, ArcConsistency live, IReadOnlyList<RequirementId> roots)
    : DerivedProblem(whole)
{
    private readonly RequirementId[] roots = [.. roots];

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => roots;

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        base.Usable(variable, words);
        if (!live.IsReached(variable) || live.CountOf(variable) != CandidateCount(variable))
            return;
        for (var i = 0; i < CandidateCount(variable); i++)
        {
            if (!live.IsLive(variable, i))
                words[i >> 6] &= ~(1UL << i);
        }
    }
}
