using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Watches the bounds of a problem during the search: whenever more terms of one hold than it admits, those that hold
/// are a nogood. Such nogoods are made as the search runs into them; written out beforehand they would be as many as
/// there are combinations.
/// </summary>
/// <remarks>Only variables whose domains changed are looked at. What was counted at or after the place that the search
/// went back to is looked at again.</remarks>
internal sealed class BoundedCounts(DomainEngine engine, DomainEncoding encoding)
{
    private readonly DomainChanges changes = engine.FollowChanges();
    private readonly SparseIndex bounded = new();
    private readonly List<(int Place, int Watched)> counted = [];
    private readonly List<EngineVariable> again = [];
    private IReadOnlyList<SelectionBound> bounds = [];
    private Watched[] watched = [];
    private int[] firstOf = new int[64];
    private int[] counts = [];
    private int exceeded;
    private int known;

    /// <summary>Whether there is anything to watch.</summary>
    public bool IsEmpty => bounds.Count == 0;

    public void Begin(Problem problem)
    {
        bounds = problem.Bounds;
        if (IsEmpty)
            return;
        bounded.Clear();
        counted.Clear();
        (exceeded, known) = (0, 0);
        counts = new int[bounds.Count];
        watched = new Watched[bounds.Sum(each => each.Terms.Count)];
        var count = 0;
        for (var i = 0; i < bounds.Count; i++)
        {
            foreach (var term in bounds[i].Terms)
            {
                var set = SetOf(term, problem.CandidateCount(term.Variable));
                watched[count] = new Watched(i, set, Chain(term.Variable, count));
                count++;
            }
        }
    }

    public void End() => (bounds, watched) = ([], []);

    /// <summary>Before: the domains are at a fixpoint. After: every bound is kept, or a nogood was added that is
    /// violated now.</summary>
    /// <returns>False on a conflict.</returns>
    public bool Hold()
    {
        Update();
        for (var i = 0; exceeded > 0 && i < bounds.Count; i++)
        {
            if (counts[i] > bounds[i].Limit)
                return engine.Apply(encoding.AddTheory(new SelectionNogood(Holding(i), bounds[i])));
        }

        return true;
    }

    private void Update()
    {
        again.Clear();
        for (; counted.Count > 0 && counted[^1].Place > changes.Seen; counted.RemoveAt(counted.Count - 1))
        {
            ref var term = ref watched[counted[^1].Watched];
            term.IsCounted = false;
            exceeded -= counts[term.Bound]-- == bounds[term.Bound].Limit + 1 ? 1 : 0;
            again.Add(term.On);
        }

        again.ForEach(LookAt);
        for (; known < engine.VariableCount; known++)
            LookAt(new EngineVariable(known));
        while (changes.NextShrunk() is { IsNone: false } variable)
            LookAt(variable);
    }

    /// <summary>Counts the terms on the variable that hold.</summary>
    private void LookAt(EngineVariable variable)
    {
        var number = bounded.Find(encoding.Outer(variable).Index);
        for (var i = number < 0 ? -1 : firstOf[number]; i >= 0; i = watched[i].Next)
        {
            ref var term = ref watched[i];
            if (term.IsCounted || !IsTrue(engine.DomainOf(variable), term.Set))
                continue;
            (term.IsCounted, term.On) = (true, variable);
            exceeded += counts[term.Bound]++ == bounds[term.Bound].Limit ? 1 : 0;
            counted.Add((changes.End, i));
        }
    }

    /// <summary>One term more than the bound admits, the first of those that hold.</summary>
    private List<SelectionTerm> Holding(int bound)
    {
        var first = 0;
        for (var i = 0; i < bound; i++)
            first += bounds[i].Terms.Count;
        var holding = new List<SelectionTerm>();
        for (var i = 0; holding.Count <= bounds[bound].Limit; i++)
        {
            if (watched[first + i].IsCounted)
                holding.Add(bounds[bound].Terms[i]);
        }

        return holding;
    }

    /// <summary>Puts the term first in the chain of its variable.</summary>
    /// <returns>The one that was first, or -1.</returns>
    private int Chain(VariableId variable, int term)
    {
        var number = bounded.Find(variable.Index);
        if (number < 0)
        {
            number = bounded.Add(variable.Index);
            if (number == firstOf.Length)
                Array.Resize(ref firstOf, number * 2);
            firstOf[number] = -1;
        }

        (var before, firstOf[number]) = (firstOf[number], term);
        return before;
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

    /// <summary>A term of a bound.</summary>
    /// <param name="Bound">Which.</param>
    /// <param name="Set">The candidates that count.</param>
    /// <param name="Next">Another term on the same variable, or -1.</param>
    private record struct Watched(int Bound, ulong[] Set, int Next)
    {
        /// <summary>Whether it held when it was looked at last.</summary>
        public bool IsCounted;

        /// <summary>Its variable, where it is counted.</summary>
        public EngineVariable On;
    }
}
