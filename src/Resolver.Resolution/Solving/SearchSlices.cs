using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Where deciding in discovery order alone takes too many conflicts, it takes turns with probes. Both learn for each
/// other. Which of the two leads to conflicts that say more cannot be known beforehand: it is measured, and that one
/// gets the longer turns.
/// </summary>
/// <remarks>
/// What a conflict says is judged by its nogood: the fewer levels its terms became true on ('glue'), and the fewer
/// there are, the more selections it rules out. A choice between alternatives by what they brought recently is a
/// multi-armed bandit; two arms need no more than this.
/// </remarks>
internal sealed class SearchSlices
{
    /// <summary>Conflicts in a turn of the way of searching that does better.</summary>
    private const int LongTurn = 2_000;

    /// <summary>Conflicts in a turn of the other one, which may do better by now; also in the first turn of the
    /// probes.</summary>
    private const int ShortTurn = 125;

    /// <summary>About how many conflicts a measure goes back.</summary>
    private const int Memory = 256;

    private (double Mean, int Count) inOrder;
    private (double Mean, int Count) probes;
    private long end;

    /// <summary>Whether it is the turn of discovery order, and not of the probes.</summary>
    public bool IsInOrder { get; private set; }

    /// <summary>A new search, which begins in order.</summary>
    public void Clear() => (IsInOrder, inOrder, probes, end) = (true, default, default, long.MaxValue);

    /// <summary>The first turn of the probes.</summary>
    public void Begin(long conflicts) => (IsInOrder, end) = (false, conflicts + ShortTurn);

    /// <summary>Measures a learned nogood.</summary>
    public void Note(DomainEngine engine, NogoodId learned)
    {
        ref var measure = ref IsInOrder ? ref inOrder : ref probes;
        measure.Count = Math.Min(measure.Count + 1, Memory);
        var latest = (double)engine.GlueOf(learned) * engine.TermsOf(learned).Length;
        measure.Mean += (latest - measure.Mean) / measure.Count;
    }

    /// <summary>Begins the next turn if this one is over.</summary>
    /// <returns>Whether it was.</returns>
    public bool Turn(long conflicts)
    {
        if (conflicts < end)
            return false;
        IsInOrder = !IsInOrder;
        var isBetter = IsInOrder ? inOrder.Mean <= probes.Mean : probes.Mean <= inOrder.Mean;
        end = conflicts + (isBetter ? LongTurn : ShortTurn);
        return true;
    }
}
