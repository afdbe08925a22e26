namespace Resolver.Resolution.Solving;

/// <summary>Watches the limits of one solve; cheap enough to ask often.</summary>
internal struct Limits
{
    /// <summary>How many questions pass between looks at the clock: a few tens of microseconds of search.</summary>
    private const int Interval = 128;

    private readonly CancellationToken cancellation;
    private readonly long conflictLimit;
    private readonly Deadline? deadline;
    private int countdown;

    public Limits(SolveOptions options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConflictLimit ?? 0, nameof(options));
        this.cancellation = cancellation;
        conflictLimit = options.ConflictLimit ?? long.MaxValue;
        deadline = options.Deadline;
        countdown = 0;
    }

    /// <summary>The limit that is reached after this many conflicts, or null.</summary>
    public LimitReached? Reached(long conflicts)
    {
        if (conflicts > conflictLimit)
            return LimitReached.Conflicts;
        if (countdown-- > 0)
            return null;
        countdown = Interval;
        return ReachedByNow();
    }

    /// <summary>The same without waiting for the next look at the clock: for steps that each take long.</summary>
    public readonly LimitReached? ReachedByNow()
    {
        if (cancellation.IsCancellationRequested)
            return LimitReached.Cancelled;
        return deadline is { IsOver: true } ? LimitReached.Timeout : null;
    }
}
