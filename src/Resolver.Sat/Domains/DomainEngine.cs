using System.Diagnostics;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Resolver.Sat.Domains;

/// <summary>
/// Conflict-driven search over finite domains: variables with up to some hundred values each and 'absent', nogoods of
/// terms 'the variable lies in this set'. The engine propagates, analyses conflicts, learns and jumps back; which
/// variable is decided, and when nogoods are added, is the caller's.
/// </summary>
/// <remarks>
/// A nogood says that not all of its terms hold. A term is true where the domain lies within its set, false where
/// they are disjoint. If all terms but one are true, the last one's set leaves its variable's domain. docs/solver.md
/// describes it in full. Buffers outlive <see cref="Clear"/>, so that a second solve of the same size allocates
/// nothing. Not thread-safe.
/// </remarks>
public sealed partial class DomainEngine
{
    internal readonly Trail Trail = new();
    internal readonly NogoodStore Store = new();
    internal readonly WatchTable Watches = new();
    internal VariableState[] Variables = new VariableState[64];
    internal ulong[] Pool = new ulong[64];
    private readonly ConflictAnalysis analysis;
    private int poolCount;
    private int processed;
    private Term[] ordered = new Term[8];

    public DomainEngine() => analysis = new ConflictAnalysis(this);

    /// <summary>Domains made smaller by a nogood, since <see cref="Clear"/>.</summary>
    public long Propagations { get; private set; }

    /// <summary>How many variables there are.</summary>
    public int VariableCount { get; private set; }

    /// <summary>How many nogoods there are, learned ones included. A nogood's number is its place in order of
    /// creation.</summary>
    public int NogoodCount => Store.Count;

    /// <summary>Choices that stand.</summary>
    public int Level => Trail.Level;

    /// <summary>The variable that <see cref="Propagated.Settled"/> speaks of.</summary>
    public EngineVariable Settled { get; private set; }

    /// <summary>The nogood that <see cref="Propagated.Conflict"/> speaks of.</summary>
    public NogoodId Conflict { get; private set; }

    /// <summary>Bytes in use.</summary>
    public long Bytes =>
        ((long)VariableCount * (Unsafe.SizeOf<VariableState>() + ConflictAnalysis.BytesPerVariable))
        + ((long)poolCount * sizeof(ulong))
        + ((long)Store.Count * Unsafe.SizeOf<Nogood>())
        + ((long)Store.TermCount * Unsafe.SizeOf<Term>())
        + ((long)Watches.SetCount * (sizeof(ulong) + Unsafe.SizeOf<Slot>()))
        + ((long)Watches.WatchCount * Unsafe.SizeOf<Watch>())
        + ((long)VariableCount * Unsafe.SizeOf<TrailEntry>());

    /// <summary>Records the derivation of every learned nogood from now until <see cref="Clear"/>, for
    /// <see cref="Derivation"/>.</summary>
    public bool Traces { get; set; }

    /// <summary>What each learned nogood was derived from, where <see cref="Traces"/> was on.</summary>
    public Derivation Derivation => analysis.Derivation;

    /// <summary>Forgets every variable and nogood; keeps empty buffers. Costs nothing.</summary>
    public void Clear()
    {
        Trail.Clear();
        Store.Clear();
        Watches.Clear();
        analysis.Clear();
        Order.Clear();
        (VariableCount, poolCount, processed, Propagations) = (0, 0, 0, 0);
        followers.ForEach(each => each.Seen = 0);
        Traces = false;
    }

    /// <summary>A new variable that may take each of its values or be absent.</summary>
    public EngineVariable AddVariable(int values)
    {
        var words = WordsFor(values);
        Growth.Reserve(ref Variables, VariableCount + 1);
        ref var variable = ref Variables[VariableCount];
        variable = new VariableState
        {
            Words = words,
            Values = values,
            LastEntry = TrailPosition.None,
        };
        if (words == 1)
        {
            variable.Domain = ulong.MaxValue >> (63 - values);
        }
        else
        {
            variable.Wide = Allocate(words);
            var domain = Pool.AsSpan(variable.Wide, words);
            domain.Fill(ulong.MaxValue);
            domain[^1] = ulong.MaxValue >> (63 - (values % 64));
        }

        var added = new EngineVariable(VariableCount++);
        analysis.AddVariable(added);
        if (Order.IsOn)
            Order.AddVariable(added, values + 1);
        return added;
    }

    /// <summary>How many words a set over this many values and 'absent' has.</summary>
    public static int WordsFor(int values) => (values / 64) + 1;

    /// <summary>How many values the variable has, 'absent' not counted.</summary>
    public int ValuesOf(EngineVariable variable) => State(variable).Values;

    /// <summary>The variable's value that means 'absent'.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DomainValue AbsentOf(EngineVariable variable) => new(State(variable).Values);

    /// <summary>Takes values from the domain before anything was propagated or chosen: they never come back.</summary>
    /// <exception cref="InvalidOperationException">The variable was already shrunk.</exception>
    public void Restrict(EngineVariable variable, ReadOnlySpan<ulong> allowed)
    {
        ref var state = ref State(variable);
        if (!state.LastEntry.IsNone)
            throw new InvalidOperationException("A domain can be restricted only before the search touches it.");
        var domain = Domain(ref state);
        for (var i = 0; i < domain.Length; i++)
            domain[i] &= allowed[i];
    }

    /// <summary>The values that are left, as words; the bit after the last value is 'absent'. Valid until the next
    /// call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<ulong> DomainOf(EngineVariable variable) => Domain(ref Variables[variable.Index]);

    /// <summary>A term; its set is copied. <paramref name="set"/> has <see cref="WordsFor"/> words.</summary>
    public Term MakeTerm(EngineVariable variable, ReadOnlySpan<ulong> set)
    {
        if (set.Length == 1)
            return new Term(variable, 1, set[0]);
        var offset = Allocate(set.Length);
        set.CopyTo(Pool.AsSpan(offset, set.Length));
        return new Term(variable, set.Length, (ulong)offset);
    }

    /// <summary>The words of a term's set. Valid until the next call that makes a term or a variable.</summary>
    public ReadOnlySpan<ulong> SetOf(in Term term) =>
        term.Words == 1 ? (ReadOnlySpan<ulong>)new[] { term.Bits } : Pool.AsSpan((int)term.Bits, term.Words);

    /// <summary>The terms of a nogood, valid until the next one is added.</summary>
    public ReadOnlySpan<Term> TermsOf(NogoodId nogood) => Store.TermsOf(nogood);

    /// <summary>Of a learned nogood: how many levels its terms became true on when it was learned.</summary>
    public int GlueOf(NogoodId nogood) => Store.Nogoods[nogood.Index].Glue;

    /// <summary>The caller's number for an axiom, or ~N for the N-th learned nogood.</summary>
    public int OriginOf(NogoodId nogood) => Store.Nogoods[nogood.Index].Origin;

    /// <summary>Whether the domain lies within the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsTrue(EngineVariable variable, ulong bits)
    {
        ref var state = ref State(variable);
        return state.Words == 1 ? (state.Domain & ~bits) == 0 : IsTrueWide(ref state, (int)bits);
    }

    /// <summary>Whether no value of the domain is in the set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFalse(EngineVariable variable, ulong bits)
    {
        ref var state = ref State(variable);
        return state.Words == 1 ? (state.Domain & bits) == 0 : IsFalseWide(ref state, (int)bits);
    }

    /// <summary>Whether 'absent' is still possible.</summary>
    public bool MayBeAbsent(EngineVariable variable) => Contains(variable, AbsentOf(variable));

    /// <summary>Whether the value is still possible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Contains(EngineVariable variable, DomainValue value)
    {
        ref var state = ref State(variable);
        return state.Words == 1
            ? ((state.Domain >> value.Index) & 1) != 0
            : ((Pool[state.Wide + (value.Index >> 6)] >> value.Index) & 1) != 0;
    }

    /// <summary>The only value left, which may be 'absent', or none where more than one is left.</summary>
    public DomainValue ValueOf(EngineVariable variable)
    {
        ref var state = ref State(variable);
        if (state.Words == 1)
            return (state.Domain & (state.Domain - 1)) == 0
                ? new DomainValue(BitOperations.TrailingZeroCount(state.Domain))
                : DomainValue.None;
        return SingleWide(ref state);
    }

    /// <summary>The highest value that is left, none where only 'absent' is.</summary>
    public DomainValue HighestOf(EngineVariable variable)
    {
        ref var state = ref State(variable);
        if (state.Words == 1)
            return new DomainValue(63 - BitOperations.LeadingZeroCount(state.Domain & ~(1UL << state.Values)));
        return HighestWide(ref state);
    }

    /// <summary>Opens a level and gives the variable one of its values, which may be 'absent'.</summary>
    public void Decide(EngineVariable variable, DomainValue value)
    {
        CheckDecision(variable, value);
        Trail.OpenLevel();
        ref var state = ref State(variable);
        if (state.Words == 1)
        {
            Push(variable, ref state, Trail.Decided, state.Domain);
            state.Domain = 1UL << value.Index;
        }
        else
        {
            Push(variable, ref state, Trail.Decided, Save(ref state));
            var domain = Domain(ref state);
            domain.Clear();
            domain[value.Index >> 6] = 1UL << value.Index;
        }

        CheckDecided(variable, value);
    }

    /// <summary>Adds an axiom whose terms speak of different variables. Nothing is propagated: see
    /// <see cref="Apply"/>.</summary>
    /// <param name="terms">At least one. Those of three terms and more are watched at the two that are undone
    /// first.</param>
    /// <param name="origin">The caller's number for it, from 0.</param>
    public NogoodId AddAxiom(ReadOnlySpan<Term> terms, int origin) => AddNogood(terms, origin);

    /// <summary>Propagates one nogood with the current domains.</summary>
    /// <returns>False where all its terms hold: <see cref="Conflict"/> is set.</returns>
    public bool Apply(NogoodId nogood)
    {
        var open = -1;
        var terms = Store.TermsOf(nogood);
        for (var i = 0; i < terms.Length; i++)
        {
            if (IsTrue(terms[i].Variable, terms[i].Bits))
                continue;
            if (open >= 0)
                return true;
            open = i;
        }

        if (open >= 0)
            return Remove(terms[open].Variable, terms[open].Bits, nogood);
        Conflict = nogood;
        return false;
    }

    /// <summary>Takes the set of the nogood's term on this variable from its domain; every other term must be
    /// true.</summary>
    /// <returns>False where nothing is left: <see cref="Conflict"/> is set.</returns>
    public bool RemoveTerm(NogoodId nogood, EngineVariable variable)
    {
        foreach (ref readonly var term in Store.TermsOf(nogood))
        {
            if (term.Variable == variable)
                return Remove(variable, term.Bits, nogood);
        }

        return true;
    }

    /// <summary>
    /// Takes a set from a domain because of a nogood whose other terms are all true.
    /// </summary>
    /// <returns>False where nothing would be left: then the nogood's terms are all true, and <see cref="Conflict"/>
    /// is set.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Remove(EngineVariable variable, ulong bits, NogoodId nogood)
    {
        ref var state = ref State(variable);
        if (state.Words != 1)
            return RemoveWide(variable, (int)bits, nogood);
        var before = state.Domain;
        var after = before & ~bits;
        if (after == before)
            return true;
        if (after == 0)
        {
            Conflict = nogood;
            return false;
        }

        Push(variable, ref state, nogood, before);
        state.Domain = after;
        return true;
    }

    /// <summary>Undoes every choice above the level, and all that followed from them.</summary>
    public void BackTo(int level)
    {
        CheckTrail();
        if (level >= Trail.Level)
            return;
        var start = Trail.LevelStart[level + 1];
        if (Order.IsOn)
            KeepPhases(start);
        var end = Trail.End;
        var entries = Trail.Entries;
        for (var i = Trail.Count - 1; i >= start.Index; i--)
        {
            ref var entry = ref entries[i];
            ref var state = ref State(entry.Variable);
            state.LastEntry = entry.Previous;
            if (state.Words == 1)
            {
                state.Domain = entry.Before;
                continue;
            }

            Trail.SavedCount = (int)entry.Before;
            Trail.Saved.AsSpan(Trail.SavedCount, state.Words).CopyTo(Pool.AsSpan(state.Wide, state.Words));
        }

        if (Order.IsOn)
            Reopen(start, end);
        Trail.Count = start.Index;
        Trail.Level = level;
        processed = Math.Min(processed, start.Index);
        TellUndone(start.Index);
        CheckUndone(level);
    }

    /// <summary>
    /// Learns from <see cref="Conflict"/>: derives a nogood with one term that only the latest relevant choice made
    /// true, undoes choices as far as the rest of it allows, and takes that term's set from its domain.
    /// </summary>
    /// <returns>The learned nogood, or none where the conflict follows from the axioms alone: there is no
    /// solution.</returns>
    public NogoodId Learn()
    {
        CheckConflict();
        if (!analysis.Derive(Conflict))
            return NogoodId.None;
        var terms = analysis.Terms;
        CheckDerived(terms);
        BackTo(analysis.BackLevel);
        var learned = AddNogood(terms, ~Store.LearnedCount++);
        Store.Nogoods[learned.Index].Glue = (ushort)Math.Min(analysis.Glue, ushort.MaxValue);
        // The first term is the one that no longer holds after going back; the others do, so the domain cannot run
        // empty.
        Remove(terms[0].Variable, terms[0].Bits, learned);
        CheckLearned(terms);
        return learned;
    }

    /// <summary>Without a bounds check: what is requested is always a variable of this engine, and this is read some
    /// ten times for each choice.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref VariableState State(EngineVariable variable)
    {
        Debug.Assert((uint)variable.Index < (uint)VariableCount, "no such variable");
        return ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Variables), variable.Index);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Span<ulong> Domain(ref VariableState state) =>
        state.Words == 1 ? new Span<ulong>(ref state.Domain) : Pool.AsSpan(state.Wide, state.Words);

    /// <summary>Room for a set of more than one word.</summary>
    internal int Allocate(int words)
    {
        Growth.Reserve(ref Pool, poolCount + words);
        poolCount += words;
        return poolCount - words;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Push(EngineVariable variable, ref VariableState state, NogoodId reason, ulong before)
    {
        Growth.Reserve(ref Trail.Entries, Trail.Count + 1);
        ref var entry = ref Trail.Entries[Trail.Count];
        entry.Variable = variable;
        entry.Reason = reason;
        entry.Previous = state.LastEntry;
        entry.Level = Trail.Level;
        entry.Before = before;
        state.LastEntry = new TrailPosition(Trail.Count++);
        Propagations++;
    }
}
