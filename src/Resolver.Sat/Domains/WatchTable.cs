namespace Resolver.Sat.Domains;

/// <summary>An interest in a set: what to do when the variable's domain comes to lie within it.</summary>
/// <remarks>Of a nogood of two terms the other term stands here, and nothing else is read. Of a longer one it is the
/// blocker: while it is false, the nogood needs no look.</remarks>
internal struct Watch
{
    public NogoodId Nogood;

    public int Variable;

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

    /// <summary>Parallel to <see cref="Sets"/>. A slot's number is its place here, which holds until its variable
    /// gets or loses one.</summary>
    public Slot[] Slots = new Slot[128];

    public int SetCount;

    public Watch[] Watches = new Watch[256];

    public int WatchCount;

    public void Clear() => SetCount = WatchCount = 0;

    /// <summary>A slot for a set that the variable has none for yet.</summary>
    public int AddSlot(ref VariableState variable, ulong bits)
    {
        if (variable.SlotCount == variable.SlotCapacity)
            GrowSlots(ref variable);
        var at = variable.SlotStart + variable.SlotCount++;
        Sets[at] = bits;
        return at;
    }

    /// <summary>Whether nothing watches the slot's set any more.</summary>
    public bool IsEmpty(int slotId) => Slots[slotId].PairCount + Slots[slotId].WatchCount == 0;

    /// <summary>Takes an empty slot away; the variable's last one moves into its place. The room of its lists stays
    /// behind for the next slot.</summary>
    public void RemoveSlot(ref VariableState variable, int slotId)
    {
        var last = variable.SlotStart + --variable.SlotCount;
        Sets[slotId] = Sets[last];
        (Slots[slotId], Slots[last]) = (Slots[last], Slots[slotId]);
    }

    /// <summary>Adds a nogood of two terms: the other one loses its set when the slot's set becomes true.</summary>
    public void AddPair(int slotId, in Watch watch)
    {
        ref var slot = ref Slots[slotId];
        if (slot.PairCount == slot.PairCapacity)
            GrowList(ref slot.PairStart, slot.PairCount, ref slot.PairCapacity);
        Watches[slot.PairStart + slot.PairCount++] = watch;
    }

    /// <summary>Adds a longer nogood that watches the slot's set.</summary>
    public void AddWatch(int slotId, in Watch watch)
    {
        ref var slot = ref Slots[slotId];
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
