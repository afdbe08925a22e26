using System.Collections.Concurrent;
using Resolver.Archives.Files;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>The wheels that a run has: built by it, now or before it was interrupted, or kept in the store by another
/// one. Safe for several threads.</summary>
internal sealed class BuiltWheels(ExecutionOptions options, RunDirectory run, Journal journal, RunState state)
{
    private readonly WheelStore? store = options.WheelFolder is { } folder ? new(Path.GetFullPath(folder)) : null;
    private readonly ConcurrentDictionary<int, ExpectedFile> wheels = [];
    private volatile bool isStoreBroken;

    /// <summary>That of a step, with the hash that it had when it was built; null where there is none.</summary>
    public ExpectedFile? Of(PlanStep step) => wheels.GetValueOrDefault(step.Order);

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
            wheels[step.Order] = new ExpectedFile(built.Path, built.Hash, built.IsEditable);
            return true;
        }
        if (key is null || store?.Find(key) is not { } kept || !HoldsItsRecord(kept.Path))
            return false;
        Note(step, kept);
        progress?.Report(new ExecutionEvent.WheelReused(step, kept.Path));
        return true;
    }

    /// <summary>Keeps a copy of what was built: in the store, else in the run's folder. A store that cannot be written
    /// (a full disk) is no longer used; the install continues.</summary>
    /// <exception cref="IOException">It cannot be written anywhere.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void Keep(PlanStep step, string? key, string wheel, IProgress<ExecutionEvent>? progress)
    {
        if (key is not null && store is not null && !isStoreBroken)
        {
            try
            {
                Note(step, store.Keep(key, wheel));
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                isStoreBroken = true;
                progress?.Report(
                    new ExecutionEvent.Noticed(
                        $"{options.WheelFolder} cannot be written, so built wheels are not cached: "
                            + FileFault.Reason(exception)
                    )
                );
            }
        }
        Note(step, InFolder(step, wheel));
    }

    /// <summary>Keeps a copy of an editable wheel in the run's folder: it is of use to this run only.</summary>
    /// <exception cref="IOException">It cannot be written anywhere.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public void KeepEditable(PlanStep step, string wheel) => Note(step, InFolder(step, wheel), isEditable: true);

    // The disk of the record may be the one that is full.
    private (string, string) InFolder(PlanStep step, string wheel)
    {
        var name = Path.GetFileName(wheel);
        var folder = run.WheelsOf(step);
        try
        {
            return (Path.Combine(folder, name), WheelStore.Place(wheel, folder));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            RunDirectory.DeleteFolder(folder);
            folder = run.ScratchOf(step) + ".wheel";
            return (Path.Combine(folder, name), WheelStore.Place(wheel, folder));
        }
    }

    // One that an earlier version stored was not checked then.
    private static bool HoldsItsRecord(string wheel)
    {
        try
        {
            return WheelRecord.Defect(wheel, isBuilt: true) is null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Note(PlanStep step, (string Path, string Hash) wheel, bool isEditable = false)
    {
        wheels[step.Order] = new ExpectedFile(wheel.Path, wheel.Hash, isEditable);
        journal.Write(
            new JournalEvent(JournalEventKind.WheelReady)
            {
                Order = step.Order,
                Text = wheel.Path,
                Hash = wheel.Hash,
                IsEditable = isEditable,
            }
        );
    }
}
