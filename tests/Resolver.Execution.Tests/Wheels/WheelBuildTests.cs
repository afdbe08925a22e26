using System.Collections.Concurrent;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Xunit;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>Builds side by side within a stage, and what is kept of them.</summary>
public abstract class WheelBuildTests : IDisposable
{
    private readonly FakePip pip;
    private readonly ConcurrentQueue<ExecutionEvent> told = [];

    private WheelBuildTests(BuildFrontend frontend) => pip = new FakePip(frontend);

    public sealed class ByPip() : WheelBuildTests(BuildFrontend.Pip);

    public sealed class ByHooks() : WheelBuildTests(BuildFrontend.Hooks);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => pip.Dispose();

    [Fact]
    public async Task Builds_of_a_stage_run_at_once_and_before_anything_of_it_is_installed()
    {
        // Each waits until the other has begun: one after the other, neither would end.
        string Build(string mine, string other) =>
            $"if [ $mode = wheel ]; then touch '{pip[mine]}'; n=0; while [ ! -e '{pip[other]}' ] && [ $n -lt 500 ]; do sleep 0.01; n=$((n+1)); done; [ -e '{pip[other]}' ]; ls '{pip.Prefix}' > '{pip[mine]}.seen'; fi; put {mine} 1.0 x";
        var plan = new ToyPlan()
            .InStage(1)
            .Install(pip.Archive("alpha.tar.gz", Build("alpha", "beta"), ["alpha.py"]), "alpha", "1.0")
            .Install(pip.Archive("beta.tar.gz", Build("beta", "alpha"), ["beta.py"]), "beta", "1.0")
            .Plan();

        Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(plan));

        Assert.Equal(["", ""], new[] { "alpha", "beta" }.Select(name => File.ReadAllText(pip[name] + ".seen")));
        Assert.Contains("lib/python3.11/site-packages/beta.py", pip.Contents().Keys);
    }

    [Fact]
    public async Task A_second_run_builds_nothing_and_another_build_requirement_builds_again()
    {
        var alpha = pip.Archive("alpha.tar.gz", "put alpha 1.0 x", ["alpha.py"]);
        ToyPlan With(string version) =>
            new ToyPlan().Keep("tinybuild", version).Install(alpha, "alpha", "1.0", build: "tinybuild");

        await RunAsync(With("1.0").Plan());
        await RunAsync(With("1.0").Plan());
        Assert.Single(told.OfType<ExecutionEvent.BuildFinished>());
        Assert.Single(told.OfType<ExecutionEvent.WheelReused>());

        await RunAsync(With("1.0.1").Plan());
        Assert.Equal(2, told.OfType<ExecutionEvent.BuildFinished>().Count());
    }

    [Fact]
    public async Task A_wheel_in_the_store_that_was_changed_is_built_again()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("alpha.tar.gz", "put alpha 1.0 x", ["alpha.py"]), "alpha", "1.0")
            .Plan();
        await RunAsync(plan);
        File.AppendAllText(Directory.EnumerateFiles(pip["wheels"], "*.whl", SearchOption.AllDirectories).Single(), "x");

        await RunAsync(plan);

        Assert.Equal(2, told.OfType<ExecutionEvent.BuildFinished>().Count());
    }

    [Fact]
    public async Task A_build_that_makes_another_version_fails_before_the_prefix_is_touched()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("alpha.tar.gz", "put alpha 0.0.0 x", ["alpha.py"]), "alpha", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await RunAsync(plan));

        Assert.Equal(FailureCodes.WrongResult, failed.Code);
        Assert.Contains("alpha-0.0.0-py3-none-any.whl instead of alpha 1.0", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task A_failed_build_is_reported_with_its_log_and_parallel_builds_are_kept()
    {
        var plan = new ToyPlan()
            .InStage(1)
            .Install(
                pip.Archive(
                    "alpha.tar.gz",
                    "[ $mode = install ] || { sleep 0.2; echo no compiler; exit 1; }; put alpha 1.0 x",
                    ["alpha.py"]
                ),
                "alpha",
                "1.0"
            )
            .Install(pip.Archive("beta.tar.gz", "put beta 1.0 x", ["beta.py"]), "beta", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await RunAsync(plan));

        Assert.Equal("alpha", failed.Step.Candidate.Name.Normalized);
        Assert.Equal("no compiler", failed.LogTail[^1]);
        Assert.Empty(pip.Contents());
        Assert.Single(Directory.EnumerateFiles(pip["wheels"], "beta-*.whl", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Builds_get_variables_that_make_them_reproducible_and_users_variables_win()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "alpha.tar.gz",
                    $"[ $mode = install ] || env > '{pip["env"]}'; umask > '{pip["mask"]}'.$mode; put alpha 1.0 x",
                    ["alpha.py"]
                ),
                "alpha",
                "1.0"
            )
            .Plan();
        var caller = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["LC_ALL"] = "fr_FR.UTF-8",
            ["SOURCE_DATE_EPOCH"] = "1000000000",
        };

        Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(plan, Options with { CallerEnvironment = caller }));

        var seen = File.ReadAllLines(pip["env"]);
        Assert.Contains("SOURCE_DATE_EPOCH=1000000000", seen);
        Assert.Contains("LC_ALL=C.UTF-8", seen);
        Assert.Contains("PYTHONHASHSEED=0", seen);
        Assert.Equal("0022", File.ReadAllText(pip["mask"] + ".wheel").Trim());
    }

    [Fact]
    public async Task A_file_of_another_project_that_was_written_over_comes_back_when_the_run_is_undone()
    {
        await RunAsync(
            new ToyPlan()
                .Install(
                    pip.Archive(
                        "omega.tar.gz",
                        "put omega 1.0 mine; mkdir -p \"$site/tests\"; echo mine > \"$site/tests/x.py\"; echo tests/x.py,, >> \"$site/omega-1.0.dist-info/RECORD\"",
                        ["omega.py"]
                    ),
                    "omega",
                    "1.0"
                )
                .Plan()
        );
        var before = pip.Contents();
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "alpha.tar.gz",
                    "put alpha 1.0 x; mkdir -p \"$site/tests\"; echo theirs > \"$site/tests/x.py\"; echo tests/x.py,, >> \"$site/alpha-1.0.dist-info/RECORD\"",
                    ["alpha.py", "tests/x.py"]
                ),
                "alpha",
                "1.0"
            )
            .Plan();
        var completed = Assert.IsType<ExecutionOutcome.Completed>(
            await RunAsync(plan, Options with { OnFileConflict = FileConflictPolicy.Warn })
        );
        Assert.NotEqual(before, pip.Contents());

        Assert.IsType<UndoOutcome.Undone>(
            await Execution.Recovery.RunUndo.RunAsync(completed.RunFolder, null, null, CancellationToken.None)
        );

        Assert.Equal(before, pip.Contents());
    }

    [Fact]
    public async Task Where_several_go_together_and_one_fails_those_before_it_stay_and_it_is_named()
    {
        var plan = new ToyPlan().InStage(1);
        foreach (var name in (string[])["alpha", "beta", "gamma"])
            plan.Install(
                pip.Archive($"{name}.tar.gz", $"put {name} 1.0 x{(name == "beta" ? "; exit 3" : "")}", [$"{name}.py"]),
                name,
                "1.0"
            );

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await RunAsync(plan.Plan()));

        Assert.Equal("beta", failed.Step.Candidate.Name.Normalized);
        Assert.Equal(["alpha.py"], Directory.EnumerateFiles(pip.Site, "*.py").Select(Path.GetFileName));
        Assert.Equal([1], RunState.Of(Journal.Read(failed.RunFolder)).Finished.Select(step => step.Order));
    }

    [Fact]
    public async Task A_build_that_is_cancelled_leaves_no_process_and_is_done_when_the_run_is_resumed()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "alpha.tar.gz",
                    $"if [ ! -e '{pip["go"]}' ] && [ $mode = wheel ]; then sleep 600 & echo $! > '{pip["child"]}'; wait; fi; put alpha 1.0 x",
                    ["alpha.py"]
                ),
                "alpha",
                "1.0"
            )
            .Plan();
        using var cancellation = new CancellationTokenSource();
        var running = pip.Executor(Options).RunAsync(plan, new Listener(told), null, cancellation.Token);
        while (!File.Exists(pip["child"]) || File.ReadAllText(pip["child"]).Length == 0)
            await Task.Delay(10, TestContext.Current.CancellationToken);

        await cancellation.CancelAsync();

        var interrupted = Assert.IsType<ExecutionOutcome.Interrupted>(await running);
        Assert.True(Gone.IsGone(File.ReadAllText(pip["child"]).Trim()), "the build's own child still runs");
        Assert.Empty(pip.Contents());
        File.WriteAllText(pip["go"], "");
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor(Options).ResumeAsync(interrupted.RunFolder!));
        Assert.Contains("lib/python3.11/site-packages/alpha.py", pip.Contents().Keys);
    }

    [Fact]
    public async Task A_build_that_takes_too_long_is_ended_and_it_is_said()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("alpha.tar.gz", "echo begun; sleep 600; put alpha 1.0 x"), "alpha", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(
            await RunAsync(plan, Options with { StepTimeout = TimeSpan.FromSeconds(0.5) })
        );

        Assert.Equal(FailureCodes.TimedOut, failed.Code);
        Assert.Contains("alpha 1.0: it was ended after 0.5 seconds", failed.Reason, StringComparison.Ordinal);
        Assert.Equal("begun", failed.LogTail[^1]);
    }

    [Fact]
    public async Task A_process_that_a_build_leaves_running_is_ended_and_named()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive("alpha.tar.gz", "[ $mode = install ] || sleep 600 & put alpha 1.0 x", ["alpha.py"]),
                "alpha",
                "1.0"
            )
            .Plan();

        Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(plan));

        Assert.Contains(
            told.OfType<ExecutionEvent.Noticed>(),
            each => each.Text.Contains("building alpha 1.0 left a process running", StringComparison.Ordinal)
        );
    }

    private ExecutionOptions Options => pip.Options with { WheelFolder = pip["wheels"], Jobs = 2 };

    private Task<ExecutionOutcome> RunAsync(Resolution.Plans.Plan plan, ExecutionOptions? options = null) =>
        pip.Executor(options ?? Options).RunAsync(plan, new Listener(told));

    private sealed class Listener(ConcurrentQueue<ExecutionEvent> told) : IProgress<ExecutionEvent>
    {
        public void Report(ExecutionEvent value) => told.Enqueue(value);
    }
}
