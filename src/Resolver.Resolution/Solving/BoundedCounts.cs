using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Watches the bounds of a problem during the search: whenever more terms of one hold than it admits, those that hold
/// are a nogood. Such nogoods are made as the search runs into them; written out beforehand they would be as many as
/// there are combinations.
/// </summary>
internal sealed class BoundedCounts(DomainEngine engine, DomainEncoding encoding)
{
    private readonly List<SelectionTerm> holding = [];
    private IReadOnlyList<SelectionBound> bounds = [];
    private ulong[][][] sets = [];

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsEmpty => bounds.Count == 0;

    public void Begin(Problem problem)
    {
        bounds = problem.Bounds;
        sets =
        [
            .. bounds.Select(bound =>
                bound.Terms.Select(term => SetOf(term, problem.CandidateCount(term.Variable))).ToArray()
            ),
        ];
    }

    public void End() => (bounds, sets) = ([], []);

    /// <summary>Before: the domains are at a fixpoint. After: every bound is kept, or a nogood was added that is
    /// violated now.</summary>
    /// <returns>False on a conflict.</returns>
    public bool Hold()
    {
        for (var i = 0; i < bounds.Count; i++)
        {
            var bound = bounds[i];
            holding.Clear();
            for (var j = 0; j < bound.Terms.Count; j++)
            {
                var inner = encoding.InnerOrNone(bound.Terms[j].Variable);
                if (inner.IsNone || !IsTrue(engine.DomainOf(inner), sets[i][j]))
                    continue;
                holding.Add(bound.Terms[j]);
                if (holding.Count > bound.Limit)
                    return engine.Apply(encoding.AddTheory(new SelectionNogood([.. holding], bound)));
            }
        }

        return true;
    }

    private static bool IsTrue(ReadOnlySpan<ulong> domain, ulong[] set)
    {
        for (var i = 0; i < domain.Length; i++)
        {
            if ((domain[i] & ~set[i]) != 0)
                return false;
        }

        return true;
    }

    private static ulong[] SetOf(SelectionTerm term, int candidates)
    {
        var set = new ulong[DomainEngine.WordsFor(candidates)];
        term.Set(set, candidates);
        return set;
    }
}
