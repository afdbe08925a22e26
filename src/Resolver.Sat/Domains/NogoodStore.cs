namespace Resolver.Sat.Domains;

/// <summary>Where a nogood's terms lie, and where it comes from.</summary>
internal struct Nogood
{
    public int Start;

    public int Length;

    /// <summary>The caller's number for an axiom, or ~(number of the learned nogood, from 0).</summary>
    public int Origin;
}

/// <summary>All nogoods of a solve: 'not all of these terms'. At most one term speaks of a variable. Those of three terms and more are watched at their first two.</summary>
internal sealed class NogoodStore
{
    public Nogood[] Nogoods = new Nogood[64];

    public int Count;

    public Term[] Terms = new Term[128];

    public int TermCount;

    public int LearnedCount;

    public void Clear() => Count = TermCount = LearnedCount = 0;

    /// <summary>A new nogood of these terms.</summary>
    public int Add(ReadOnlySpan<Term> terms, int origin)
    {
        Growth.Reserve(ref Nogoods, Count + 1);
        Growth.Reserve(ref Terms, TermCount + terms.Length);
        terms.CopyTo(Terms.AsSpan(TermCount));
        Nogoods[Count] = new Nogood { Start = TermCount, Length = terms.Length, Origin = origin };
        TermCount += terms.Length;
        return Count++;
    }

    public ReadOnlySpan<Term> TermsOf(int nogood)
    {
        ref readonly var header = ref Nogoods[nogood];
        return Terms.AsSpan(header.Start, header.Length);
    }
}
