using Resolver.Execution.Outcomes;
using Xunit;

namespace Resolver.Execution.Tests;

/// <summary>Before a build its requirements must be there. The interpreter of these tests finds tinybuild 1.0 and
/// letter-stamp 1.0, whatever is installed.</summary>
public sealed class BuildRequirementTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Fact]
    public async Task A_build_whose_requirements_are_found_is_run()
    {
        var plan = new ToyPlan()
            .Keep("tinybuild", "1.0")
            .Install(Sdist(), "alpha", "1.0", build: "tinybuild>=1.0")
            .Plan();

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(plan));
    }

    [Fact]
    public async Task A_requirement_found_at_an_unfit_version_stops_the_step_before_pip_is_run()
    {
        var plan = new ToyPlan()
            .Keep("tinybuild", "2.0")
            .Install(Sdist(), "alpha", "1.0", build: "tinybuild>=1.5")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.BuildRequirementMissing, failed.Code);
        Assert.Equal("alpha 1.0 cannot be built: tinybuild>=1.5 is found at 1.0", failed.Reason);
        Assert.Null(failed.LogPath);
    }

    [Fact]
    public async Task What_a_build_requirement_needs_to_run_is_required_too()
    {
        var plan = new ToyPlan()
            .Keep("letters", "1.0")
            .Keep("letter-stamp", "1.0", run: "letters")
            .Install(Sdist(), "alpha", "1.0", build: "letter-stamp")
            .Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(
            "alpha 1.0 cannot be built: letters is not found (needed by letter-stamp at run time)",
            failed.Reason
        );
    }

    [Fact]
    public async Task An_installed_project_must_find_its_requirements_or_the_step_is_undone()
    {
        var plan = new ToyPlan().Keep("letters", "1.0").Install(Wheel(), "letter-stamp", "1.0", run: "letters").Plan();
        var alone = new ToyPlan().Install(Wheel(), "letter-stamp", "1.0").Plan();

        var failed = Assert.IsType<ExecutionOutcome.StepFailed>(await pip.Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.WrongResult, failed.Code);
        Assert.Equal("letter-stamp 1.0 needs letters, and letters is not found", failed.Reason);
        Assert.Empty(pip.Contents());
        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(alone));
    }

    [Fact]
    public async Task A_wheel_needs_nothing_to_be_built()
    {
        var wheel = pip.Archive("alpha.whl", "put alpha 1.0 a");
        var plan = new ToyPlan().Keep("nothing", "1.0").Install(wheel, "alpha", "1.0", build: "nothing").Plan();

        Assert.IsType<ExecutionOutcome.Completed>(await pip.Executor().RunAsync(plan));
    }

    private string Sdist() => pip.Archive("alpha.tar.gz", "put alpha 1.0 a");

    private string Wheel() => pip.Archive("stamp.whl", "put letter_stamp 1.0 s");
}
