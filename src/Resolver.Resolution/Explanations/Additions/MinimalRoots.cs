using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Roots that cannot be had together whatever is added, and could without any one of them.</summary>
/// <param name="extended">The problem with all additions.</param>
/// <param name="additions">All of them.</param>
internal sealed class MinimalRoots(ExtendedProblem extended, IReadOnlySet<AdditionGroup> additions)
{
    /// <summary>Why these cannot be had together; null where they can.</summary>
    public Refutation? Refute(IEnumerable<string> roots) =>
        (extended.Solve(additions, roots.ToHashSet()) as Outcome.Unsatisfiable)?.Refutation;

    /// <summary>The roots; null where more could be added.</summary>
    /// <param name="refutation">In the end, one of these roots alone.</param>
    /// <param name="isPreliminary">Whether a refutation would not hold if more could be added.</param>
    public List<string>? Of(ref Refutation refutation, Func<Refutation, bool> isPreliminary)
    {
        var (needed, open) = (new List<string>(), extended.RootsOf(refutation).ToList());
        while (open.Count > 0)
        {
            var spared = open[0];
            open.RemoveAt(0);
            // Nothing that is requested is a conflict by itself.
            var isLast = needed.Count + open.Count == 0;
            if (isLast || Refute(needed.Concat(open)) is not { } smaller)
            {
                needed.Add(spared);
                continue;
            }
            if (isPreliminary(smaller))
                return null;
            refutation = smaller;
            var used = extended.RootsOf(smaller);
            open.RemoveAll(each => !used.Contains(each));
        }
        return needed;
    }
}
