namespace Resolver.Resolution.Solving;

/// <summary>For each need the candidate that meets it, and for each candidate the needs that it meets, as lists
/// through the needs.</summary>
internal sealed class SupportLists
{
    private NeedyIndex[] support = [];
    private NeedIndex[] next = [];
    private NeedIndex[] previous = [];
    private NeedIndex[] first = [];
    private int needs;
    private int candidates;

    /// <summary>Makes room; what is new meets and has nothing.</summary>
    public void Cover(int candidateCount, int needCount)
    {
        Grow(ref first, candidates, candidateCount, NeedIndex.None);
        Grow(ref support, needs, needCount, NeedyIndex.None);
        Grow(ref next, needs, needCount, NeedIndex.None);
        Grow(ref previous, needs, needCount, NeedIndex.None);
        (candidates, needs) = (candidateCount, needCount);
    }

    /// <summary>Whether the need has a support.</summary>
    public bool Has(NeedIndex need) => need.Index < needs && !support[need.Index].IsNone;

    /// <summary>Whether the candidate is any need's support.</summary>
    public bool IsUsed(NeedyIndex candidate) => candidate.Index < candidates && !first[candidate.Index].IsNone;

    /// <summary>A need that the candidate meets; none where it meets none.</summary>
    public NeedIndex FirstOn(NeedyIndex candidate) => first[candidate.Index];

    /// <summary>The candidate meets the need, which had no support.</summary>
    public void Add(NeedIndex need, NeedyIndex candidate)
    {
        var head = first[candidate.Index];
        support[need.Index] = candidate;
        (previous[need.Index], next[need.Index]) = (NeedIndex.None, head);
        if (!head.IsNone)
            previous[head.Index] = need;
        first[candidate.Index] = need;
    }

    /// <summary>The need has no support any more.</summary>
    public void Remove(NeedIndex need)
    {
        if (!Has(need))
            return;
        var (before, after) = (previous[need.Index], next[need.Index]);
        if (before.IsNone)
            first[support[need.Index].Index] = after;
        else
            next[before.Index] = after;
        if (!after.IsNone)
            previous[after.Index] = before;
        support[need.Index] = NeedyIndex.None;
    }

    private static void Grow<T>(ref T[] buffer, int from, int to, T none)
    {
        if (to > buffer.Length)
            Array.Resize(ref buffer, Math.Max(to, buffer.Length * 2));
        buffer.AsSpan(from, to - from).Fill(none);
    }
}
