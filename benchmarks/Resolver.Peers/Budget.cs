using System.Diagnostics;

namespace Resolver.Peers;

/// <summary>How much time is left for all that is to be measured: a report that ends by itself, whatever a contestant
/// does.</summary>
internal sealed class Budget(TimeSpan whole)
{
    private readonly long start = Stopwatch.GetTimestamp();

    /// <summary>What is left; never less than nothing.</summary>
    public TimeSpan Left => TimeSpan.FromTicks(Math.Max(0, (whole - Elapsed).Ticks));

    public TimeSpan Elapsed => Stopwatch.GetElapsedTime(start);

    public bool IsSpent => Left == TimeSpan.Zero;
}
