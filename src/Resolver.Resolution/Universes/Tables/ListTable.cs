namespace Resolver.Resolution.Universes.Tables;

/// <summary>Lists of numbers; list 0 is the empty one.</summary>
internal sealed class ListTable : InternTable<int>
{
    public ListTable() => Intern([]);

    protected override int Hash(ReadOnlySpan<int> list)
    {
        var hash = 0x9E3779B97F4A7C15UL + (ulong)list.Length;
        foreach (var item in list)
            hash = Mix(hash ^ (uint)item);
        return (int)hash & int.MaxValue;
    }
}
