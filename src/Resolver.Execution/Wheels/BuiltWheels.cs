using System.Collections.Concurrent;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>The wheels that a run has: built by it, now or before it was interrupted, or kept in the store by another
/// one. Safe for several threads.</summary>
internal sealed class BuiltWheels(ExecutionOptions options, RunDirectory run, Journal journal, RunState state)
{
    private readonly WheelStore? store = options.WheelFolder is { } folder ? new(Path.GetFullPath(folder)) : null;
    private readonly ConcurrentDictionary<int, string> wheels = [];

    /// <summary>That of a step; null where there is none.</summary>
    public string? Of(PlanStep step) => wheels.GetValueOrDefault(step.Order);

    /// <summary>Takes a wheel that was built before; what this very run has built counts without a store, and where a
    /// tree has no key.</summary>
    /// <param name="key">Its <see cref="WheelKey"/>; null where it has none.</param>
    /// <returns>Whether there is one whose content is what it was.</returns>
    public bool TryTake(PlanStep step, string? key, IProgress<ExecutionEvent>? progress)
    {
        if (
            state.Wheels.TryGetValue(step.Order, out var built)
            && File.Exists(built.Path)
            && WheelStore.HashOf(built.Path) == built.Hash
        )
        {
            wheels[step.Order] = built.Path;
            return true;
        }
        if (key is null || store?.Find(key) is not { } kept)
            return false;
        Note(step, kept);
        progress?.Report(new ExecutionEvent.WheelReused(step, kept.Path));
        return true;
    }

    /// <summary>Keeps a copy of what was built: in the store, else in the run's folder.</summary>
    /// <exception cref="IOException">It cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Keep(PlanStep step, string? key, string wheel)
    {
        var folder = run.WheelsOf(step);
        Note(
            step,
            key is not null && store is not null
                ? store.Keep(key, wheel)
                : (Path.Combine(folder, Path.GetFileName(wheel)), WheelStore.Place(wheel, folder))
        );
    }

    private void Note(PlanStep step, (string Path, string Hash) wheel)
    {
        wheels[step.Order] = wheel.Path;
        journal.Write(
            new JournalEvent(JournalEventKind.WheelReady)
            {
                Order = step.Order,
                Text = wheel.Path,
                Hash = wheel.Hash,
            }
        );
    }
}
