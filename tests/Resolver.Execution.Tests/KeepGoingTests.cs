using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;
using Xunit;

namespace Resolver.Execution.Tests;

public abstract class KeepGoingTests : IDisposable
{
    private readonly FakePip pip;

    private KeepGoingTests(BuildFrontend frontend) => pip = new FakePip(frontend);

    public sealed class ByPip() : KeepGoingTests(BuildFrontend.Pip);

    public sealed class ByHooks() : KeepGoingTests(BuildFrontend.Hooks);

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing) => pip.Dispose();

    private PlanExecutor Executor(ExecutionOptions? options = null) =>
        pip.Executor((options ?? pip.Options) with { KeepGoing = true });

    private string MayFail(string file, string name) =>
        pip.Archive(file, $"[ -e '{pip["repaired"]}' ] || {{ echo 'no compiler' >&2; exit 1; }}; put {name} 1.0 x");

    private Plan Plan() =>
        new ToyPlan()
            .Install(MayFail("bad.tar.gz", "bad"), "bad", "1.0")
            .Install(pip.Archive("needs.tar.gz", "put needs 1.0 n"), "needs", "1.0", build: "bad")
            .Install(pip.Archive("further.whl", "put further 1.0 f"), "further", "1.0", run: "needs")
            .Install(pip.Archive("good.whl", "put good 1.0 g"), "good", "1.0")
            .Plan();

    private static IEnumerable<string> Names(IEnumerable<PlanStep> steps) =>
        steps.Select(each => each.Candidate.Name.Normalized);

    private string[] Modules() =>
        [.. Directory.EnumerateFiles(pip.Site, "*.py").Select(each => Path.GetFileNameWithoutExtension(each)!).Order()];

    [Fact]
    public async Task What_requires_a_failed_build_is_left_out_and_the_rest_is_installed()
    {
        var outcome = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(Plan()));

        Assert.Equal(["bad"], Names(outcome.Failures.Select(each => each.Step)));
        Assert.Equal(["good"], Names(outcome.Installed));
        Assert.Equal(
            ["needs because of bad", "further because of bad"],
            outcome.LeftOut.Select(each => $"{each.Step.Candidate.Name} because of {each.Because.Candidate.Name}")
        );
        Assert.Equal(["good"], Modules());
    }

    [Fact]
    public async Task After_the_repair_the_run_continues_with_what_is_not_installed_and_nothing_else()
    {
        var partly = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(Plan()));
        File.WriteAllText(pip["repaired"], "");
        var started = new List<string>();

        var completed = Assert.IsType<ExecutionOutcome.Completed>(
            await Executor().ResumeAsync(partly.RunFolder, new Started(started))
        );

        Assert.Equal(3, completed.Installed);
        Assert.Equal(["bad", "needs", "further"], started);
        Assert.Equal(["bad", "further", "good", "needs"], Modules());
    }

    [Fact]
    public async Task A_run_that_is_resumed_without_a_repair_ends_as_before()
    {
        var partly = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(Plan()));

        var again = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().ResumeAsync(partly.RunFolder));

        Assert.Equal(["bad"], Names(again.Failures.Select(each => each.Step)));
        Assert.Equal(["good"], Names(again.Installed));
        Assert.Equal(["needs", "further"], Names(again.LeftOut.Select(each => each.Step)));
    }

    [Fact]
    public async Task A_run_remembers_that_it_keeps_going()
    {
        var partly = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(Plan()));

        Assert.True(RunSettings.Read(partly.RunFolder).Execution.KeepGoing);
        Assert.Equal(RunStatus.Failed, RunSummary.Read(partly.RunFolder).Status);
    }

    [Fact]
    public async Task A_plan_of_which_nothing_fails_is_completed()
    {
        File.WriteAllText(pip["repaired"], "");

        Assert.IsType<ExecutionOutcome.Completed>(await Executor().RunAsync(Plan()));
    }

    /// <summary>Without it the builds beside a failed one are ended.</summary>
    [Fact]
    public async Task Builds_beside_a_failed_one_finish_and_each_failure_is_reported()
    {
        var slow = pip.Archive("slow.tar.gz", "sleep 0.3; put slow 1.0 s");
        var plan = new ToyPlan()
            .InStage(1)
            .Install(MayFail("one.tar.gz", "one"), "one", "1.0")
            .Install(MayFail("two.tar.gz", "two"), "two", "1.0")
            .Install(slow, "slow", "1.0")
            .InStage(2)
            .Install(pip.Archive("both.tar.gz", "put both 1.0 b"), "both", "1.0", build: "one;two")
            .Install(pip.Archive("good.tar.gz", "put good 1.0 g"), "good", "1.0", build: "slow")
            .Plan();

        var outcome = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(plan));

        Assert.Equal(["one", "two"], Names(outcome.Failures.Select(each => each.Step)));
        Assert.Equal(["both"], Names(outcome.LeftOut.Select(each => each.Step)));
        Assert.Equal(["slow", "good"], Names(outcome.Installed));
    }

    [Fact]
    public async Task An_install_that_fails_leaves_out_what_requires_it_too()
    {
        var plan = new ToyPlan()
            .Install(pip.Archive("wrong.whl", "put wrong 2.0 x"), "wrong", "1.0")
            .Install(pip.Archive("needs.whl", "put needs 1.0 n"), "needs", "1.0", run: "wrong")
            .Install(pip.Archive("good.whl", "put good 1.0 g"), "good", "1.0")
            .Plan();

        var outcome = Assert.IsType<ExecutionOutcome.PartlyCompleted>(await Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.WrongResult, Assert.Single(outcome.Failures).Code);
        Assert.Equal(["needs"], Names(outcome.LeftOut.Select(each => each.Step)));
        Assert.Equal(["good"], Modules());
    }

    /// <summary>A file that changed is not to be trusted, and ends the run: nothing is known of the others.</summary>
    [Fact]
    public async Task A_file_that_changes_during_the_run_ends_it()
    {
        var late = pip.Archive("late.tar.gz", "put late 1.0 l");
        var plan = new ToyPlan()
            .Install(pip.Archive("first.tar.gz", $"echo '# changed' >> '{late}'; put first 1.0 f"), "first", "1.0")
            .Install(late, "late", "1.0")
            .Install(pip.Archive("good.whl", "put good 1.0 g"), "good", "1.0")
            .Plan();

        var outcome = Assert.IsType<ExecutionOutcome.StepFailed>(await Executor().RunAsync(plan));

        Assert.Equal(FailureCodes.HashMismatch, outcome.Code);
        Assert.Equal(["first"], Modules());
    }

    private sealed class Started(List<string> names) : IProgress<ExecutionEvent>
    {
        public void Report(ExecutionEvent value)
        {
            if (value is ExecutionEvent.StepStarted started)
                names.Add(started.Step.Candidate.Name.Normalized);
        }
    }
}
