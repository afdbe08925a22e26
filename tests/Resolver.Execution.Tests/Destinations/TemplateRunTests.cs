using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Xunit;

namespace Resolver.Execution.Tests.Destinations;

/// <summary>A plan whose projects go to a prefix each.</summary>
public sealed class TemplateRunTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task Each_project_has_its_prefix_and_later_steps_see_those_of_earlier_ones_and_no_others()
    {
        await RunAsync(new ToyPlan().Install(pip.Archive("old.whl", "put alpha 0.5 old"), "alpha", "0.5"));
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(
                pip.Archive(
                    "b.tar.gz",
                    "mkdir -p \"$prefix\"; echo \"$PYTHONPATH\" > \"$prefix/../path\"; put beta 2.0 b"
                ),
                "beta",
                "2.0",
                build: "alpha>=1"
            );

        await RunAsync(plan);

        Assert.Equal(["alpha/0.5", "alpha/1.0", "beta/2.0"], Prefixes());
        Assert.Equal(
            $"{Site("alpha", "1.0")}:{Site("beta", "2.0")}",
            File.ReadAllText(Path.Combine(pip.Prefix, "beta", "path")).Trim()
        );
    }

    [Fact]
    public async Task What_is_kept_in_the_template_is_shown_where_it_lies()
    {
        await RunAsync(new ToyPlan().Install(pip.Archive("a1.whl", "put alpha 1.0 a"), "alpha", "1.0"));
        await RunAsync(new ToyPlan().Install(pip.Archive("a2.whl", "put alpha 2.0 a"), "alpha", "2.0"));

        await RunAsync(
            new ToyPlan()
                .Keep("alpha", "1.0", Path.Combine(Site("alpha", "1.0"), "alpha-1.0.dist-info"))
                .Install(pip.Archive("b.tar.gz", "put beta 2.0 b"), "beta", "2.0", build: "alpha<2")
        );

        Assert.Contains("beta/2.0", Prefixes());
    }

    [Fact]
    public async Task A_step_that_fails_leaves_no_prefix_and_the_run_continues_and_can_be_undone()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(
                pip.Archive(
                    "b.whl",
                    $"mkdir -p \"$site\"; echo half > \"$site/half.py\"; [ -e '{pip["go"]}' ]; rm \"$site/half.py\"; put beta 2.0 b"
                ),
                "beta",
                "2.0"
            )
            .Plan();
        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await Executor().RunAsync(plan));
        Assert.Equal(["alpha/1.0"], Prefixes());
        File.WriteAllText(pip["go"], "");

        Assert.IsType<ExecutionOutcome.Completed>(await Executor().ResumeAsync(failed.RunFolder));

        Assert.Equal(["alpha/1.0", "beta/2.0"], Prefixes());
        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(failed.RunFolder, null, null, CancellationToken.None));
        Assert.False(Directory.Exists(pip.Prefix));
    }

    [Fact]
    public async Task In_a_template_without_versions_another_version_is_replaced_and_comes_back_when_the_run_is_undone()
    {
        InstallDestination destination = new InstallDestination.Prefix(Path.Combine(pip.Prefix, "{name}"));
        Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor(destination: destination)
                .RunAsync(new ToyPlan().Install(pip.Archive("a1.whl", "put alpha 1.0 one"), "alpha", "1.0").Plan())
        );
        var before = pip.Contents();

        var second = Assert.IsType<ExecutionOutcome.Completed>(
            await pip.Executor(destination: destination)
                .RunAsync(new ToyPlan().Install(pip.Archive("a2.whl", "put alpha 2.0 two"), "alpha", "2.0").Plan())
        );

        Assert.DoesNotContain(pip.Contents().Keys, path => path.Contains("alpha-1.0", StringComparison.Ordinal));
        Assert.IsType<UndoOutcome.Undone>(await RunUndo.RunAsync(second.RunFolder, null, null, CancellationToken.None));
        Assert.Equal(before, pip.Contents());
    }

    [Fact]
    public async Task Below_a_root_the_prefixes_are_those_seen_from_inside()
    {
        var destination = new InstallDestination.Root(pip.Prefix, "/opt/{name}/{version}");

        var place = Assert.IsType<InstallDestination.Root>(
            destination.Of(Packaging.Names.PackageName.Parse("alpha"), Packaging.Versions.Version.Parse("1.0"))
        );

        Assert.Equal("/opt/alpha/1.0", place.PrefixBelow);
        Assert.Equal(Path.Combine(pip.Prefix, "opt/alpha/1.0/bin"), place.ScriptFolder(pip.Interpreter));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task Left_to_the_interpreters_finder_the_path_is_not_touched_and_what_it_does_not_find_fails()
    {
        var options = pip.Options with
        {
            FoundByFinder = true,
            CallerEnvironment = new Dictionary<string, string>
            {
                ["PATH"] = Environment.GetEnvironmentVariable("PATH")!,
                ["PYTHONPATH"] = Site("alpha", "1.0"),
            },
        };
        var plan = new ToyPlan()
            .Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0")
            .Install(pip.Archive("b.whl", "put beta 2.0 b"), "beta", "2.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await Executor(options).RunAsync(plan));

        Assert.Equal("beta", failed.Step.Candidate.Name.Normalized);
        Assert.Contains("does not find it", failed.Reason, StringComparison.Ordinal);
        Assert.Equal(["alpha/1.0"], Prefixes());
    }

    [Theory]
    [InlineData("a:b")]
    [InlineData("a\nb")]
    public async Task A_path_that_PYTHONPATH_cannot_hold_is_refused_before_anything_is_run(string name)
    {
        var plan = new ToyPlan().Install(pip.Archive("a.whl", "put alpha 1.0 a"), "alpha", "1.0").Plan();

        var refused = Assert.IsType<ExecutionOutcome.Refused>(
            await pip.Executor(destination: new InstallDestination.Prefix(pip[name])).RunAsync(plan)
        );

        Assert.Equal(FailureCodes.DestinationUnusable, refused.Code);
    }

    private PlanExecutor Executor(ExecutionOptions? options = null) =>
        pip.Executor(options, new InstallDestination.Prefix(Path.Combine(pip.Prefix, "{name}", "{version}")));

    private async Task RunAsync(ToyPlan plan)
    {
        var outcome = await Executor().RunAsync(plan.Plan());
        Assert.True(outcome is ExecutionOutcome.Completed, outcome.ToString());
    }

    private string Site(string name, string version) =>
        Path.Combine(pip.Prefix, name, version, "lib", "python3.11", "site-packages");

    private IEnumerable<string> Prefixes() =>
        Directory.Exists(pip.Prefix)
            ? Directory
                .GetDirectories(pip.Prefix)
                .SelectMany(Directory.GetDirectories)
                .Select(path => Path.GetRelativePath(pip.Prefix, path))
                .Order(StringComparer.Ordinal)
            : [];
}
