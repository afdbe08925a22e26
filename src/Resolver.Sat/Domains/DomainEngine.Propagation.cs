using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Resolver.Sat.Domains;

/// <summary>Propagation: what follows from domains that became smaller.</summary>
public sealed partial class DomainEngine
{
    /// <summary>
    /// Works off the trail. On entry every earlier shrinking was acted on; on a fixpoint every watched nogood has two
    /// terms that are not true, or a false one.
    /// </summary>
    public Propagated Propagate()
    {
        CheckTrail();
        var result = WorkOff();
        CheckPropagated(result);
        return result;
    }

    private Propagated WorkOff()
    {
        while (processed < Trail.Count)
        {
            ref var entry = ref Trail.Entries[processed];
            var variable = entry.Variable;
            ref var state = ref State(variable);
            var isLatest = state.LastEntry.Index == processed;
            processed++;
            if (!(state.Words == 1 ? Sweep(variable, entry.Before) : SweepWide(variable, (int)entry.Before)))
                return Propagated.Conflict;
            if (isLatest && !ValueOf(variable).IsNone)
            {
                Settled = variable;
                return Propagated.Settled;
            }
        }

        return Propagated.Fixpoint;
    }

    /// <summary>Acts on the watched sets that the domain lies within now and did not before.</summary>
    private bool Sweep(EngineVariable variable, ulong before)
    {
        // A variable's slots grow only when a nogood that speaks of it is added or moves a watch to it; a nogood has
        // one term a variable, so acting on this one's slots adds none to it. The table may move meanwhile; what the
        // old one says of this variable is still right until a slot is removed. The domain can shrink on the way:
        // later entries do then what is left to do.
        ref var state = ref State(variable);
        var domain = state.Domain;
        var start = state.SlotStart;
        ref var set = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Watches.Sets), start);
        for (var k = 0; k < state.SlotCount; k++, set = ref Unsafe.Add(ref set, 1))
        {
            if ((domain & ~set) != 0 || (before & ~set) == 0)
                continue;
            var slot = new SlotIndex(start + k);
            if (!Fire(variable, slot))
                return false;
            if (!Watches.IsEmpty(slot))
                continue;
            // Its watches went elsewhere: the last slot takes its place and is looked at next. Left alone, such slots
            // would be most of what a long search sweeps.
            Watches.RemoveSlot(ref state, slot);
            k--;
            set = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Watches.Sets), start + k);
        }

        return true;
    }

    /// <summary>A watched set became true: tells its nogoods.</summary>
    private bool Fire(EngineVariable variable, SlotIndex at)
    {
        ref var slot = ref Watches.Slots[at.Index];
        ref var pair = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(Watches.Watches), slot.PairStart);
        for (var i = slot.PairCount; i > 0; i--, pair = ref Unsafe.Add(ref pair, 1))
        {
            if (!Remove(pair.Variable, pair.Bits, pair.Nogood))
                return false;
        }

        return slot.WatchCount == 0 || FireWatches(variable, at);
    }

    private bool FireWatches(EngineVariable variable, SlotIndex slot)
    {
        var start = Watches.Slots[slot.Index].WatchStart;
        var count = Watches.Slots[slot.Index].WatchCount;
        var kept = 0;
        var consistent = true;
        for (var i = 0; i < count; i++)
        {
            var watch = Watches.Watches[start + i];
            if (!consistent || IsFalse(watch.Variable, watch.Bits) || !MoveWatch(variable, ref watch, out consistent))
                Watches.Watches[start + kept++] = watch;
        }

        Watches.Slots[slot.Index].WatchCount = kept;
        return consistent;
    }

    /// <summary>Looks for another term to watch in place of the one that became true. Without one, propagates the
    /// other watched term.</summary>
    /// <returns>Whether the watch went elsewhere.</returns>
    private bool MoveWatch(EngineVariable variable, ref Watch watch, out bool consistent)
    {
        consistent = true;
        ref readonly var nogood = ref Store.Nogoods[watch.Nogood.Index];
        var terms = Store.Terms.AsSpan(nogood.Start, nogood.Length);
        if (terms[0].Variable == variable)
            (terms[0], terms[1]) = (terms[1], terms[0]);
        ref readonly var other = ref terms[0];
        (watch.Variable, watch.Bits) = (other.Variable, other.Bits);
        if (IsFalse(other.Variable, other.Bits))
            return false;
        for (var i = 2; i < terms.Length; i++)
        {
            if (IsTrue(terms[i].Variable, terms[i].Bits))
                continue;
            (terms[1], terms[i]) = (terms[i], terms[1]);
            Watches.AddWatch(SlotOf(terms[1]), watch);
            return true;
        }

        consistent = Remove(other.Variable, other.Bits, watch.Nogood);
        return false;
    }

    private NogoodId AddNogood(ReadOnlySpan<Term> terms, int origin)
    {
        if (terms.Length <= 2)
        {
            var small = Store.Add(terms, origin);
            if (terms.Length == 2)
                WatchPair(small, terms[0], terms[1]);
            return small;
        }

        Growth.Reserve(ref ordered, terms.Length);
        terms.CopyTo(ordered);
        var chosen = ordered.AsSpan(0, terms.Length);
        BringForward(chosen, 0);
        BringForward(chosen, 1);
        SortBySize(chosen[2..]);
        var nogood = Store.Add(chosen, origin);
        Watches.AddWatch(
            SlotOf(chosen[0]),
            new Watch
            {
                Nogood = nogood,
                Variable = chosen[1].Variable,
                Bits = chosen[1].Bits,
            }
        );
        Watches.AddWatch(
            SlotOf(chosen[1]),
            new Watch
            {
                Nogood = nogood,
                Variable = chosen[0].Variable,
                Bits = chosen[0].Bits,
            }
        );
        return nogood;
    }

    private void WatchPair(NogoodId nogood, in Term first, in Term second)
    {
        Watches.AddPair(
            SlotOf(first),
            new Watch
            {
                Nogood = nogood,
                Variable = second.Variable,
                Bits = second.Bits,
            }
        );
        Watches.AddPair(
            SlotOf(second),
            new Watch
            {
                Nogood = nogood,
                Variable = first.Variable,
                Bits = first.Bits,
            }
        );
    }

    /// <summary>Moves to this place the term that is not true, or else the one that was made true last: going back
    /// undoes it first.</summary>
    private void BringForward(Span<Term> terms, int place)
    {
        var best = place;
        var bestAt = new TrailPosition(-2);
        for (var i = place; i < terms.Length; i++)
        {
            var at = IsTrue(terms[i].Variable, terms[i].Bits) ? analysis.SatisfierOf(terms[i]) : Trail.End;
            if (at > bestAt)
                (best, bestAt) = (i, at);
        }

        (terms[place], terms[best]) = (terms[best], terms[place]);
    }

    /// <summary>Puts the sets of the fewest values first: they are true least often, so a watch that moves to them
    /// is told least often. Nogoods are short, and wide sets stay where they are.</summary>
    private static void SortBySize(Span<Term> terms)
    {
        for (var i = 1; i < terms.Length; i++)
        {
            var term = terms[i];
            var size = SizeOf(term);
            var place = i;
            for (; place > 0 && SizeOf(terms[place - 1]) > size; place--)
                terms[place] = terms[place - 1];
            terms[place] = term;
        }
    }

    private static int SizeOf(in Term term) => term.Words == 1 ? BitOperations.PopCount(term.Bits) : int.MaxValue;

    private SlotIndex SlotOf(in Term term)
    {
        ref var state = ref State(term.Variable);
        if (state.Words != 1)
        {
            var wide = FindSlotWide(ref state, (int)term.Bits);
            return !wide.IsNone ? wide : Watches.AddSlot(ref state, term.Bits);
        }

        var found = Watches.Sets.AsSpan(state.SlotStart, state.SlotCount).IndexOf(term.Bits);
        return found >= 0 ? new SlotIndex(state.SlotStart + found) : Watches.AddSlot(ref state, term.Bits);
    }
}
