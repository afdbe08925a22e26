using System.Diagnostics;
using Resolver.Resolution.Requests;

namespace Resolver.Application.Planning;

/// <summary><c>--timeout</c> from the start of the run: reading the archive counts as well as the search.</summary>
internal sealed class TimeLimit : IDisposable
{
    private readonly long start = Stopwatch.GetTimestamp();
    private readonly PlanLimits limits;
    private readonly CancellationTokenSource source;

    public TimeLimit(PlanLimits limits, CancellationToken interruption)
    {
        this.limits = limits;
        source = CancellationTokenSource.CreateLinkedTokenSource(interruption);
        if (limits.Timeout is { } timeout)
            source.CancelAfter(timeout);
    }

    /// <summary>Cancelled when the time is over or the user interrupts.</summary>
    public CancellationToken Token => source.Token;

    /// <summary>What is left for the search.</summary>
    public PlanLimits Remaining
    {
        get
        {
            if (limits.Timeout is not { } timeout)
                return limits;
            var left = timeout - Stopwatch.GetElapsedTime(start);
            return limits with { Timeout = left > TimeSpan.Zero ? left : TimeSpan.Zero };
        }
    }

    public void Dispose() => source.Dispose();
}
