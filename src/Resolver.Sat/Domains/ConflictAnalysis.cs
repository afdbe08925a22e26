namespace Resolver.Sat.Domains;

/// <summary>
/// Derives from a violated nogood one that would have propagated earlier: the first unique implication point, over
/// domains.
/// </summary>
/// <remarks>
/// The nogood in the making holds at most one set for each variable. The entry that made a term true is its
/// <i>satisfier</i>; going back through the trail, the term whose satisfier was forced by nogood N is resolved with
/// N:
/// <code>
/// not all of (p in T, …)   and   N: not all of (p in U, q in M, …)   give   not all of (p in T ∪ U, q in (set of q)
/// ∩ M, …)
/// </code>
/// since before that entry p lay in T ∪ U. It ends when one term only became true on the highest level. Terms true at
/// level 0 are left out at once. What is left is widened.
/// </remarks>
internal sealed partial class ConflictAnalysis(DomainEngine engine)
{
    public const int BytesPerVariable = sizeof(int) + sizeof(ulong);

    private readonly Trail trail = engine.Trail;

    /// <summary>By variable: the satisfier of its term, or none.</summary>
    private TrailPosition[] satisfier = new TrailPosition[64];

    /// <summary>By variable: the set of its term; an offset in <see cref="scratch"/> where it has more than one
    /// word.</summary>
    private ulong[] sets = new ulong[64];

    private EngineVariable[] touched = new EngineVariable[64];
    private int touchedCount;
    private ulong[] scratch = new ulong[64];
    private int scratchCount;
    private Term[] terms = new Term[64];
    private int termCount;
    private TrailPosition levelStart;
    private TrailPosition levelZero;
    private int open;
    private int[] seenLevel = new int[64];
    private int derivations;

    public Derivation Derivation { get; } = new(engine);

    /// <summary>The derived nogood; the first term is the one that is no longer true at
    /// <see cref="BackLevel"/>.</summary>
    public ReadOnlySpan<Term> Terms => terms.AsSpan(0, termCount);

    /// <summary>The level to go back to.</summary>
    public int BackLevel { get; private set; }

    /// <summary>On how many levels the terms became true.</summary>
    public int Glue { get; private set; }

    public void Clear() => Derivation.Clear();

    public void AddVariable(EngineVariable variable)
    {
        Growth.Reserve(ref satisfier, variable.Index + 1);
        Growth.Reserve(ref sets, variable.Index + 1);
        satisfier[variable.Index] = TrailPosition.None;
    }

    /// <summary>The entry that made a true term true, or none where it was from the start.</summary>
    public TrailPosition SatisfierOf(in Term term) =>
        Satisfier(term.Variable, engine.Variables[term.Variable.Index].LastEntry, term.Bits);

    /// <summary>Derives. May first go back to the highest level that the conflict depends on: a nogood that was
    /// loaded late can be violated below the current one.</summary>
    /// <returns>False where the conflict holds at level 0.</returns>
    public bool Derive(NogoodId conflict)
    {
        (touchedCount, scratchCount, termCount, open) = (0, 0, 0, 0);
        levelZero = trail.EndOfLevelZero;
        levelStart = new TrailPosition(int.MaxValue);
        if (engine.Traces)
            Derivation.Begin(conflict);
        engine.Store.Nogoods[conflict.Index].WasUseful = true;
        foreach (ref readonly var term in engine.Store.TermsOf(conflict))
            Intersect(term);
        if (touchedCount == 0)
            return false;
        var top = EnterHighestLevel();
        while (open > 1)
        {
            while (satisfier[trail.Entries[top.Index].Variable.Index] != top)
                top = new TrailPosition(top.Index - 1);
            Resolve(top);
        }

        Widen();
        Collect();
        if (engine.Order.IsOn)
            engine.Order.Decay();
        return true;
    }

    private TrailPosition EnterHighestLevel()
    {
        var top = TrailPosition.None;
        for (var i = 0; i < touchedCount; i++)
        {
            var at = satisfier[touched[i].Index];
            if (at > top)
                top = at;
        }

        engine.BackTo(trail.Entries[top.Index].Level);
        levelStart = trail.LevelStart[trail.Level];
        for (var i = 0; i < touchedCount; i++)
            open += satisfier[touched[i].Index] >= levelStart ? 1 : 0;
        return top;
    }

    /// <summary>Replaces the term that this entry made true by what forced the entry.</summary>
    private void Resolve(TrailPosition at)
    {
        ref readonly var entry = ref trail.Entries[at.Index];
        if (engine.Traces)
            Derivation.Use(entry.Reason);
        engine.Store.Nogoods[entry.Reason.Index].WasUseful = true;
        foreach (ref readonly var term in engine.Store.TermsOf(entry.Reason))
        {
            if (term.Variable == entry.Variable)
                Unite(term, entry.Previous);
            else
                Intersect(term);
        }
    }

    /// <summary>The variable's set grows, so an earlier entry satisfies it, or none is needed.</summary>
    private void Unite(in Term term, TrailPosition before)
    {
        var variable = term.Variable;
        if (term.Words == 1)
        {
            sets[variable.Index] |= term.Bits;
        }
        else
        {
            var set = scratch.AsSpan((int)sets[variable.Index], term.Words);
            var words = engine.Pool.AsSpan((int)term.Bits, term.Words);
            for (var i = 0; i < set.Length; i++)
                set[i] |= words[i];
        }

        var at = SatisfierOfSet(variable, before);
        if (at < levelZero)
        {
            if (engine.Traces)
                Derivation.UseLevelZero(variable, at);
            satisfier[variable.Index] = TrailPosition.None;
            open--;
            return;
        }

        satisfier[variable.Index] = at;
        if (at < levelStart)
            open--;
    }

    /// <summary>A true term joins: a set of its own, or what it shares with the variable's set.</summary>
    private void Intersect(in Term term)
    {
        var variable = term.Variable;
        var present = satisfier[variable.Index];
        if (!present.IsNone && IsWithin(variable, term))
            return;
        var at = SatisfierOf(term);
        if (at < levelZero)
        {
            if (engine.Traces)
                Derivation.UseLevelZero(variable, at);
            return;
        }

        if (present.IsNone)
        {
            Growth.Reserve(ref touched, touchedCount + 1);
            touched[touchedCount++] = variable;
            if (engine.Order.IsOn)
                engine.Order.Bump(variable);
            sets[variable.Index] =
                term.Words == 1 ? term.Bits : CopyToScratch(engine.Pool.AsSpan((int)term.Bits, term.Words));
        }
        else if (term.Words == 1)
        {
            sets[variable.Index] &= term.Bits;
        }
        else
        {
            var set = scratch.AsSpan((int)sets[variable.Index], term.Words);
            var words = engine.Pool.AsSpan((int)term.Bits, term.Words);
            for (var i = 0; i < set.Length; i++)
                set[i] &= words[i];
        }

        if (at <= present)
            return;
        satisfier[variable.Index] = at;
        if (at >= levelStart && present < levelStart)
            open++;
    }

    private bool IsWithin(EngineVariable variable, in Term term)
    {
        if (term.Words == 1)
            return (sets[variable.Index] & ~term.Bits) == 0;
        var set = scratch.AsSpan((int)sets[variable.Index], term.Words);
        var words = engine.Pool.AsSpan((int)term.Bits, term.Words);
        for (var i = 0; i < set.Length; i++)
        {
            if ((set[i] & ~words[i]) != 0)
                return false;
        }

        return true;
    }

    private ulong CopyToScratch(ReadOnlySpan<ulong> words)
    {
        Growth.Reserve(ref scratch, scratchCount + words.Length);
        words.CopyTo(scratch.AsSpan(scratchCount));
        scratchCount += words.Length;
        return (ulong)(scratchCount - words.Length);
    }

    /// <summary>Follows the variable's chain back while its domain already lay within the set.</summary>
    private TrailPosition Satisfier(EngineVariable variable, TrailPosition entry, ulong bits)
    {
        var words = engine.Variables[variable.Index].Words;
        return words == 1
            ? SatisfierOfWord(entry, bits)
            : SatisfierOfWords(entry, engine.Pool.AsSpan((int)bits, words));
    }

    private TrailPosition SatisfierOfSet(EngineVariable variable, TrailPosition entry)
    {
        var words = engine.Variables[variable.Index].Words;
        return words == 1
            ? SatisfierOfWord(entry, sets[variable.Index])
            : SatisfierOfWords(entry, scratch.AsSpan((int)sets[variable.Index], words));
    }

    private TrailPosition SatisfierOfWord(TrailPosition entry, ulong set)
    {
        var entries = trail.Entries;
        while (!entry.IsNone && (entries[entry.Index].Before & ~set) == 0)
            entry = entries[entry.Index].Previous;
        return entry;
    }

    private TrailPosition SatisfierOfWords(TrailPosition entry, ReadOnlySpan<ulong> set)
    {
        while (!entry.IsNone)
        {
            ref readonly var at = ref trail.Entries[entry.Index];
            var before = trail.Saved.AsSpan((int)at.Before, set.Length);
            for (var i = 0; i < set.Length; i++)
            {
                if ((before[i] & ~set[i]) != 0)
                    return entry;
            }

            entry = at.Previous;
        }

        return entry;
    }

    /// <summary>Writes the terms down, the one of the highest level first, and finds the level below.</summary>
    private void Collect()
    {
        Growth.Reserve(ref terms, touchedCount);
        Growth.Reserve(ref seenLevel, trail.Level + 1);
        (BackLevel, Glue) = (0, 0);
        derivations++;
        for (var i = 0; i < touchedCount; i++)
        {
            var variable = touched[i];
            var at = satisfier[variable.Index];
            if (at.IsNone)
                continue;
            satisfier[variable.Index] = TrailPosition.None;
            var level = trail.Entries[at.Index].Level;
            if (seenLevel[level] != derivations)
                (seenLevel[level], Glue) = (derivations, Glue + 1);
            var words = engine.Variables[variable.Index].Words;
            terms[termCount++] =
                words == 1
                    ? new Term(variable, 1, sets[variable.Index])
                    : engine.MakeTerm(variable, scratch.AsSpan((int)sets[variable.Index], words));
            if (at >= levelStart)
                (terms[0], terms[termCount - 1]) = (terms[termCount - 1], terms[0]);
            else
                BackLevel = Math.Max(BackLevel, level);
        }
    }
}
