using System.Collections.Concurrent;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>One run at a time in a prefix, and what the next one finds where one was killed.</summary>
public sealed class LockTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task A_second_install_waits_says_so_and_nothing_interleaves()
    {
        var told = new Told();
        var first = pip.Executor().RunAsync(Plan("first", "echo >> \"$prefix/../started\"; sleep 0.3"));
        while (!File.Exists(pip["started"]))
            await Task.Delay(5);

        var second = pip.Executor().RunAsync(Plan("second", "true"), told);

        Assert.IsType<ExecutionOutcome.Completed>(await first);
        Assert.IsType<ExecutionOutcome.Completed>(await second);
        Assert.Single(told.Events.OfType<ExecutionEvent.Waiting>());
        Assert.Equal(["first-1", "first-2", "second-1", "second-2"], File.ReadAllLines(pip["order"]));
        Assert.False(File.Exists(Path.Combine(pip.Prefix, PrefixLock.FileName)));
    }

    [Fact]
    public async Task Waiting_can_be_given_up()
    {
        Directory.CreateDirectory(pip.Prefix);
        using var held = PrefixLock.TryAcquire(pip.Prefix);
        using var cancellation = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        Assert.IsType<ExecutionOutcome.Interrupted>(
            await pip.Executor().RunAsync(Plan("first", "true"), null, null, cancellation.Token)
        );

        Assert.Equal([PrefixLock.FileName], Directory.EnumerateFileSystemEntries(pip.Prefix).Select(Path.GetFileName));
    }

    [Fact]
    public async Task A_lock_file_that_no_one_holds_blocks_no_one_and_a_false_one_is_reported()
    {
        Directory.CreateDirectory(pip.Prefix);
        File.WriteAllText(Path.Combine(pip.Prefix, PrefixLock.FileName), pip["no such run"] + "\n");
        var told = new Told();

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(Plan("first", "true"), told));

        Assert.Contains(
            "its record is missing",
            Assert.Single(told.Events.OfType<ExecutionEvent.Settled>()).What,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task A_plain_install_undoes_an_interrupted_step_says_so_and_continues()
    {
        using var killed = new KilledRun();
        // The fifth line of the second step: pip has ended, and no one has said that the step is done.
        Assert.NotEqual(0, killed.Run(1 + 4 + 3));
        var told = new Told();

        var outcome = await killed.InstallAsync("other", told);

        Assert.IsType<ExecutionOutcome.Completed>(outcome);
        Assert.Equal(
            "was interrupted at p02 1.0: that step was undone",
            Assert.Single(told.Events.OfType<ExecutionEvent.Settled>()).What
        );
        var contents = killed.Contents();
        Assert.Contains("share/p01/data", contents.Keys);
        Assert.DoesNotContain(contents.Keys, path => path.Contains("p02", StringComparison.Ordinal));
        Assert.Contains("lib/python3.11/site-packages/other.py", contents.Keys);
        // The older run takes back only what is its own.
        killed.Undo();
        Assert.Equal(
            killed
                .Before.Keys.Concat(contents.Keys.Where(path => path.Contains("other", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
            killed.Contents().Keys
        );
    }

    private Resolution.Plans.Plan Plan(string name, string snippet)
    {
        var plan = new ToyPlan();
        foreach (var part in (string[])["1", "2"])
            plan.Install(
                pip.Archive(
                    $"{name}{part}.whl",
                    $"{snippet}; echo {name}-{part} >> \"$prefix/../order\"; put {name}{part} 1.0 x"
                ),
                name + part,
                "1.0"
            );
        return plan.Plan();
    }

    private sealed class Told : IProgress<ExecutionEvent>
    {
        private readonly ConcurrentQueue<ExecutionEvent> events = [];

        public IReadOnlyCollection<ExecutionEvent> Events => events;

        public void Report(ExecutionEvent value) => events.Enqueue(value);
    }
}
