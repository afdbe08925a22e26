using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>The variables in the order in which the roots reach them. Each is here once; going back to a level
/// restores the queue as it was when the next level was opened.</summary>
internal sealed class DiscoveryQueue
{
    private EngineVariable[] items = new EngineVariable[64];
    private int[] places = new int[64];
    private int placeCount;
    private (int Head, int Count)[] levels = new (int, int)[64];
    private int level;

    /// <summary>The next to be popped.</summary>
    public int Head { get; private set; }

    public int Count { get; private set; }

    public bool IsExhausted => Head == Count;

    public EngineVariable Next => items[Head];

    public ReadOnlySpan<EngineVariable> Items => items.AsSpan(0, Count);

    public void Clear() => (Head, Count, level, placeCount) = (0, 0, 0, 0);

    public void Pop() => Head++;

    /// <summary>Whether the variable was appended, popped or not.</summary>
    public bool IsReached(EngineVariable variable) => variable.Index < placeCount && places[variable.Index] >= 0;

    /// <summary>Whether the variable was popped.</summary>
    public bool WasPopped(EngineVariable variable) => IsReached(variable) && places[variable.Index] < Head;

    /// <summary>Appends the variable, unless it is here already.</summary>
    public void Append(EngineVariable variable)
    {
        if (variable.Index >= placeCount)
            Cover(variable);
        if (places[variable.Index] >= 0)
            return;
        if (Count == items.Length)
            Array.Resize(ref items, Count * 2);
        places[variable.Index] = Count;
        items[Count++] = variable;
    }

    /// <summary>Remembers how the queue stands before a choice.</summary>
    public void OpenLevel()
    {
        if (++level == levels.Length)
            Array.Resize(ref levels, level * 2);
        levels[level] = (Head, Count);
    }

    public void BackTo(int target)
    {
        if (target >= level)
            return;
        level = target;
        var (head, count) = levels[target + 1];
        for (var i = count; i < Count; i++)
            places[items[i].Index] = -1;
        (Head, Count) = (head, count);
    }

    private void Cover(EngineVariable variable)
    {
        if (variable.Index >= places.Length)
            Array.Resize(ref places, Math.Max(variable.Index + 1, places.Length * 2));
        places.AsSpan(placeCount, variable.Index + 1 - placeCount).Fill(-1);
        placeCount = variable.Index + 1;
    }
}
