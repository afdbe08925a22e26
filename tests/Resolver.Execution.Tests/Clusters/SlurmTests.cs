using System.Diagnostics;
using Resolver.Execution.Clusters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Execution.Tests.Recovery;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests.Clusters;

/// <summary>Builds as jobs of a real Slurm, with a frontend that answers in milliseconds.</summary>
public sealed class SlurmTests : IClassFixture<SlurmCluster>, IDisposable
{
    private readonly FakePip pip;

    public SlurmTests(SlurmCluster cluster)
    {
        cluster.Need();
        pip = new FakePip();
    }

    public void Dispose() => pip?.Dispose();

    [Fact]
    public async Task Builds_run_as_an_array_a_stage_and_a_later_stage_sees_what_the_earlier_installed()
    {
        var plan = new ToyPlan()
            .InStage(1)
            .Install(
                Sdist("a", "[ \"$mode\" = install ] || echo $SLURM_ARRAY_TASK_ID > '{0}/task-a'; put alpha 1.0 a"),
                "alpha",
                "1.0"
            )
            .InStage(1)
            .Install(
                Sdist("b", "[ \"$mode\" = install ] || echo $SLURM_ARRAY_TASK_ID > '{0}/task-b'; put beta 1.0 b"),
                "beta",
                "1.0"
            )
            .InStage(2)
            .Install(
                Sdist("c", "[ \"$mode\" = install ] || ls \"${{PYTHONPATH%%:*}}\" > '{0}/seen'; put gamma 1.0 c"),
                "gamma",
                "1.0",
                build: "alpha"
            )
            .Plan();

        var outcome = await pip.Executor(Options()).RunAsync(plan);

        var completed = Assert.IsType<ExecutionOutcome.Completed>(outcome);
        Assert.Equal(["1", "2"], [File.ReadAllText(pip["task-a"]).Trim(), File.ReadAllText(pip["task-b"]).Trim()]);
        Assert.Contains("alpha.py", File.ReadAllLines(pip["seen"]));
        Assert.Equal(2, Journal.Read(completed.RunFolder).Count(entry => entry.Kind == JournalEventKind.JobsSubmitted));
        Assert.Equal(
            ["alpha.py", "beta.py", "gamma.py"],
            Directory.GetFiles(pip.Site).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
        Assert.Empty(SlurmCluster.Queue());
    }

    [Fact]
    public async Task With_a_prefix_per_project_results_are_installed_while_their_stage_is_still_building()
    {
        var installed = Path.Combine(pip.Prefix, "alpha", "lib", "python3.11", "site-packages", "alpha.py");
        // Beta's build does not end before alpha is installed.
        var plan = new ToyPlan()
            .InStage(1)
            .Install(Sdist("a", "put alpha 1.0 a"), "alpha", "1.0")
            .InStage(1)
            .Install(
                Sdist(
                    "b",
                    $"if [ \"$mode\" = wheel ]; then for i in $(seq 600); do [ -e '{installed}' ] && break; sleep 0.1; done; [ -e '{installed}' ] || exit 7; echo \"path:${{{{PYTHONPATH-}}}}\" > '{{0}}/seen'; fi; put beta 1.0 b"
                ),
                "beta",
                "1.0"
            )
            .InStage(2)
            .Install(
                Sdist("c", "[ \"$mode\" = install ] || echo \"path:$PYTHONPATH\" > '{0}/seen-later'; put gamma 1.0 c"),
                "gamma",
                "1.0",
                build: "alpha"
            )
            .Plan();
        var options = Options() with
        {
            CallerEnvironment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["SLURM_CONF"] = Environment.GetEnvironmentVariable("SLURM_CONF")!,
            },
        };

        var outcome = await pip.Executor(options, new InstallDestination.Prefix(Path.Combine(pip.Prefix, "{name}")))
            .RunAsync(plan);

        Assert.True(outcome is ExecutionOutcome.Completed, outcome.ToString());
        Assert.Equal("path:", File.ReadAllText(pip["seen"]).Trim());
        Assert.Equal(
            $"path:{Path.GetDirectoryName(installed)}:{Path.GetDirectoryName(installed)!.Replace("/alpha/", "/beta/", StringComparison.Ordinal)}",
            File.ReadAllText(pip["seen-later"]).Trim()
        );
        Assert.Empty(SlurmCluster.Queue());
    }

    [Fact]
    public async Task An_install_that_fails_while_its_stage_is_built_ends_the_builds()
    {
        var plan = new ToyPlan()
            .InStage(1)
            .Install(Sdist("a", "[ \"$mode\" = wheel ] || exit 3; put alpha 1.0 a"), "alpha", "1.0")
            .InStage(1)
            .Install(Sdist("b", "touch '{0}/begun'; sleep 300; put beta 1.0 b"), "beta", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(
            await pip.Executor(Options(), new InstallDestination.Prefix(Path.Combine(pip.Prefix, "{name}")))
                .RunAsync(plan)
        );

        Assert.Equal("alpha", failed.Step.Candidate.Name.Normalized);
        Assert.Contains("exit code 3", failed.Reason, StringComparison.Ordinal);
        Assert.Empty(SlurmCluster.Queue());
        Assert.Equal(JournalEventKind.RunFailed, Journal.Read(failed.RunFolder)[^1].Kind);
    }

    [Fact]
    public async Task What_was_built_before_is_no_job_and_a_stage_still_waits_for_it()
    {
        var archive = Sdist("a", "put alpha 1.0 a");
        Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor(Options()).RunAsync(new ToyPlan().Install(archive, "alpha", "1.0").Plan())
        );
        Directory.Delete(pip.Prefix, recursive: true);

        var plan = new ToyPlan()
            .Install(archive, "alpha", "1.0")
            .Install(
                Sdist("c", "[ \"$mode\" = install ] || ls \"${{PYTHONPATH%%:*}}\" > '{0}/seen'; put gamma 1.0 c"),
                "gamma",
                "1.0",
                build: "alpha"
            )
            .Plan();
        var completed = Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor(Options()).RunAsync(plan));

        Assert.Contains("alpha.py", File.ReadAllLines(pip["seen"]));
        Assert.Equal(1, Journal.Read(completed.RunFolder).Count(entry => entry.Kind == JournalEventKind.JobsSubmitted));
    }

    [Fact]
    public async Task A_build_that_fails_ends_the_run_with_its_log_and_no_job_is_left()
    {
        var plan = new ToyPlan()
            .Install(Sdist("a", "echo building; echo broken >&2; exit 3"), "alpha", "1.0")
            .Install(Sdist("b", "put beta 1.0 b"), "beta", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor(Options()).RunAsync(plan));

        Assert.Equal(FailureCodes.FrontendFailed, failed.Code);
        Assert.Contains("exit code 3", failed.Reason, StringComparison.Ordinal);
        Assert.Equal("broken", failed.LogTail[^1]);
        Assert.Empty(SlurmCluster.Queue());
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task A_job_that_someone_ends_is_a_failure_that_says_so()
    {
        var plan = new ToyPlan()
            .Install(Sdist("a", "touch '{0}/begun'; sleep 30; put alpha 1.0 a"), "alpha", "1.0")
            .Plan();
        var running = pip.Executor(Options()).RunAsync(plan);
        await UntilAsync(() => File.Exists(pip["begun"]));

        SlurmCluster.Run("scancel", "--user", Environment.UserName);

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await running);
        Assert.Equal(FailureCodes.ClusterFailed, failed.Code);
        Assert.Contains("ended without a result", failed.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Interrupted_it_ends_its_jobs_and_resumed_it_takes_what_they_had_built()
    {
        var plan = new ToyPlan()
            .InStage(1)
            .Install(
                Sdist("a", "[ \"$mode\" = install ] || echo built >> '{0}/count'; put alpha 1.0 a"),
                "alpha",
                "1.0"
            )
            .InStage(1)
            .Install(
                Sdist("b", "[ \"$mode\" = install ] || touch '{0}/begun'; [ -e '{0}/go' ] || sleep 30; put beta 1.0 b"),
                "beta",
                "1.0"
            )
            .Plan();
        using var stop = new CancellationTokenSource();
        var running = pip.Executor(Options()).RunAsync(plan, cancellation: stop.Token);
        await UntilAsync(() => File.Exists(pip["begun"]) && File.Exists(pip["count"]));
        await stop.CancelAsync();

        var interrupted = Assert.IsType<ExecutionOutcome.Interrupted>(await running);

        Assert.Empty(SlurmCluster.Queue());
        File.WriteAllText(pip["go"], "");
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor(Options()).ResumeAsync(interrupted.RunFolder!));
        Assert.Equal(["built"], File.ReadAllLines(pip["count"]));
    }

    [Theory]
    [InlineData(1)] // before anything is submitted
    [InlineData(3)] // while jobs wait and run
    [InlineData(12)]
    public void A_run_that_is_killed_and_resumed_equals_an_uninterrupted_one_and_leaves_no_job(int line)
    {
        using var whole = new KilledRun(KilledRunKind.Slurm);
        whole.Run();
        using var killed = new KilledRun(KilledRunKind.Slurm);
        Assert.NotEqual(0, killed.Run(line));

        killed.Resume();

        Assert.Equal(whole.Contents(), killed.Contents());
        Assert.Empty(SlurmCluster.Queue());
        killed.Undo();
        Assert.Equal(killed.Before, killed.Contents());
    }

    [Fact]
    public async Task The_script_for_a_cluster_does_the_same_without_this_program_whatever_paths_hold()
    {
        var hostile = pip["it's; touch owned; $(touch owned) `touch owned`\nEND\ntouch owned #"];
        var plan = new ToyPlan()
            .InStage(1)
            .Install(pip.Archive("it's \"$(touch owned) `touch owned`.tar.gz", "put alpha 1.0 a"), "alpha", "1.0")
            .InStage(1)
            .Install(pip.Archive("b.whl", "put beta 1.0 b"), "beta", "1.0")
            .InStage(2)
            .Install(
                Sdist("c", "[ \"$mode\" = install ] || ls \"${{PYTHONPATH%%:*}}\" > '{0}/seen'; put gamma 1.0 c"),
                "gamma",
                "1.0",
                build: "alpha"
            )
            .Plan();
        var destination = new InstallDestination.Prefix(Path.Combine(hostile, "prefix"));
        Directory.CreateDirectory(pip["work"]);
        // A path with a line's end cannot stand in PYTHONPATH for a run of ours; a script for it must be harmless all
        // the same.
        File.WriteAllText(pip["work", "all.sh"], pip.Executor(destination: destination).SlurmScript(plan));

        var (code, output, error) = SlurmCluster.Run("sh", "-c", "cd \"$0\" && sh ./all.sh", pip["work"]);

        Assert.True(code == 0, output + error);
        await UntilAsync(() => SlurmCluster.Queue().Length == 0);
        Assert.True(
            File.Exists(Path.Combine(hostile, "prefix", "lib", "python3.11", "site-packages", "gamma.py")),
            string.Concat(
                Directory.GetFiles(pip["work"], "*.log", SearchOption.AllDirectories).Select(File.ReadAllText)
            )
        );
        Assert.Empty(Directory.GetFiles(pip.Folder, "owned*", SearchOption.AllDirectories));
    }

    private ExecutionOptions Options() =>
        pip.Options with
        {
            WheelFolder = pip["wheels"],
            Slurm = new SlurmOptions { Poll = TimeSpan.FromMilliseconds(100) },
        };

    // {0} stands for the folder that holds everything; a brace is doubled.
    private string Sdist(string name, string snippet) =>
        pip.Archive(
            name + ".tar.gz",
            string.Format(System.Globalization.CultureInfo.InvariantCulture, snippet, pip.Folder),
            [$"{name}.py"]
        );

    private static async Task UntilAsync(Func<bool> condition)
    {
        var watch = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(60), "it did not come to pass within a minute");
            await Task.Delay(50);
        }
    }
}
