namespace Resolver.Sat.Domains;

/// <summary>Where a nogood's terms lie, and where it comes from.</summary>
internal struct Nogood
{
    public int Start;

    public int Length;

    /// <summary>The caller's number for an axiom, or ~(number of the learned nogood, from 0).</summary>
    public int Origin;

    /// <summary>Of a learned one: how many levels its terms became true on when it was learned ('glue').</summary>
    public ushort Glue;

    /// <summary>Whether a conflict was resolved with it since nogoods were last dropped.</summary>
    public bool WasUseful;

    /// <summary>Set only while nogoods are dropped: some domain rests on it.</summary>
    public bool IsReason;
}

/// <summary>All nogoods of a solve: 'not all of these terms'. At most one term speaks of a variable. Those of three
/// terms and more are watched at their first two.</summary>
internal sealed class NogoodStore
{
    public Nogood[] Nogoods = new Nogood[64];

    public int Count;

    public Term[] Terms = new Term[128];

    public int TermCount;

    public int LearnedCount;

    public void Clear() => Count = TermCount = LearnedCount = 0;

    /// <summary>A new nogood of these terms.</summary>
    public NogoodId Add(ReadOnlySpan<Term> terms, int origin)
    {
        Growth.Reserve(ref Nogoods, Count + 1);
        Growth.Reserve(ref Terms, TermCount + terms.Length);
        terms.CopyTo(Terms.AsSpan(TermCount));
        Nogoods[Count] = new Nogood
        {
            Start = TermCount,
            Length = terms.Length,
            Origin = origin,
        };
        TermCount += terms.Length;
        return new NogoodId(Count++);
    }

    /// <summary>Closes the gaps that nogoods of length 0 leave among the terms. Nogoods keep their numbers.</summary>
    public void Compact()
    {
        var end = 0;
        for (var i = 0; i < Count; i++)
        {
            ref var nogood = ref Nogoods[i];
            Terms.AsSpan(nogood.Start, nogood.Length).CopyTo(Terms.AsSpan(end));
            nogood.Start = end;
            end += nogood.Length;
        }

        TermCount = end;
    }

    public ReadOnlySpan<Term> TermsOf(NogoodId nogood)
    {
        ref readonly var header = ref Nogoods[nogood.Index];
        return Terms.AsSpan(header.Start, header.Length);
    }
}
