using System.Globalization;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Context;

/// <summary>How many of the files found so far were read, how many a second, and how long the others will take, on a
/// terminal's standard error; gone when it is done.</summary>
/// <remarks>Counted from any thread. Nothing is shown of a scan that is over before anybody wonders.</remarks>
internal sealed class ScanProgress(CommandContext context) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400),
        Between = TimeSpan.FromMilliseconds(100);

    private readonly long start = context.Clock.GetTimestamp();
    private readonly Lock gate = new();
    private long shown;
    private int files;
    private int found;

    /// <summary>Called after each file; null where there is no terminal to show it on.</summary>
    public Action? Step => context.ShowsReading ? Count : null;

    /// <summary>Called with how many more files were found; null where there is no terminal to show it on.</summary>
    public Action<int>? Found => context.ShowsReading ? more => Interlocked.Add(ref found, more) : null;

    public void Dispose()
    {
        lock (gate)
        {
            if (shown != 0)
                context.Error.Write("\r\e[K");
            shown = 0;
        }
    }

    private void Count()
    {
        var count = Interlocked.Increment(ref files);
        var elapsed = context.Clock.GetElapsedTime(start);
        if (
            elapsed < Patience
            || (shown != 0 && context.Clock.GetElapsedTime(Volatile.Read(ref shown)) < Between)
            || !gate.TryEnter()
        )
            return;
        try
        {
            shown = context.Clock.GetTimestamp();
            context.Error.Write($"\r\e[K{Line(count, Math.Max(count, Volatile.Read(ref found)), elapsed)}");
        }
        finally
        {
            gate.Exit();
        }
    }

    private static string Line(int count, int all, TimeSpan elapsed)
    {
        var rate = count / elapsed.TotalSeconds;
        var left = TimeSpan.FromSeconds(Math.Ceiling((all - count) / rate));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{count:N0} of {all:N0} files, {rate:N0} a second{(left > TimeSpan.Zero ? $", {Text(left)} left" : "")}"
        );
    }

    private static string Text(TimeSpan left) =>
        left < TimeSpan.FromMinutes(2) ? $"{left.TotalSeconds:0} s" : $"{left.TotalMinutes:0} min";
}
