using System.Diagnostics;

namespace Resolver.Resolution.Solving;

/// <summary>When everything that serves one command has to end. Made once, when the command starts, and handed down:
/// search, explanation and whatever else there is share it, so that no part begins its time again.</summary>
/// <remarks>Immutable and thread-safe. Measured by the monotonic clock.</remarks>
public sealed class Deadline
{
    private readonly long end;

    private Deadline(TimeSpan limit)
    {
        Limit = limit;
        end = Stopwatch.GetTimestamp() + (long)Math.Min(limit.TotalSeconds * Stopwatch.Frequency, long.MaxValue / 4);
    }

    /// <summary>How long there was when it was made.</summary>
    public TimeSpan Limit { get; }

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => Stopwatch.GetTimestamp() >= end;

    /// <summary>What is left; never negative.</summary>
    public TimeSpan Left => IsOver ? TimeSpan.Zero : Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), end);

    /// <summary>The deadline that is this far from now.</summary>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is negative.</exception>
    public static Deadline After(TimeSpan limit)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(limit, TimeSpan.Zero);
        return new(limit);
    }

    /// <summary>A source that is cancelled at the deadline, or with the token. The caller disposes of it.</summary>
    /// <param name="deadline">Null: never by itself.</param>
    /// <param name="cancellation">Cancels it earlier.</param>
    public static CancellationTokenSource Source(Deadline? deadline, CancellationToken cancellation)
    {
        var source = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        // A timer fires a moment later than at once, and takes no more than 49 days.
        if (deadline is { IsOver: true })
            source.Cancel();
        else if (deadline is { Left: { TotalDays: < 49 } left })
            source.CancelAfter(left);
        return source;
    }
}
