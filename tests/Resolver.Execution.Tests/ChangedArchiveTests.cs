using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>What is installed is what was planned: a file that changes after planning stops the run before anything of
/// it is run, and the run can be resumed when the file is right again.</summary>
public sealed class ChangedArchiveTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Theory]
    [InlineData("mv '{1}' '{0}'", true)] // by rename
    [InlineData("mv '{1}' '{0}'", false)]
    [InlineData("cat '{1}' > '{0}'; touch -d @1000000000 '{0}'", true)] // in place, with size and time kept
    [InlineData("cat '{1}' > '{0}'; touch -d @1000000000 '{0}'", false)]
    public async Task A_wheel_that_an_earlier_build_replaces_is_not_installed(string replace, bool keepsWheels)
    {
        var victim = pip.Archive("b.whl", "put beta 1.0 good");
        pip.Archive("evil", "put beta 1.0 evil");
        File.SetLastWriteTimeUtc(victim, DateTimeOffset.FromUnixTimeSeconds(1_000_000_000).UtcDateTime);
        var plan = new ToyPlan()
            .Install(
                pip.Archive(
                    "a.tar.gz",
                    $"[ \"$mode\" = install ] || {{ {string.Format(null, replace, victim, pip["evil"])}; }}; put alpha 1.0 a"
                ),
                "alpha",
                "1.0"
            )
            .Install(victim, "beta", "1.0", build: "alpha")
            .Plan();
        var options = keepsWheels ? pip.Options with { WheelFolder = pip["wheels"] } : pip.Options;

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor(options).RunAsync(plan));

        Assert.Equal(FailureCodes.HashMismatch, failed.Code);
        Assert.Equal("beta", failed.Step.Candidate.Name.Normalized);
        Assert.Matches("b.whl: .*sha256 expected [0-9a-f]{64}, found [0-9a-f]{64}", failed.Reason);
        Assert.DoesNotContain(pip.Contents().Keys, path => path.Contains("beta", StringComparison.Ordinal));
        pip.Archive("b.whl", "put beta 1.0 good");
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor(options).ResumeAsync(failed.RunFolder));
        Assert.Equal("good\n", File.ReadAllText(Path.Combine(pip.Site, "beta.py")));
    }

    [Fact]
    public async Task An_sdist_that_an_earlier_step_replaces_is_not_built()
    {
        var victim = pip.Archive("b.tar.gz", "put beta 1.0 good");
        var plan = new ToyPlan()
            .Install(
                pip.Archive("a.whl", $"echo 'touch \"{pip["ran"]}\"; put beta 1.0 evil' > '{victim}'; put alpha 1.0 a"),
                "alpha",
                "1.0"
            )
            .Install(victim, "beta", "1.0", build: "alpha")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.HashMismatch, failed.Code);
        Assert.False(File.Exists(pip["ran"]));
    }

    [Fact]
    public async Task A_built_wheel_that_changes_in_the_cache_is_not_installed()
    {
        var plan = new ToyPlan()
            .InStage(1)
            .Install(
                pip.Archive(
                    "a.whl",
                    $"for wheel in '{pip["wheels"]}'/*/*.whl; do echo 'put beta 1.0 evil' > \"$wheel\"; done; put alpha 1.0 a"
                ),
                "alpha",
                "1.0"
            )
            .Install(pip.Archive("b.tar.gz", "put beta 1.0 good"), "beta", "1.0")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(
            await pip.Executor(pip.Options with { WheelFolder = pip["wheels"] }).RunAsync(plan)
        );

        Assert.Equal(FailureCodes.HashMismatch, failed.Code);
        Assert.DoesNotContain(pip.Contents().Keys, path => path.Contains("beta", StringComparison.Ordinal));
    }
}
