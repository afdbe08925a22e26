using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Xunit;

namespace Resolver.Execution.Tests.Isolation;

/// <summary>Builds that each have an environment of their own (<c>--build-isolation per-build</c>), where no wheel is
/// kept beyond the run.</summary>
public sealed class IsolatedBuildTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Theory]
    [InlineData(false, new[] { "alpha", "beta" })]
    [InlineData(true, new[] { "alpha", "alpha", "beta" })] // what was built is not what it was any more
    public async Task A_resumed_run_builds_again_only_what_is_not_there_as_it_was_built(bool damaged, string[] built)
    {
        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(Plan()));
        Assert.Equal("beta", failed.Step.Candidate.Name.Normalized);
        if (damaged)
            File.AppendAllText(
                Assert.Single(Directory.GetFiles(failed.RunFolder, "alpha-*.whl", SearchOption.AllDirectories)),
                "more"
            );
        File.WriteAllText(pip["go"], "");

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().ResumeAsync(failed.RunFolder));

        Assert.Equal(built, File.ReadAllLines(pip["built"]));
        Assert.Equal(
            ["alpha.py", "beta.py"],
            Directory.GetFiles(pip.Site, "*.py").Select(Path.GetFileName).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public async Task The_permissions_of_built_files_do_not_depend_on_who_builds()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("a.tar.gz", $"umask > '{pip["mask"]}'.$mode; put alpha 1.0 a"), "alpha", "1.0")
            .Plan();
        plan = plan with
        {
            BuildIsolation = BuildIsolation.PerBuild,
            Builds = [new PlannedBuild(1, plan.Steps[0].Candidate, [], [])],
        };

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(plan));

        Assert.Equal("0022", File.ReadAllText(pip["mask"] + ".wheel").Trim());
    }

    [Theory]
    [InlineData("b.tar.gz")] // what is built
    [InlineData("tool.whl")] // what its environment holds
    public async Task A_file_that_an_earlier_build_replaces_is_neither_built_nor_used(string victim)
    {
        var tool = new ToyPlan().Install(pip.Archive("tool.whl", "put tool 1.0 good"), "tool", "1.0").Plan().Steps[0];
        pip.Archive("b.tar.gz", "put beta 1.0 good");
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.tar.gz",
                    $"[ \"$mode\" = install ] || echo 'touch \"{pip["ran"]}\"' > '{pip[victim]}'; put alpha 1.0 a"
                ),
                "alpha",
                "1.0"
            )
            .Install(pip["b.tar.gz"], "beta", "1.0")
            .Plan();
        plan = plan with
        {
            BuildIsolation = BuildIsolation.PerBuild,
            Builds =
            [
                new PlannedBuild(1, plan.Steps[0].Candidate, [], []),
                new PlannedBuild(2, plan.Steps[1].Candidate, [], victim == "tool.whl" ? [tool] : []),
            ],
        };

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.HashMismatch, failed.Code);
        Assert.Contains(victim, failed.Reason, StringComparison.Ordinal);
        Assert.False(File.Exists(pip["ran"]));
        Assert.Empty(pip.Contents());
    }

    // Of two stages, so that alpha's build has come to its end before beta's begins.
    private Plan Plan()
    {
        var plan = new ToyPlan()
            .Install(
                pip.Archive("a.tar.gz", $"[ \"$mode\" = install ] || echo alpha >> '{pip["built"]}'; put alpha 1.0 a"),
                "alpha",
                "1.0"
            )
            .Install(
                pip.Archive(
                    "b.tar.gz",
                    $"[ \"$mode\" = install ] || {{ [ -e '{pip["go"]}' ] || exit 3; echo beta >> '{pip["built"]}'; }}; put beta 1.0 b"
                ),
                "beta",
                "1.0"
            )
            .Plan();
        return plan with
        {
            BuildIsolation = BuildIsolation.PerBuild,
            Builds = [.. plan.Steps.Select(step => new PlannedBuild(step.Stage, step.Candidate, [], []))],
        };
    }
}
