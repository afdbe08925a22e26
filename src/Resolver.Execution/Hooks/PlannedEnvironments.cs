using Resolver.Execution.Verification;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Hooks;

/// <summary>What a plan provides for each build: of the install set itself what the build uses; or, where builds are
/// apart, the environment that it has for itself.</summary>
public sealed class PlannedEnvironments
{
    private readonly BuildRequirements requirements;
    private readonly Dictionary<Candidate, PlanStep> steps;
    private readonly Dictionary<Candidate, (PlanStep Step, IReadOnlyList<PlanStep> Environment)> builds = [];

    /// <param name="plan">For one environment.</param>
    public PlannedEnvironments(Plan plan)
    {
        Plan = plan;
        requirements = new BuildRequirements(plan);
        steps = plan.Steps.ToDictionary(step => step.Candidate);
        foreach (var (index, build) in plan.Builds.Index())
            builds.Add(
                build.Candidate,
                (
                    new PlanStep(
                        plan.Steps.Count + index + 1,
                        build.Stage,
                        StepAction.Install,
                        build.Candidate,
                        build.Requires,
                        []
                    ),
                    build.Steps
                )
            );
    }

    public Plan Plan { get; }

    /// <summary>The builds that are apart, as steps, those first that others need; empty where none is.</summary>
    public IEnumerable<PlanStep> Apart => builds.Values.Select(each => each.Step);

    /// <summary>The step for what is chosen: of the plan, or of what is only built; null where it is neither.</summary>
    public PlanStep? StepOf(Candidate candidate) =>
        steps.TryGetValue(candidate, out var step) ? step
        : builds.TryGetValue(candidate, out var build) ? build.Step
        : null;

    /// <summary>What a build sees of the plan, kept steps included, in the order of the plan.</summary>
    /// <param name="step">It need not be in the plan; what it requires to be built is.</param>
    public IReadOnlyList<PlanStep> Of(PlanStep step) =>
        builds.TryGetValue(step.Candidate, out var build)
            ? build.Environment
            : [.. requirements.Providers(step).Select(each => steps[each]).OrderBy(each => each.Order)];

    /// <summary>Everything that takes part in a build: what it sees, what the builds of that see, and so on; those
    /// first that others need.</summary>
    public IReadOnlyList<PlanStep> Below(PlanStep step)
    {
        var found = new Dictionary<Candidate, PlanStep>();
        var queue = new Queue<PlanStep>(Of(step));
        while (queue.TryDequeue(out var next))
        {
            if (
                !found.TryAdd(next.Candidate, builds.TryGetValue(next.Candidate, out var build) ? build.Step : next)
                || next is not { Action: StepAction.Install, Candidate.IsBuilt: true }
            )
                continue;
            foreach (var each in Of(next))
                queue.Enqueue(each);
        }
        return [.. found.Values.OrderBy(each => each.Order)];
    }
}
