namespace Resolver.Sat.Domains;

/// <summary>One shrinking of one domain.</summary>
/// <remarks>24 bytes; entries of one variable form a chain from the latest to the first.</remarks>
internal struct TrailEntry
{
    public EngineVariable Variable;

    /// <summary>The nogood that forced it, or <see cref="Trail.Decided"/>.</summary>
    public NogoodId Reason;

    /// <summary>The variable's entry before this one, or none.</summary>
    public TrailPosition Previous;

    public int Level;

    /// <summary>The domain before: itself where it is one word, else its offset in <see cref="Trail.Saved"/>.</summary>
    public ulong Before;
}

/// <summary>What was done to the domains, in order, so that it can be undone and explained.</summary>
internal sealed class Trail
{
    /// <summary>The reason of an entry that was a choice.</summary>
    public static NogoodId Decided => NogoodId.None;

    public TrailEntry[] Entries = new TrailEntry[64];

    public int Count;

    /// <summary>Where the next entry goes.</summary>
    public TrailPosition End => new(Count);

    /// <summary>Domains of more than one word as they were, a stack.</summary>
    public ulong[] Saved = new ulong[64];

    public int SavedCount;

    /// <summary>Indexed by level: its first entry. Level 0 starts at 0.</summary>
    public TrailPosition[] LevelStart = new TrailPosition[64];

    public int Level;

    public void Clear() => Count = SavedCount = Level = 0;

    /// <summary>Entries before this one hold whatever is chosen.</summary>
    public TrailPosition EndOfLevelZero => Level == 0 ? End : LevelStart[1];

    public void OpenLevel()
    {
        Level++;
        Growth.Reserve(ref LevelStart, Level + 1);
        LevelStart[Level] = End;
    }
}
