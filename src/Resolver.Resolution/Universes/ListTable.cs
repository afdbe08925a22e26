namespace Resolver.Resolution.Universes;

/// <summary>Lists of numbers, each once, numbered from 0; list 0 is the empty one.</summary>
internal sealed class ListTable
{
    private int[] items = new int[1024];
    private int[] ends = new int[256];
    private (int Hash, int Number)[] slots = new (int, int)[1024];

    public ListTable() => Intern([]);

    public int Count { get; private set; }

    public ReadOnlySpan<int> Items => items.AsSpan(0, ends[Count - 1]);

    /// <summary>Where each list ends in <see cref="Items"/>.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, Count);

    public Span<int> this[int list]
    {
        get
        {
            var start = list == 0 ? 0 : ends[list - 1];
            return items.AsSpan(start, ends[list] - start);
        }
    }

    /// <summary>The list's number, a new one where it is new.</summary>
    public int Intern(ReadOnlySpan<int> list)
    {
        var mask = slots.Length - 1;
        var hash = Hash(list);
        var slot = hash & mask;
        for (; slots[slot].Number != 0; slot = (slot + 1) & mask)
        {
            if (slots[slot].Hash == hash && this[slots[slot].Number - 1].SequenceEqual(list))
                return slots[slot].Number - 1;
        }

        Append(list);
        slots[slot] = (hash, Count);
        if (Count * 2 > slots.Length)
            Rehash();
        return Count - 1;
    }

    private static int Hash(ReadOnlySpan<int> list)
    {
        var hash = 0x9E3779B97F4A7C15UL + (ulong)list.Length;
        foreach (var item in list)
        {
            hash = (hash ^ (uint)item) * 0xE7037ED1A0B428DBUL;
            hash ^= hash >> 32;
        }

        return (int)hash & int.MaxValue;
    }

    private void Append(ReadOnlySpan<int> list)
    {
        var start = Count == 0 ? 0 : ends[Count - 1];
        if (start + list.Length > items.Length)
            Array.Resize(ref items, Math.Max(start + list.Length, items.Length * 2));
        if (Count == ends.Length)
            Array.Resize(ref ends, Count * 2);
        list.CopyTo(items.AsSpan(start));
        ends[Count++] = start + list.Length;
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
