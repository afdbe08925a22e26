using System.Diagnostics;

namespace Resolver.Cli.Benching;

/// <summary>Takes samples of something that is done repeatedly.</summary>
internal sealed class Sampling
{
    // Long enough for the run-time to have compiled, and cached, what it will.
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(0.5);

    private readonly List<double> milliseconds = [];
    private long allocated;

    public SearchWork? Work { get; private set; }

    /// <summary>Does it unmeasured until half a second is over, at least once.</summary>
    public static void Warm(Action action, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        do
        {
            cancellation.ThrowIfCancellationRequested();
            action();
        } while (Stopwatch.GetElapsedTime(start) < WarmUp);
    }

    /// <summary>Does it once, measured.</summary>
    public T Take<T>(Func<T> action, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        var before = GC.GetTotalAllocatedBytes();
        var start = Stopwatch.GetTimestamp();
        var result = action();
        milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        allocated += GC.GetTotalAllocatedBytes() - before;
        return result;
    }

    /// <summary>A sample that somebody else has taken.</summary>
    public void Add(double sample) => milliseconds.Add(sample);

    public void Count(SearchWork work) => Work = Work is null ? work : Work + work;

    /// <summary>The row, or null where no sample was taken.</summary>
    public BenchRow? Row(string subject, string phase, int items)
    {
        if (milliseconds.Count == 0)
            return null;
        milliseconds.Sort();
        return new BenchRow(subject, phase, items, milliseconds, allocated / milliseconds.Count) { Work = Work };
    }
}
