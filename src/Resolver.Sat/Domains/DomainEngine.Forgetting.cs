using System.Numerics;

namespace Resolver.Sat.Domains;

/// <summary>Long searches: which variables matter now, and which learned nogoods no longer do.</summary>
public sealed partial class DomainEngine
{
    /// <summary>Nogoods that join so few levels are worth keeping whatever happens (Audemard and Simon, Glucose,
    /// 2009).</summary>
    private const int AlwaysKept = 2;

    internal readonly ActivityOrder Order = new();
    private int[] disposable = new int[64];

    /// <summary>Trail entries below this index have put their variable into the order.</summary>
    private int orderedEntries;

    /// <summary>Keeps the order of <see cref="MostActive"/> from now until <see cref="Clear"/>; it costs something at
    /// every conflict and every step back.</summary>
    public void BeginOrder()
    {
        Order.Begin();
        for (var i = 0; i < VariableCount; i++)
            Order.AddVariable(new(i), SizeOf(new(i)));
        orderedEntries = Trail.Count;
    }

    /// <summary>The variable that conflicts had most to do with recently, among those that must be present and have
    /// more than one value left; none where there is no such.</summary>
    public EngineVariable MostActive()
    {
        for (; orderedEntries < Trail.Count; orderedEntries++)
        {
            var shrunk = Trail.Entries[orderedEntries].Variable;
            if (!MayBeAbsent(shrunk) && ValueOf(shrunk).IsNone)
                Order.Insert(shrunk, SizeOf(shrunk));
        }

        while (Order.Top is { IsNone: false } variable)
        {
            if (!MayBeAbsent(variable) && ValueOf(variable).IsNone)
                return variable;
            Order.RemoveTop();
        }

        return EngineVariable.None;
    }

    /// <summary>The value that the variable had when it was last settled, or none.</summary>
    public DomainValue LastValueOf(EngineVariable variable) => Order.PhaseOf(variable);

    /// <summary>
    /// Drops the worse half of the learned nogoods that were not used since the last call: those that join many
    /// levels first, then long ones, then old ones. What some domain rests on stays, and so do nogoods of two terms.
    /// On entry and on exit every watched nogood has two terms that are not true, or a false one.
    /// </summary>
    /// <returns>How many are gone.</returns>
    public int Forget()
    {
        var count = CollectDisposable();
        var gone = disposable.AsSpan(0, count);
        gone.Sort(
            (one, other) =>
                CompareWorth(Store.Nogoods[other], Store.Nogoods[one]) is not 0 and var worth
                    ? worth
                    : one.CompareTo(other)
        );
        gone = gone[..(count / 2)];
        if (gone.IsEmpty)
            return 0;
        foreach (var nogood in gone)
            Store.Nogoods[nogood].Length = 0;
        for (var i = 0; i < VariableCount; i++)
            Unwatch(ref Variables[i]);
        Store.Compact();
        return gone.Length;
    }

    /// <summary>The entries from here on are about to be undone: what their variables were is kept.</summary>
    private void KeepPhases(TrailPosition start)
    {
        for (var i = start.Index; i < Trail.Count; i++)
        {
            var variable = Trail.Entries[i].Variable;
            if (ValueOf(variable) is { IsNone: false } value)
                Order.KeepPhase(variable, value);
        }
    }

    /// <summary>The entries from here to the end were undone: their variables are open again.</summary>
    private void Reopen(TrailPosition start, TrailPosition end)
    {
        for (var i = start.Index; i < end.Index; i++)
            Order.Insert(Trail.Entries[i].Variable, SizeOf(Trail.Entries[i].Variable));
        orderedEntries = Math.Min(orderedEntries, start.Index);
    }

    /// <summary>How many values are left, 'absent' among them.</summary>
    private int SizeOf(EngineVariable variable)
    {
        var size = 0;
        foreach (var word in DomainOf(variable))
            size += BitOperations.PopCount(word);
        return size;
    }

    /// <summary>Below zero where the one is worth less: it joins more levels, or as many and is longer.</summary>
    private static int CompareWorth(in Nogood one, in Nogood other) =>
        one.Glue != other.Glue ? one.Glue.CompareTo(other.Glue) : one.Length.CompareTo(other.Length);

    private int CollectDisposable()
    {
        for (var i = 0; i < Trail.Count; i++)
        {
            if (!Trail.Entries[i].Reason.IsNone)
                Store.Nogoods[Trail.Entries[i].Reason.Index].IsReason = true;
        }

        var count = 0;
        for (var i = 0; i < Store.Count; i++)
        {
            ref var nogood = ref Store.Nogoods[i];
            var isSpared =
                nogood.IsReason
                || nogood.WasUseful
                || nogood.Origin >= 0
                || nogood.Length <= 2
                || nogood.Glue <= AlwaysKept;
            (nogood.IsReason, nogood.WasUseful) = (false, false);
            if (isSpared)
                continue;
            Growth.Reserve(ref disposable, count + 1);
            disposable[count++] = i;
        }

        return count;
    }

    /// <summary>Takes dropped nogoods off the watch lists of a variable, and lists that are empty then.</summary>
    private void Unwatch(ref VariableState state)
    {
        for (var k = state.SlotCount - 1; k >= 0; k--)
        {
            var at = new SlotIndex(state.SlotStart + k);
            ref var slot = ref Watches.Slots[at.Index];
            var kept = 0;
            for (var i = 0; i < slot.WatchCount; i++)
            {
                var watch = Watches.Watches[slot.WatchStart + i];
                if (Store.Nogoods[watch.Nogood.Index].Length > 0)
                    Watches.Watches[slot.WatchStart + kept++] = watch;
            }

            slot.WatchCount = kept;
            if (Watches.IsEmpty(at))
                Watches.RemoveSlot(ref state, at);
        }
    }
}
