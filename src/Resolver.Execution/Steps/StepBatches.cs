using Resolver.Execution.Destinations;

namespace Resolver.Execution.Steps;

/// <summary>Which steps one pip process installs. Starting pip takes longer than installing a wheel, so steps whose
/// wheels are there go together, in pieces small enough that an interruption costs little.</summary>
internal static class StepBatches
{
    private const int Most = 20;

    /// <summary>The first tasks that go together: always one at least.</summary>
    /// <param name="tasks">Those of a stage, in order; not empty.</param>
    /// <param name="targets">Where the files of a task will lie.</param>
    public static IReadOnlyList<StepTask> First(
        IReadOnlyList<StepTask> tasks,
        PlanPlaces places,
        Func<StepTask, IReadOnlyList<string>> targets
    )
    {
        // pip knows one prefix a process; its --target is led around (see StagedTarget) step by step.
        if (!places.IsShared || places.Of(tasks[0].Step) is InstallDestination.Target)
            return [tasks[0]];
        var together = new List<StepTask>();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var task in tasks.Take(Most))
        {
            var files = targets(task);
            // pip orders the wheels of one process as it likes; where two have the same file, the later one of the
            // plan must win. What is not known goes alone.
            if (together.Count > 0 && (files.Count == 0 || files.Any(taken.Contains)))
                break;
            together.Add(task);
            taken.UnionWith(files);
            if (files.Count == 0)
                break;
        }
        return together;
    }
}
