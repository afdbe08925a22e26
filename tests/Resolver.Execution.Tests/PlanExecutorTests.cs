using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>Running a plan, with a frontend that answers in milliseconds.</summary>
public sealed class PlanExecutorTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task Steps_run_in_the_order_of_the_plan_and_each_leaves_a_log_and_a_script()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("b.whl", "echo building; put beta 1.0 b; echo b >> \"$prefix/order\""), "beta", "1.0")
            .Install(
                pip.Archive(
                    "a.whl",
                    "put alpha 2.0 a; echo a >> \"$prefix/order\"; touch \"$TMPDIR/left\"; echo \"$TMPDIR\" > \"$prefix/scratch\""
                ),
                "alpha",
                "2.0"
            )
            .Plan();

        var outcome = await pip.Executor().RunAsync(plan);

        var completed = Assert.IsType<ExecutionOutcome.Completed>(outcome);
        Assert.Equal(2, completed.Installed);
        Assert.Equal("b\na\n", File.ReadAllText(Path.Combine(pip.Prefix, "order")));
        Assert.Contains(
            "building",
            File.ReadAllText(Path.Combine(completed.RunFolder, "logs", "01-beta.log")),
            StringComparison.Ordinal
        );
        Assert.True(File.Exists(Path.Combine(completed.RunFolder, "steps", "02-alpha.sh")));
        Assert.True(File.Exists(Path.Combine(completed.RunFolder, "plan.json")));
        Assert.False(
            Directory.Exists(Path.GetDirectoryName(File.ReadAllText(Path.Combine(pip.Prefix, "scratch")).Trim()))
        );
    }

    [Fact]
    public async Task A_plan_that_installs_nothing_touches_nothing()
    {
        Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor().RunAsync(new ToyPlan().Keep("alpha", "1.0").Plan())
        );

        Assert.False(Directory.Exists(pip.Prefix));
    }

    [Fact]
    public async Task The_first_failure_ends_the_run_with_the_end_of_its_log_made_harmless()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "printf 'one\\ntwo\\n\\033[31mred\\n' >&2; exit 7"), "alpha", "1.0")
            .Install(pip.Archive("b.whl", "put beta 1.0 b"), "beta", "1.0")
            .Plan();

        var outcome = await pip.Executor(pip.Options with { LogTailLines = 2 }).RunAsync(plan);

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
        Assert.Equal(FailureCodes.FrontendFailed, failed.Code);
        Assert.Equal(1, failed.Step.Order);
        Assert.Contains("exit code 7", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(["two", "\\x1b[31mred"], failed.LogTail);
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task A_step_that_installs_another_version_fails_and_its_files_are_taken_out_again()
    {
        var plan = new ToyPlan().Install(pip.Archive("a.whl", "put alpha 0.0.0 a"), "alpha", "1.0").Plan();

        var outcome = await pip.Executor().RunAsync(plan);

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(outcome);
        Assert.Equal(FailureCodes.WrongResult, failed.Code);
        Assert.Contains("alpha 0.0.0 instead of alpha 1.0", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task A_step_that_installs_nothing_fails_although_pip_reports_success()
    {
        var outcome = await pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive("a.whl", "true"), "alpha", "1.0").Plan());

        Assert.Equal(FailureCodes.WrongResult, Assert.IsType<ExecutionOutcome.StepFailed>(outcome).Code);
    }

    [Theory]
    [InlineData("1.0.0")] // equal, written otherwise (PEP 440)
    [InlineData("v1")]
    public async Task A_version_written_otherwise_is_the_planned_version(string written)
    {
        var outcome = await pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive("a.whl", $"put alpha {written} a"), "alpha", "1.0").Plan());

        Assert.IsType<ExecutionOutcome.Completed>(outcome);
    }

    [Fact]
    public async Task One_archive_with_other_content_than_planned_keeps_every_step_from_running()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(pip.Archive("b.whl", "put beta 1.0 b"), "beta", "1.0", sha256: new string('a', 64))
            .Plan();

        var refused = Assert.IsType<ExecutionOutcome.Refused>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.HashMismatch, refused.Code);
        Assert.Contains("b.whl", refused.Reason, StringComparison.Ordinal);
        Assert.False(Directory.Exists(pip.Prefix));
        Assert.False(Directory.Exists(pip.Runs));
    }

    [Fact]
    public async Task An_archive_that_is_gone_is_refused()
    {
        var refused = Assert.IsType<ExecutionOutcome.Refused>(
            await pip.Executor().RunAsync(new ToyPlan().Install(pip["gone.whl"], "alpha", "1.0").Plan())
        );

        Assert.Equal(FailureCodes.ArchiveMissing, refused.Code);
    }

    [Fact]
    public async Task A_prefix_that_cannot_be_made_is_refused()
    {
        var file = pip.Archive("a.whl", "put alpha 1.0 a");
        var destination = new InstallDestination.Prefix(Path.Combine(file, "prefix"));

        var refused = Assert.IsType<ExecutionOutcome.Refused>(
            await pip.Executor(destination: destination).RunAsync(new ToyPlan().Install(file, "alpha", "1.0").Plan())
        );

        Assert.Equal(FailureCodes.DestinationNotWritable, refused.Code);
    }

    [Theory]
    [InlineData("python_full_version", "3.10.2", true)]
    [InlineData("python_full_version", "3.11.99", false)]
    [InlineData("sys_platform", "darwin", true)]
    [InlineData("platform_release", "another kernel", false)]
    public async Task A_plan_for_another_python_or_platform_is_refused(string variable, string value, bool isRefused)
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Plan(new Dictionary<string, string> { [variable] = value });

        var outcome = await pip.Executor().RunAsync(plan);

        Assert.Equal(isRefused, outcome is ExecutionOutcome.Refused { Code: FailureCodes.OtherEnvironment });
    }

    [Fact]
    public async Task A_step_gets_the_callers_variables_less_pips_and_the_install_set_before_the_callers_path()
    {
        var caller = new Dictionary<string, string>
        {
            ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
            ["PIP_FIND_LINKS"] = "/elsewhere",
            ["PIP_CONFIG_FILE"] = "/their/pip.conf",
            ["PYTHONPATH"] = "/their/path",
            ["THEIR_FINDER"] = "kept",
            ["SOURCE_DATE_EPOCH"] = "315532800",
        };
        var plan = new ToyPlan()
            .Install(
                pip.Archive("a.tar.gz", $"[ \"$mode\" = install ] || env > '{pip["env"]}'; put alpha 1.0 a"),
                "alpha",
                "1.0",
                environment: new Dictionary<string, string> { ["PRETEND_VERSION"] = "1.0" }
            )
            .Plan();
        var options = pip.Options with
        {
            CallerEnvironment = caller,
            SearchPath = ["/further"],
            ProjectEnvironment = new Dictionary<PackageName, IReadOnlyDictionary<string, string>>
            {
                [PackageName.Parse("alpha")] = new Dictionary<string, string> { ["CFLAGS"] = "-O1" },
            },
        };

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor(options).RunAsync(plan));

        var seen = File.ReadAllLines(pip["env"]);
        Assert.Equal(
            ["PIP_CONFIG_FILE=/dev/null"],
            seen.Where(line => line.StartsWith("PIP_", StringComparison.Ordinal))
        );
        Assert.Contains($"PYTHONPATH={pip.Site}:/further:/their/path", seen);
        Assert.Contains("THEIR_FINDER=kept", seen);
        Assert.Contains("SOURCE_DATE_EPOCH=315532800", seen);
        Assert.Contains("PRETEND_VERSION=1.0", seen);
        Assert.Contains("CFLAGS=-O1", seen);
    }

    [Fact]
    public async Task Cancelling_ends_every_process_and_leaves_the_prefix_as_it_was()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(
                pip.Archive(
                    "b.whl",
                    "put beta 1.0 b; sleep 300 & echo $! > \"$prefix/../pid.new\"; mv \"$prefix/../pid.new\" \"$prefix/../pid\"; wait"
                ),
                "beta",
                "1.0"
            )
            .Plan();
        using var cancellation = new CancellationTokenSource();

        var running = pip.Executor().RunAsync(plan, null, null, cancellation.Token);
        var pid = pip["pid"];
        while (!File.Exists(pid) && !running.IsCompleted)
            await Task.Delay(10);
        await cancellation.CancelAsync();
        var outcome = await running;

        Assert.Equal("beta", Assert.IsType<ExecutionOutcome.Interrupted>(outcome).Step!.Candidate.Name.Normalized);
        Assert.True(Gone.IsGone(File.ReadAllText(pid).Trim()), "the build's own child still runs");
        Assert.True(File.Exists(Path.Combine(pip.Site, "alpha.py")));
        Assert.DoesNotContain(pip.Contents().Keys, path => path.Contains("beta", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_step_that_takes_too_long_is_ended_and_leaves_nothing()
    {
        var plan = new ToyPlan().Install(pip.Archive("a.whl", "put alpha 1.0 a; sleep 300"), "alpha", "1.0").Plan();

        var outcome = await pip.Executor(pip.Options with { StepTimeout = TimeSpan.FromSeconds(0.5) }).RunAsync(plan);

        Assert.Equal(FailureCodes.TimedOut, Assert.IsType<ExecutionOutcome.StepFailed>(outcome).Code);
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task Progress_tells_each_step_and_what_it_replaced_in_order()
    {
        var told = new Told();
        await pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive("a1.whl", "put alpha 1.0 old"), "alpha", "1.0").Plan());

        await pip.Executor()
            .RunAsync(
                new ToyPlan()
                    .Install(pip.Archive("a2.whl", "put alpha 2.0 new"), "alpha", "2.0")
                    .Install(pip.Archive("b.whl", "exit 1"), "beta", "1.0")
                    .Plan(),
                told
            );

        Assert.Equal(
            ["RunStarted", "StepStarted", "VersionRemoved", "StepFinished", "StepStarted", "StepFailed"],
            told.Events.Select(each => each.GetType().Name)
        );
        Assert.Equal("alpha 1.0", Assert.Single(told.Events.OfType<ExecutionEvent.VersionRemoved>()).Replaced);
    }

    // A killed child of a killed parent is a zombie until the machine's first process collects it.

    private sealed class Told : IProgress<ExecutionEvent>
    {
        public List<ExecutionEvent> Events { get; } = [];

        public void Report(ExecutionEvent value) => Events.Add(value);
    }
}
