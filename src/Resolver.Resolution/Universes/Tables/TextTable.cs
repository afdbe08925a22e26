using System.Runtime.InteropServices;
using System.Text;

namespace Resolver.Resolution.Universes.Tables;

/// <summary>Texts in UTF-8.</summary>
internal sealed class TextTable : InternTable<byte>
{
    public TextTable() { }

    /// <summary>A table of texts that are known to differ; they cannot be looked up, and none is added.</summary>
    public TextTable(byte[] bytes, int[] ends)
        : base(bytes, ends) { }

    public string StringOf(int text) => Encoding.UTF8.GetString(this[text]);

    /// <summary>Eight bytes a step, each mixed in by a multiplication.</summary>
    protected override int Hash(ReadOnlySpan<byte> text)
    {
        var hash = 0x9E3779B97F4A7C15UL ^ (ulong)text.Length;
        while (text.Length >= 8)
        {
            hash = Mix(hash ^ MemoryMarshal.Read<ulong>(text));
            text = text[8..];
        }

        ulong rest = 0;
        foreach (var each in text)
            rest = (rest << 8) | each;
        return (int)Mix(hash ^ rest) & int.MaxValue;
    }
}
