using System.Runtime.InteropServices;
using System.Text;

namespace Resolver.Resolution.Universes;

/// <summary>Texts in UTF-8, each once, numbered from 0 in order of first use. A million of them cost no million strings.</summary>
internal sealed class TextTable
{
    private byte[] bytes = new byte[4096];
    private int[] ends = new int[256];
    private (int Hash, int Number)[] slots = new (int, int)[1024];

    public int Count { get; private set; }

    /// <summary>How many bytes there is room for; of a table made by <see cref="Of"/>, how many it was given.</summary>
    public int ByteCapacity => bytes.Length;

    /// <summary>All texts, one after the other.</summary>
    public ReadOnlySpan<byte> Bytes => bytes.AsSpan(0, Count == 0 ? 0 : ends[Count - 1]);

    /// <summary>Where each text ends in <see cref="Bytes"/>.</summary>
    public ReadOnlySpan<int> Ends => ends.AsSpan(0, Count);

    public ReadOnlySpan<byte> this[int text]
    {
        get
        {
            var start = text == 0 ? 0 : ends[text - 1];
            return bytes.AsSpan(start, ends[text] - start);
        }
    }

    /// <summary>A table of texts that are known to differ; they cannot be looked up, and none is added.</summary>
    public static TextTable Of(byte[] bytes, int[] ends) => new() { bytes = bytes, ends = ends, Count = ends.Length };

    public string StringOf(int text) => Encoding.UTF8.GetString(this[text]);

    /// <summary>The text's number, or -1.</summary>
    public int Find(ReadOnlySpan<byte> text)
    {
        var mask = slots.Length - 1;
        var hash = Hash(text);
        for (var slot = hash & mask; ; slot = (slot + 1) & mask)
        {
            var found = slots[slot];
            if (found.Number == 0)
                return -1;
            if (found.Hash == hash && this[found.Number - 1].SequenceEqual(text))
                return found.Number - 1;
        }
    }

    /// <summary>The text's number, a new one where it is new.</summary>
    public int Intern(ReadOnlySpan<byte> text)
    {
        var mask = slots.Length - 1;
        var hash = Hash(text);
        var slot = hash & mask;
        for (; slots[slot].Number != 0; slot = (slot + 1) & mask)
        {
            if (slots[slot].Hash == hash && this[slots[slot].Number - 1].SequenceEqual(text))
                return slots[slot].Number - 1;
        }

        Append(text);
        slots[slot] = (hash, Count);
        if (Count * 2 > slots.Length)
            Rehash();
        return Count - 1;
    }

    private static int Hash(ReadOnlySpan<byte> text)
    {
        // Eight bytes a step, each mixed in by a multiplication.
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }

        ulong rest = 0;
        for (var i = 0; i < text.Length; i++)
            rest = (rest << 8) | text[i];
        return (int)Mix(hash ^ rest) & int.MaxValue;
    }

    private static ulong Mix(ulong value)
    {
        value *= 0xE7037ED1A0B428DBUL;
        return value ^ (value >> 32);
    }

    private void Append(ReadOnlySpan<byte> text)
    {
        var start = Count == 0 ? 0 : ends[Count - 1];
        if (start + text.Length > bytes.Length)
            Array.Resize(ref bytes, Math.Max(start + text.Length, bytes.Length * 2));
        if (Count == ends.Length)
            Array.Resize(ref ends, Count * 2);
        text.CopyTo(bytes.AsSpan(start));
        ends[Count++] = start + text.Length;
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
