using System.Diagnostics;

namespace Resolver.Resolution.Solving;

/// <summary>Watches the limits of one solve; cheap enough to ask often.</summary>
internal struct Limits
{
    /// <summary>How many questions pass between looks at the clock: a few tens of microseconds of search.</summary>
    private const int Interval = 128;

    private readonly CancellationToken cancellation;
    private readonly long conflictLimit;
    private readonly long deadline;
    private readonly bool isTimed;
    private int countdown;

    public Limits(SolveOptions options, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConflictLimit ?? 0, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Timeout ?? TimeSpan.Zero, TimeSpan.Zero, nameof(options));
        this.cancellation = cancellation;
        conflictLimit = options.ConflictLimit ?? long.MaxValue;
        isTimed = options.Timeout is not null;
        if (options.Timeout is { } timeout)
            deadline =
                Stopwatch.GetTimestamp()
                + (long)Math.Min(timeout.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 4);
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
        if (cancellation.IsCancellationRequested)
            return LimitReached.Cancelled;
        return isTimed && Stopwatch.GetTimestamp() >= deadline ? LimitReached.Timeout : null;
    }
}
