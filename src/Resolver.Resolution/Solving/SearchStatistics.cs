namespace Resolver.Resolution.Solving;

/// <summary>Counts of one solve. Without noise: the same problem gives the same counts on every machine.</summary>
public sealed record SearchStatistics
{
    /// <summary>Candidates chosen, those that were undone included.</summary>
    public long Decisions { get; init; }

    /// <summary>Nogoods that were violated, each analysed and learned from.</summary>
    public long Conflicts { get; init; }

    /// <summary>Domains made smaller by a nogood.</summary>
    public long Propagations { get; init; }

    /// <summary>Variables whose requirements were read at least once.</summary>
    public int LoadedVariables { get; init; }

    /// <summary>Bytes of the search's buffers that this solve wrote to, at their fullest.</summary>
    public long PeakBytes { get; init; }
}
