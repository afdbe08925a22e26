namespace Resolver.Resolution.Universes.Tables;

/// <summary>Sequences of numbers, each once, numbered from 0 in order of first use, one after the other in a single
/// array. A million of them cost no million objects.</summary>
/// <typeparam name="T">An item of a sequence.</typeparam>
internal abstract class InternTable<T>
    where T : unmanaged, IEquatable<T>
{
    private T[] items = new T[1024];
    private int[] ends = new int[256];
    private (int Hash, int Number)[] slots = new (int, int)[1024];

    protected InternTable() { }

    /// <summary>A table of sequences that are known to differ; they cannot be looked up, and none is added.</summary>
    protected InternTable(T[] items, int[] ends) => (this.items, this.ends, Count) = (items, ends, ends.Length);

    public int Count { get; private set; }

    /// <summary>How many items there is room for; of a table that was given its items, how many it was given.</summary>
    public int Capacity => items.Length;

    /// <summary>All sequences, one after the other.</summary>
    public ReadOnlySpan<T> Items => items.AsSpan(0, Count == 0 ? 0 : ends[Count - 1]);

    /// <summary>Where each sequence ends in <see cref="Items"/>.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, Count);

    public ReadOnlySpan<T> this[int number]
    {
        get
        {
            var start = number == 0 ? 0 : ends[number - 1];
            return items.AsSpan(start, ends[number] - start);
        }
    }

    /// <summary>The sequence's number, or -1.</summary>
    public int Find(ReadOnlySpan<T> sequence) => slots[SlotOf(sequence, Hash(sequence))].Number - 1;

    /// <summary>The sequence's number, a new one where it is new.</summary>
    public int Intern(ReadOnlySpan<T> sequence)
    {
        var hash = Hash(sequence);
        var slot = SlotOf(sequence, hash);
        if (slots[slot].Number != 0)
            return slots[slot].Number - 1;
        Append(sequence);
        slots[slot] = (hash, Count);
        if (Count * 2 > slots.Length)
            Rehash();
        return Count - 1;
    }

    /// <summary>Equal for equal sequences, and never negative.</summary>
    protected abstract int Hash(ReadOnlySpan<T> sequence);

    protected static ulong Mix(ulong value)
    {
        value *= 0xE7037ED1A0B428DBUL;
        return value ^ (value >> 32);
    }

    /// <summary>Where the sequence is, or the empty slot where it would be.</summary>
    private int SlotOf(ReadOnlySpan<T> sequence, int hash)
    {
        var mask = slots.Length - 1;
        var slot = hash & mask;
        while (
            slots[slot] is { Number: not 0 } found
            && !(found.Hash == hash && this[found.Number - 1].SequenceEqual(sequence))
        )
            slot = (slot + 1) & mask;
        return slot;
    }

    private void Append(ReadOnlySpan<T> sequence)
    {
        var start = Count == 0 ? 0 : ends[Count - 1];
        if (start + sequence.Length > items.Length)
            Array.Resize(ref items, Math.Max(start + sequence.Length, items.Length * 2));
        if (Count == ends.Length)
            Array.Resize(ref ends, Count * 2);
        sequence.CopyTo(items.AsSpan(start));
        ends[Count++] = start + sequence.Length;
    }

    private void Rehash()
    {
        var old = slots;
        slots = new (int, int)[old.Length * 4];
        var mask = slots.Length - 1;
        foreach (var entry in old)
        {
            if (entry.Number == 0)
                continue;
            var slot = entry.Hash & mask;
            while (slots[slot].Number != 0)
                slot = (slot + 1) & mask;
            slots[slot] = entry;
        }
    }
}
