using System.Diagnostics;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Xunit;

namespace Resolver.Execution.Tests.Recovery;

/// <summary>What the system or the frontend does wrong while a run is under way.</summary>
public sealed class FaultTests : IDisposable
{
    private readonly FakePip pip = new();
    private readonly List<string> mounts = [];

    public void Dispose()
    {
        foreach (var mount in mounts)
            Succeeds("umount", mount);
        pip.Dispose();
    }

    [Fact]
    public async Task A_prefix_on_a_full_disk_is_as_it_was_before_the_step_and_with_room_the_run_continues()
    {
        Mount(pip.Prefix, "200k");
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(
                pip.Archive(
                    "b.whl",
                    $"mkdir -p \"$site\"; [ -e '{pip["room"]}' ] || dd if=/dev/zero of=\"$site/big\" bs=1k count=1000; put beta 1.0 b"
                ),
                "beta",
                "1.0"
            )
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal("beta", failed.Step.Candidate.Name.Normalized);
        Assert.Contains(failed.LogTail, line => line.Contains("No space left", StringComparison.Ordinal));
        Assert.Equal(["alpha-1.0.dist-info/METADATA", "alpha-1.0.dist-info/RECORD", "alpha.py"], Files(pip.Site));
        File.WriteAllText(pip["room"], "");
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().ResumeAsync(failed.RunFolder));
        Assert.Contains("beta.py", Files(pip.Site));
    }

    [Fact]
    public async Task A_full_disk_under_the_record_leaves_the_prefix_to_the_next_install()
    {
        Mount(pip["small"], "160k");
        var options = pip.Options with { RunsFolder = pip["small", "runs"] };
        await pip.Executor()
            .RunAsync(new ToyPlan().Install(pip.Archive("old.whl", "put omega 1.0 o"), "omega", "1.0").Plan());
        var before = pip.Contents();
        // Fills the disk of the record while the step runs: not a line more can be written.
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.whl",
                    $"put alpha 1.0 a; dd if=/dev/zero of='{pip["small", "filler"]}' bs=1k count=1000 2>/dev/null || true"
                ),
                "alpha",
                "1.0"
            )
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor(options).RunAsync(plan));

        Assert.Equal(FailureCodes.FileSystem, failed.Code);
        File.Delete(pip["small", "filler"]);
        Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor(options)
                .RunAsync(new ToyPlan().Install(pip.Archive("b.whl", "put beta 1.0 b"), "beta", "1.0").Plan())
        );
        Assert.Equal(
            before
                .Keys.Concat(pip.Contents().Keys.Where(path => path.Contains("beta", StringComparison.Ordinal)))
                .Order(StringComparer.Ordinal),
            pip.Contents().Keys
        );
    }

    [Fact]
    public async Task A_read_only_prefix_is_refused_before_anything_is_run()
    {
        Mount(pip.Prefix, "200k");
        Assert.SkipUnless(
            Succeeds("mount", "-o", "remount,ro", pip.Prefix),
            "a file system cannot be mounted read-only here"
        );

        var refused = Assert.IsType<ExecutionOutcome.Refused>(
            await pip.Executor()
                .RunAsync(new ToyPlan().Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0").Plan())
        );

        Assert.Equal(FailureCodes.DestinationNotWritable, refused.Code);
        Assert.False(Directory.Exists(pip.Runs));
    }

    [Fact]
    public async Task Folders_that_a_broken_step_made_and_left_empty_are_gone_and_those_that_were_empty_before_are_not()
    {
        Directory.CreateDirectory(Path.Combine(pip.Prefix, "share", "mine"));
        // Cut off before the first file: to whoever comes next the empty folder would be a project that cannot be
        // replaced.
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.whl",
                    $"mkdir -p \"$site/alpha-1.0.dist-info/licenses\" \"$prefix/share/mine\"; [ -e '{pip["go"]}' ]; put alpha 1.0 a; mkdir -p \"$prefix/share/mine\"; echo x > \"$prefix/share/mine/x\"; echo ../../../share/mine/x,, >> \"$site/alpha-1.0.dist-info/RECORD\""
                ),
                "alpha",
                "1.0"
            )
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal("share, share/mine", string.Join(", ", Folders()));
        File.WriteAllText(pip["go"], "");
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().ResumeAsync(failed.RunFolder));
        Assert.Contains("share/mine/x", pip.Contents().Keys);
        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(failed.RunFolder, null, null, CancellationToken.None));
        Assert.Equal("share, share/mine", string.Join(", ", Folders()));

        IEnumerable<string> Folders() =>
            Directory
                .EnumerateDirectories(pip.Prefix, "*", SearchOption.AllDirectories)
                .Select(folder => Path.GetRelativePath(pip.Prefix, folder))
                .Order(StringComparer.Ordinal);
    }

    [Fact]
    public async Task Garbage_of_a_frontend_does_not_reach_the_terminal_and_its_step_is_undone()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.whl",
                    "mkdir -p \"$site/alpha-1.0.dist-info\"; head -c 3000 /dev/urandom > \"$site/alpha-1.0.dist-info/METADATA\"; head -c 3000 /dev/urandom > \"$site/alpha-1.0.dist-info/RECORD\"; head -c 20000 /dev/urandom; printf '\\033]0;owned\\007'; put beta 1.0 b"
                ),
                "alpha",
                "2.0"
            )
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.WrongResult, failed.Code);
        Assert.DoesNotContain(
            failed.LogTail.Append(failed.Reason),
            line => line.Any(c => char.IsControl(c) && c != '\t')
        );
        Assert.DoesNotContain(pip.Contents().Keys, path => path.Contains("alpha", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_process_that_left_the_frontends_tree_does_not_write_after_the_step_was_undone()
    {
        Assert.SkipUnless(Succeeds("setsid", "true"), "there is no setsid");
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.whl",
                    $"mkdir -p \"$site\"; (setsid sh -c 'sleep 1; echo late > \"'\"$site\"'/late.py\"' >/dev/null 2>&1 &); put alpha 1.0 a; exit 1"
                ),
                "alpha",
                "1.0"
            )
            .Plan();

        Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        await Task.Delay(1500);
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task An_undo_of_what_a_later_run_has_replaced_is_refused_and_the_later_one_can_be_undone_first()
    {
        var first = Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor()
                .RunAsync(new ToyPlan().Install(pip.Archive("a1.whl", "put alpha 1.0 one"), "alpha", "1.0").Plan())
        );
        var middle = pip.Contents();
        var second = Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor()
                .RunAsync(new ToyPlan().Install(pip.Archive("a2.whl", "put alpha 2.0 two"), "alpha", "2.0").Plan())
        );

        var refused = Assert.IsType<UndoOutcome.Refused>(
            await RunUndo.RunAsync(first.RunFolder, null, null, CancellationToken.None)
        );
        Assert.Contains("there is alpha 2.0", refused.Reason, StringComparison.Ordinal);
        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(second.RunFolder, null, null, CancellationToken.None));

        Assert.Equal(middle, pip.Contents());
        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(first.RunFolder, null, null, CancellationToken.None));
        Assert.False(Directory.Exists(pip.Prefix));
    }

    [Fact]
    public async Task A_finished_step_whose_files_were_changed_is_run_again_and_others_are_not()
    {
        string Step(string name) =>
            pip.Archive(
                name + ".whl",
                $"put {name} 1.0 x; printf '{name}.py,sha256=%s,\\n%s,,\\n' $(printf 'x\\n' | openssl dgst -sha256 -binary | base64 | tr '+/' '-_' | tr -d =) {name}-1.0.dist-info/RECORD > \"$site/{name}-1.0.dist-info/RECORD\"; echo {name} >> \"$prefix/../order\""
            );
        Assert.SkipUnless(Succeeds("openssl", "version"), "there is no openssl");
        var plan = new ToyPlan()
            .Install(Step("alpha"), "alpha", "1.0")
            .Install(Step("beta"), "beta", "1.0")
            .Install(pip.Archive("c.whl", $"[ -e '{pip["go"]}' ]; put gamma 1.0 x"), "gamma", "1.0")
            .Plan();
        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));
        File.WriteAllText(Path.Combine(pip.Site, "beta.py"), "changed");
        File.WriteAllText(pip["go"], "");

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().ResumeAsync(failed.RunFolder));

        Assert.Equal(["alpha", "beta", "beta"], File.ReadAllLines(pip["order"]));
        Assert.Equal("x\n", File.ReadAllText(Path.Combine(pip.Site, "beta.py")));
    }

    private void Mount(string folder, string size)
    {
        Directory.CreateDirectory(folder);
        Assert.SkipUnless(
            Succeeds("mount", "-t", "tmpfs", "-o", $"size={size}", "none", folder),
            "a file system cannot be mounted here"
        );
        mounts.Add(folder);
    }

    private static bool Succeeds(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(
                new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true }
            )!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    private static IEnumerable<string> Files(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(file => Path.GetRelativePath(folder, file))
            .Order(StringComparer.Ordinal);
}
