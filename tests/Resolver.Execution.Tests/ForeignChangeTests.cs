using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Xunit;
using ResolverPlan = Resolver.Resolution.Plans.Plan;

namespace Resolver.Execution.Tests;

/// <summary>A step changes its own files and no others; what was there before a run is there after its undo.</summary>
public sealed class ForeignChangeTests : IDisposable
{
    private readonly FakePip pip = new();
    private readonly List<string> noticed = [];

    public void Dispose() => pip.Dispose();

    [Theory]
    [InlineData("echo theirs > \"$prefix/mine\"", "mine was changed")]
    [InlineData("rm \"$prefix/mine\"", "mine was removed")]
    [InlineData("echo x > \"$prefix/new\"", "new was added")]
    public async Task What_a_step_changes_beside_its_files_is_reported_and_with_strict_restored(string act, string said)
    {
        Mine();
        var before = pip.Contents();
        var plan = new ToyPlan().Install(pip.Archive("a.whl", $"{act}; put alpha 1.0 a"), "alpha", "1.0").Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(
            await pip.Executor(pip.Options with { Strict = true }).RunAsync(plan)
        );
        Assert.Equal(FailureCodes.ForeignChange, failed.Code);
        Assert.Contains(said, failed.Reason, StringComparison.Ordinal);
        Assert.Equal(before, pip.Contents());

        Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(plan));
        Assert.Contains(noticed, line => line.Contains(said, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_record_that_lists_a_file_of_another_project_does_not_take_it_away()
    {
        await RunAsync(
            new ToyPlan()
                .Install(pip.Archive("b.whl", "put beta 1.0 b"), "beta", "1.0")
                .Install(
                    pip.Archive("a.whl", "put alpha 1.0 a; echo beta.py,, >> \"$site/alpha-1.0.dist-info/RECORD\""),
                    "alpha",
                    "1.0"
                )
                .Plan()
        );

        var upgrade = Assert.IsType<ExecutionOutcome.Completed>(
            await RunAsync(new ToyPlan().Install(pip.Archive("a2.whl", "put alpha 2.0 a"), "alpha", "2.0").Plan())
        );

        Assert.Equal("b\n", File.ReadAllText(Path.Combine(pip.Site, "beta.py")));
        Assert.Contains(noticed, line => line.Contains("beta.py stays", StringComparison.Ordinal));
        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(upgrade));
        Assert.Equal("b\n", File.ReadAllText(Path.Combine(pip.Site, "beta.py")));
    }

    [Fact]
    public async Task Undo_keeps_a_file_of_the_user_that_a_record_only_claims()
    {
        Mine();
        var run = Assert.IsType<ExecutionOutcome.Completed>(
            await RunAsync(
                new ToyPlan()
                    .Install(
                        pip.Archive(
                            "a.whl",
                            "put alpha 1.0 a; echo ../../../mine,, >> \"$site/alpha-1.0.dist-info/RECORD\""
                        ),
                        "alpha",
                        "1.0"
                    )
                    .Plan()
            )
        );

        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(run));

        Assert.Equal("mine\n", File.ReadAllText(Path.Combine(pip.Prefix, "mine")));
    }

    [Fact]
    public async Task Links_and_empty_folders_that_were_there_are_there_after_undo()
    {
        Directory.CreateDirectory(pip["elsewhere"]);
        Directory.CreateDirectory(Path.Combine(pip.Prefix, "share", "empty"));
        Directory.CreateSymbolicLink(Path.Combine(pip.Prefix, "share", "folder"), pip["elsewhere"]);
        File.CreateSymbolicLink(Path.Combine(pip.Prefix, "share", "broken"), pip["nothing"]);
        var run = Assert.IsType<ExecutionOutcome.Completed>(
            await RunAsync(
                new ToyPlan()
                    .Install(
                        pip.Archive(
                            "a.whl",
                            "put alpha 1.0 a; printf '../../../share/broken,,\\n../../../share/empty/x,,\\n' >> \"$site/alpha-1.0.dist-info/RECORD\"; echo x > \"$prefix/share/empty/x\""
                        ),
                        "alpha",
                        "1.0"
                    )
                    .Plan()
            )
        );

        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(run));

        Assert.Equal(
            ["broken", "empty", "folder"],
            Directory
                .EnumerateFileSystemEntries(Path.Combine(pip.Prefix, "share"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal)
        );
        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(pip.Prefix, "share", "empty")));
    }

    [Fact]
    public async Task A_link_inside_the_prefix_is_followed_and_undo_leaves_it()
    {
        Directory.CreateDirectory(Path.Combine(pip.Prefix, "library"));
        Directory.CreateSymbolicLink(Path.Combine(pip.Prefix, "lib"), "library");
        var first = Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(Alpha("1.0")));
        var second = Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(Alpha("2.0")));
        var site = Path.Combine(pip.Prefix, "library", "python3.11", "site-packages");
        Assert.Equal(
            ["alpha-2.0.dist-info", "alpha.py"],
            Directory.EnumerateFileSystemEntries(site).Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );

        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(second));
        Assert.True(Directory.Exists(Path.Combine(site, "alpha-1.0.dist-info")));
        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(first));

        Assert.Empty(Directory.EnumerateFileSystemEntries(Path.Combine(pip.Prefix, "library")));
        Assert.Equal("library", new DirectoryInfo(Path.Combine(pip.Prefix, "lib")).LinkTarget);
    }

    [Theory]
    [InlineData("lib")]
    [InlineData("bin")]
    public async Task A_link_that_leads_out_of_the_prefix_is_refused_before_anything_is_run(string name)
    {
        Directory.CreateDirectory(pip.Prefix);
        Directory.CreateDirectory(pip["elsewhere"]);
        Directory.CreateSymbolicLink(Path.Combine(pip.Prefix, name), pip["elsewhere"]);

        var refused = Assert.IsType<ExecutionOutcome.Refused>(await RunAsync(Alpha("1.0")));

        Assert.Equal(FailureCodes.DestinationUnusable, refused.Code);
        Assert.Contains("symbolic link", refused.Reason, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(pip["elsewhere"]));
    }

    [Fact]
    public async Task A_line_of_a_record_with_a_nul_leaves_no_half_installed_step()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive("a.whl", "put alpha 1.0 a; printf 'x\\000y,,\\n' >> \"$site/alpha-1.0.dist-info/RECORD\""),
                "alpha",
                "1.0"
            )
            .Plan();

        var run = Assert.IsType<ExecutionOutcome.Completed>(await RunAsync(plan));

        Assert.IsType<UndoOutcome.Undone>(await UndoAsync(run));
        Assert.Empty(pip.Contents());
    }

    [Fact]
    public async Task A_wheel_cache_that_cannot_be_written_is_reported_and_the_install_continues()
    {
        File.WriteAllText(pip["wheels"], "no folder");
        var plan = new ToyPlan().Install(pip.Archive("a.tar.gz", "put alpha 1.0 a"), "alpha", "1.0").Plan();

        Assert.IsType<ExecutionOutcome.Completed>(
            await RunAsync(plan, pip.Options with { WheelFolder = pip["wheels"] })
        );

        Assert.Contains(noticed, line => line.Contains("built wheels are not cached", StringComparison.Ordinal));
        Assert.True(File.Exists(Path.Combine(pip.Site, "alpha.py")));
    }

    private ResolverPlan Alpha(string version) =>
        new ToyPlan().Install(pip.Archive($"a{version}.whl", $"put alpha {version} a"), "alpha", version).Plan();

    private void Mine()
    {
        Directory.CreateDirectory(pip.Prefix);
        File.WriteAllText(Path.Combine(pip.Prefix, "mine"), "mine\n");
    }

    private Task<ExecutionOutcome> RunAsync(ResolverPlan plan, ExecutionOptions? options = null) =>
        pip.Executor(options).RunAsync(plan, new Noticing(noticed));

    private static Task<UndoOutcome> UndoAsync(ExecutionOutcome.Completed run) =>
        RunUndo.RunAsync(run.RunFolder, null, null, CancellationToken.None);

    private sealed class Noticing(List<string> lines) : IProgress<ExecutionEvent>
    {
        public void Report(ExecutionEvent value)
        {
            if (value is ExecutionEvent.Noticed noticed)
                lines.Add(noticed.Text);
        }
    }
}
