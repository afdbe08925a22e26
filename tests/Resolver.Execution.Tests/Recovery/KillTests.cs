using Resolver.Execution.Runs;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>The process of a twenty-step install, killed by SIGKILL: resumed, the prefix equals that of an
/// uninterrupted run; undone, the prefix equals the one before. <c>RESOLVER_LONG</c> tries ten times as many
/// moments.</summary>
public sealed class KillTests
{
    private static readonly bool IsLong = Environment.GetEnvironmentVariable("RESOLVER_LONG") is { Length: > 0 };

    [Theory]
    [InlineData(KilledRunKind.Steps)]
    [InlineData(KilledRunKind.Wheels)]
    [InlineData(KilledRunKind.Hooks)]
    [InlineData(KilledRunKind.Template)]
    public void Killed_at_a_random_moment_and_resumed_it_equals_an_uninterrupted_run_and_undone_the_prefix_before(
        KilledRunKind kind
    )
    {
        var (expected, duration) = Uninterrupted(kind);
        var random = new Random(20261123);
        for (var attempt = 0; attempt < (IsLong ? 200 : 7); attempt++)
        {
            using var killed = new KilledRun(kind);
            // Early moments are of the process's start, late ones after its end: both happen to people too.
            killed.Run(killAfter: duration * (0.15 + (random.NextDouble() * 0.85)));
            AssertRecovers(killed, expected, undoAtOnce: attempt % 2 == 1);
        }
    }

    [Theory]
    [InlineData(KilledRunKind.Steps)]
    [InlineData(KilledRunKind.Wheels)]
    [InlineData(KilledRunKind.Hooks)]
    [InlineData(KilledRunKind.Template)]
    public void Killed_at_a_line_of_the_journal_and_resumed_it_equals_an_uninterrupted_run_and_undone_the_prefix_before(
        KilledRunKind kind
    )
    {
        var (expected, _) = Uninterrupted(kind);
        var kinds = Kinds(kind);
        // Every kind of line is met, where it comes last: steps are alike.
        var chosen = IsLong
            ? Enumerable.Range(1, kinds.Count)
            : Enumerable.Range(1, kinds.Count).Where(line => kinds.LastIndexOf(kinds[line - 1]) == line - 1);
        foreach (var line in chosen)
        {
            using var killed = new KilledRun(kind);
            Assert.NotEqual(0, killed.Run(line));
            AssertRecovers(killed, expected, undoAtOnce: line % 2 == 1);
        }
    }

    [Fact]
    public void An_undo_that_is_killed_is_finished_by_another()
    {
        using var killed = new KilledRun();
        killed.Run();
        foreach (var line in (int[])[1, 2, 3, 8, 31])
            Assert.NotEqual(0, killed.Undo(line));

        killed.Undo();

        Assert.Equal(killed.Before, killed.Contents());
    }

    [Fact]
    public void A_resumed_run_that_is_killed_repeatedly_finishes()
    {
        var (expected, _) = Uninterrupted();
        using var killed = new KilledRun();
        killed.Run(20);
        for (var time = 0; time < 5; time++)
            Assert.NotEqual(0, killed.Resume(9));

        killed.Resume();

        Assert.Equal(expected, killed.Contents());
        killed.Undo();
        Assert.Equal(killed.Before, killed.Contents());
    }

    private static (SortedDictionary<string, string> Contents, TimeSpan Duration) Uninterrupted(
        KilledRunKind kind = KilledRunKind.Steps
    )
    {
        using var whole = new KilledRun(kind);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        whole.Run();
        Assert.Contains(whole.Contents().Keys, path => path.EndsWith("share/p01/data", StringComparison.Ordinal));
        return (whole.Contents(), watch.Elapsed);
    }

    private static List<JournalEventKind> Kinds(KilledRunKind kind)
    {
        using var whole = new KilledRun(kind);
        whole.Run();
        return [.. Journal.Read(whole.RunFolder).Select(entry => entry.Kind)];
    }

    private static void AssertRecovers(KilledRun killed, SortedDictionary<string, string> expected, bool undoAtOnce)
    {
        if (!killed.HasRun)
        {
            killed.Run();
            Assert.Equal(expected, killed.Contents());
            return;
        }
        // Every other time, as each process takes its while; what was resumed is undone elsewhere.
        if (undoAtOnce)
            killed.Undo();
        else
            killed.Resume();
        Assert.Equal(undoAtOnce ? killed.Before : expected, killed.Contents());
    }
}
