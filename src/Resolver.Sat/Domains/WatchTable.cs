using System.Runtime.CompilerServices;

namespace Resolver.Sat.Domains;

/// <summary>An interest in a set: what to do when the variable's domain comes to lie within it.</summary>
/// <remarks>Of a nogood of two terms the other term stands here, and nothing else is read. Of a longer one it is the
/// blocker: while it is false, the nogood needs no look.</remarks>
internal struct Watch
{
    public NogoodId Nogood;

    public EngineVariable Variable;

    public ulong Bits;
}

/// <summary>The watches on one set of one variable.</summary>
internal struct Slot
{
    public int PairStart,
        PairCount,
        PairCapacity;

    public int WatchStart,
        WatchCount,
        WatchCapacity;
}

/// <summary>
/// For each variable the sets that some nogood watches, side by side, so that a shrunk domain is compared with all of
/// them in one sweep; and for each such set its watches. Lists grow by moving to the end of their pool; what they
/// leave is reclaimed when the solve ends.
/// </summary>
internal sealed class WatchTable
{
    /// <summary>Per variable a stretch of sets, as <see cref="Term.Bits"/>.</summary>
    public ulong[] Sets = new ulong[128];

    /// <summary>Parallel to <see cref="Sets"/>. Indexed by <see cref="SlotIndex"/>.</summary>
    public Slot[] Slots = new Slot[128];

    public int SetCount;

    public Watch[] Watches = new Watch[256];

    public int WatchCount;

    public void Clear() => SetCount = WatchCount = 0;

    /// <summary>A slot for a set that the variable has none for yet.</summary>
    public SlotIndex AddSlot(ref VariableState variable, ulong bits)
    {
        if (variable.SlotCount == variable.SlotCapacity)
            GrowSlots(ref variable);
        var at = variable.SlotStart + variable.SlotCount++;
        Sets[at] = bits;
        return new SlotIndex(at);
    }

    /// <summary>Whether nothing watches the slot's set any more.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsEmpty(SlotIndex slot) => Slots[slot.Index].PairCount + Slots[slot.Index].WatchCount == 0;

    /// <summary>Takes an empty slot away; the variable's last one moves into its place. The room of its lists stays
    /// behind for the next slot.</summary>
    public void RemoveSlot(ref VariableState variable, SlotIndex slot)
    {
        var last = variable.SlotStart + --variable.SlotCount;
        Sets[slot.Index] = Sets[last];
        (Slots[slot.Index], Slots[last]) = (Slots[last], Slots[slot.Index]);
    }

    /// <summary>Adds a nogood of two terms: the other one loses its set when the slot's set becomes true.</summary>
    public void AddPair(SlotIndex at, in Watch watch)
    {
        ref var slot = ref Slots[at.Index];
        if (slot.PairCount == slot.PairCapacity)
            GrowList(ref slot.PairStart, slot.PairCount, ref slot.PairCapacity);
        Watches[slot.PairStart + slot.PairCount++] = watch;
    }

    /// <summary>Adds a longer nogood that watches the slot's set.</summary>
    public void AddWatch(SlotIndex at, in Watch watch)
    {
        ref var slot = ref Slots[at.Index];
        if (slot.WatchCount == slot.WatchCapacity)
            GrowList(ref slot.WatchStart, slot.WatchCount, ref slot.WatchCapacity);
        Watches[slot.WatchStart + slot.WatchCount++] = watch;
    }

    private void GrowSlots(ref VariableState variable)
    {
        var capacity = Math.Max(4, variable.SlotCapacity * 2);
        Growth.Reserve(ref Sets, SetCount + capacity);
        Growth.Reserve(ref Slots, SetCount + capacity);
        Array.Copy(Sets, variable.SlotStart, Sets, SetCount, variable.SlotCount);
        Array.Copy(Slots, variable.SlotStart, Slots, SetCount, variable.SlotCount);
        Slots.AsSpan(SetCount + variable.SlotCount, capacity - variable.SlotCount).Clear();
        (variable.SlotStart, variable.SlotCapacity) = (SetCount, capacity);
        SetCount += capacity;
    }

    private void GrowList(ref int start, int count, ref int capacity)
    {
        var larger = Math.Max(2, capacity * 2);
        Growth.Reserve(ref Watches, WatchCount + larger);
        Array.Copy(Watches, start, Watches, WatchCount, count);
        (start, capacity) = (WatchCount, larger);
        WatchCount += larger;
    }
}
