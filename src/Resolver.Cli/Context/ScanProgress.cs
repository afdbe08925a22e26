using System.Globalization;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Context;

/// <summary>How many files were read so far and how many a second, on a terminal's standard error, gone when it is
/// done.</summary>
/// <remarks>Counted from any thread. Nothing is shown of a scan that is over before anybody wonders.</remarks>
internal sealed class ScanProgress(CommandContext context) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400),
        Between = TimeSpan.FromMilliseconds(100);

    private readonly long start = context.Clock.GetTimestamp();
    private readonly Lock gate = new();
    private long shown;
    private int files;

    /// <summary>Called after each file; null where there is no terminal to show it on.</summary>
    public Action? Step => context.ShowsLiveProgress ? Count : null;

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
            context.Error.Write(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"\r\e[K{count:N0} files, {count / elapsed.TotalSeconds:N0} a second"
                )
            );
        }
        finally
        {
            gate.Exit();
        }
    }
}
