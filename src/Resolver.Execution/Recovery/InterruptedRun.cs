using Resolver.Execution.Clusters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Recovery;

/// <summary>Finds and settles what a dead process left in a destination.</summary>
public static class InterruptedRun
{
    /// <summary>Takes back the broken step of the run that the lock names, and finishes an undo that was under way.
    /// Nothing where the lock names none.</summary>
    /// <param name="held">The lock of the destination.</param>
    /// <returns>What was done, for a person; null where there was nothing to do.</returns>
    /// <exception cref="IOException">It cannot be undone now; the lock still names the run.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public static ExecutionEvent.Settled? Settle(PrefixLock held)
    {
        if (held.LeftBy is not { } folder)
            return null;
        // First of all, whatever the record looks like: what still writes here must stop.
        OrphanProcesses.End(folder);
        ExecutionEvent.Settled? settled;
        try
        {
            settled = File.Exists(Path.Combine(folder, Journal.FileName))
                ? Settle(folder, held.Folder)
                : Unknown(folder);
        }
        catch (FormatException)
        {
            settled = Unknown(folder);
        }
        held.Name(null);
        return settled;
    }

    private static ExecutionEvent.Settled Unknown(string folder) =>
        new(
            folder,
            "was killed here and its record is missing or corrupt: what its last step left cannot be undone; 'resolver check' looks for damage"
        );

    private static ExecutionEvent.Settled? Settle(string folder, string locked)
    {
        var settings = RunSettings.Read(folder);
        if (settings.Destination.Base != locked)
            return Unknown(folder);
        SlurmBuilds.End(settings, folder);
        using var run = RunDirectory.Open(folder);
        using var journal = new Journal(folder, null);
        var plan = run.ReadPlan();
        var state = RunState.Of(Journal.Read(folder));
        var reversal = new StepReversal(run, settings, plan, journal);
        if (state.Status == RunStatus.Open && plan.Steps.Any(step => step.Action == StepAction.Remove))
        {
            RunUndo.Finish(run, state, reversal, journal);
            return new ExecutionEvent.Settled(folder, "was interrupted while it uninstalled; the uninstall was undone");
        }
        var said = "was interrupted between two steps";
        if (state.Broken is [var broken, ..])
        {
            reversal.RevertBroken(state);
            var step = plan.Steps.First(each => each.Order == broken.Order).Candidate;
            var others = state.Broken.Count - 1;
            said =
                others == 0
                    ? $"was interrupted at {step.Name} {step.Version}: that step was undone"
                    : $"was interrupted at {step.Name} {step.Version} and {others} installed with it: these steps were undone";
        }
        switch (state.Status)
        {
            case RunStatus.Undoing:
                RunUndo.Finish(state, reversal, journal);
                var edited = reversal.Edited.Where(each => each.Copy is null).Select(each => each.Path).ToList();
                return new ExecutionEvent.Settled(
                    folder,
                    "was interrupted while it was undone: that was finished"
                        + (
                            edited.Count == 0
                                ? ""
                                : $"; changed since its install, and kept: {string.Join(", ", edited)}"
                        )
                );
            case RunStatus.Open:
                journal.Write(new JournalEvent(JournalEventKind.RunInterrupted));
                return new ExecutionEvent.Settled(folder, said);
            default:
                return state.Broken.Count == 0 ? null : new ExecutionEvent.Settled(folder, said);
        }
    }
}
