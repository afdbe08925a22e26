namespace Resolver.Sat.Domains;

/// <summary>The place of a watched set in a <see cref="WatchTable"/>. It holds until the set's variable gets or loses
/// one.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>.</param>
internal readonly record struct SlotIndex(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;

    /// <summary>No slot.</summary>
    public static SlotIndex None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}
