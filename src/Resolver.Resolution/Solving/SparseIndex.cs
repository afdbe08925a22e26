namespace Resolver.Resolution.Solving;

/// <summary>Numbers keys from 0 in the order of their first use. Forgetting them costs nothing: a stale entry is told
/// by the key it no longer belongs to (Briggs and Torczon's sparse set).</summary>
internal sealed class SparseIndex
{
    private int[] sparse = [];
    private int[] keys = new int[64];

    public int Count { get; private set; }

    public ReadOnlySpan<int> Keys => keys.AsSpan(0, Count);

    public int this[int number] => keys[number];

    public void Clear() => Count = 0;

    /// <summary>The key's number, or -1.</summary>
    public int Find(int key)
    {
        if ((uint)key >= (uint)sparse.Length)
            return -1;
        var number = sparse[key];
        return (uint)number < (uint)Count && keys[number] == key ? number : -1;
    }

    /// <summary>Gives the key, which has none, the next number.</summary>
    public int Add(int key)
    {
        if (key >= sparse.Length)
            Cover(key);
        if (Count == keys.Length)
            Array.Resize(ref keys, Count * 2);
        sparse[key] = Count;
        keys[Count] = key;
        return Count++;
    }

    /// <summary>Nothing is copied but what is in use, so growing does not touch what the search never needs.</summary>
    private void Cover(int key)
    {
        sparse = GC.AllocateUninitializedArray<int>(Math.Max(key + 1, Math.Max(64, sparse.Length * 2)));
        for (var i = 0; i < Count; i++)
            sparse[keys[i]] = i;
    }
}
