using Resolver.Execution.Outcomes;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>The steps that a run with <c>--keep-going</c> leaves out: those that failed, and everything that requires them,
/// to be built or to run, directly or not.</summary>
internal sealed class StepsLeftOut(Plan plan)
{
    private readonly List<ExecutionOutcome.StepFailed> failures = [];
    private readonly Dictionary<int, PlanStep> because = [];

    /// <summary>The steps that failed, in the order in which they did.</summary>
    public IReadOnlyList<ExecutionOutcome.StepFailed> Failures => failures;

    /// <summary>Whether a step failed or is left out.</summary>
    public bool Contains(PlanStep step) => because.ContainsKey(step.Order);

    /// <summary>Leaves out a step that failed, and what requires it.</summary>
    /// <param name="failure">Its step is one of the plan, or a build that only other builds need.</param>
    public void Add(ExecutionOutcome.StepFailed failure)
    {
        if (failures.Any(each => each.Step.Order == failure.Step.Order))
            return;
        failures.Add(failure);
        because.TryAdd(failure.Step.Order, failure.Step);
        foreach (var step in plan.Steps.Where(step => step.Candidate == failure.Step.Candidate))
            Add(step, failure.Step);
        AddWhatRequires(failure.Step.Candidate, failure.Step);
    }

    /// <summary>Leaves out a step, and what requires it.</summary>
    /// <param name="failed">The step that failed.</param>
    public void Add(PlanStep step, PlanStep failed)
    {
        if (because.TryAdd(step.Order, failed))
            AddWhatRequires(step.Candidate, failed);
    }

    /// <summary>Removes from a list what is left out.</summary>
    /// <param name="from">The index to begin at: what is before it is done.</param>
    /// <returns>Whether anything was removed.</returns>
    public bool RemoveFrom(List<PlanStep> steps, int from)
    {
        var open = steps.Skip(from).Where(step => !Contains(step)).ToList();
        if (from + open.Count == steps.Count)
            return false;
        steps.RemoveRange(from, steps.Count - from);
        steps.AddRange(open);
        return true;
    }

    /// <summary>How a run ends of which some steps failed.</summary>
    /// <param name="done">Whether the result of a step is there.</param>
    public ExecutionOutcome.PartlyCompleted Outcome(Func<PlanStep, bool> done, string runFolder, TimeSpan duration)
    {
        var steps = plan.Steps.Where(step => step.Action == StepAction.Install).ToList();
        var others = steps
            .Where(step => Contains(step) && failures.All(each => each.Step.Candidate != step.Candidate))
            .Select(step => (Step: step, Because: because[step.Order]))
            .ToList();
        return new ExecutionOutcome.PartlyCompleted(
            failures,
            [.. steps.Where(done)],
            [.. others.Where(each => !done(each.Step))],
            runFolder,
            duration
        )
        {
            Incomplete = [.. others.Where(each => done(each.Step))],
        };
    }

    private void AddWhatRequires(Candidate candidate, PlanStep failed)
    {
        var reached = new HashSet<Candidate> { candidate };
        var open = new Queue<Candidate>(reached);
        while (open.TryDequeue(out var next))
        {
            foreach (
                var step in plan.Steps.Where(step =>
                    step.Action == StepAction.Install && step.Requires.Any(each => each.SatisfiedBy == next)
                )
            )
            {
                if (!reached.Add(step.Candidate))
                    continue;
                because.TryAdd(step.Order, failed);
                open.Enqueue(step.Candidate);
            }
        }
    }
}
