using Resolver.Execution.Clusters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Recovery;

/// <summary>Takes back a whole run: the files of each step are removed, the last step first, and what it replaced is
/// put back. What is removed is kept in the run's directory; what someone changed since stays.</summary>
public static class RunUndo
{
    /// <summary>Undoes it.</summary>
    /// <param name="runFolder">Absolute.</param>
    /// <param name="progress">Told of waiting for the lock, and of what was settled before.</param>
    /// <param name="journalWritten">Called after each line of the journal; null for none.</param>
    /// <param name="deletesEdited">Whether files that were changed since the run go as well; copies of them are
    /// kept.</param>
    /// <exception cref="IOException">The record cannot be read, or the destination cannot be written; a further
    /// attempt continues where this one ended.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    /// <exception cref="FormatException">The record is none.</exception>
    /// <exception cref="OperationCanceledException">Cancelled while waiting for the lock.</exception>
    public static async Task<UndoOutcome> RunAsync(
        string runFolder,
        IProgress<ExecutionEvent>? progress,
        Action<int>? journalWritten,
        CancellationToken cancellation,
        bool deletesEdited = false
    )
    {
        var settings = RunSettings.Read(runFolder);
        var origin = settings.Destination.Base;
        UndoOutcome outcome;
        using (
            var held = await PrefixLock.AcquireAsync(
                origin,
                () => progress?.Report(new ExecutionEvent.Waiting(origin)),
                cancellation
            )
        )
        {
            // What this very run left is part of what is undone.
            if (held.LeftBy != runFolder && InterruptedRun.Settle(held) is { } settled)
                progress?.Report(settled);
            using var run = RunDirectory.Open(runFolder);
            outcome = Undo(run, settings, held, journalWritten, deletesEdited);
        }
        if (outcome is UndoOutcome.Undone)
            DeleteCreated(settings);
        return outcome;
    }

    /// <summary>Goes through the steps that are left to be undone.</summary>
    internal static void Finish(RunState state, StepReversal reversal, Journal journal)
    {
        foreach (var (index, step) in state.Finished.Index().Reverse())
            reversal.Undo(step, state.Finished.Take(index));
        journal.Write(new JournalEvent(JournalEventKind.UndoFinished));
    }

    /// <summary>Undoes all that a run did, a broken step included.</summary>
    /// <returns>How many finished steps were undone.</returns>
    internal static int Finish(RunDirectory run, RunState state, StepReversal reversal, Journal journal)
    {
        if (state.Broken.Count > 0)
        {
            reversal.RevertBroken(state);
            state = RunState.Of(Journal.Read(run.Path));
        }
        Finish(state, reversal, journal);
        return state.Finished.Count;
    }

    private static UndoOutcome Undo(
        RunDirectory run,
        RunSettings settings,
        PrefixLock held,
        Action<int>? journalWritten,
        bool deletesEdited
    )
    {
        var plan = run.ReadPlan();
        OrphanProcesses.End(run.Path);
        SlurmBuilds.End(settings, run.Path);
        using var journal = new Journal(run.Path, journalWritten);
        var state = RunState.Of(Journal.Read(run.Path));
        if (state.Status == RunStatus.Undone && held.LeftBy is null)
            return new UndoOutcome.Refused("it has been undone already");
        if (Obstacle(run, state, settings, plan) is { } obstacle)
            return new UndoOutcome.Refused(obstacle);

        held.Name(run.Path);
        var reversal = new StepReversal(run, settings, plan, journal, deletesEdited);
        journal.Write(new JournalEvent(JournalEventKind.UndoStarted));
        var steps = Finish(run, state, reversal, journal);
        held.Name(null);
        return new UndoOutcome.Undone(
            steps,
            settings.Destination.Base,
            [.. reversal.Edited.OrderBy(each => each.Path, StringComparer.Ordinal)]
        );
    }

    // Looked at for all steps before anything is done: half an undo helps no one.
    private static string? Obstacle(RunDirectory run, RunState state, RunSettings settings, Plan plan)
    {
        var present = SiteFolder.List(settings.SiteFolders);
        var origin = settings.Destination.Base;
        foreach (var step in state.Finished)
        {
            var files = step
                .Added.Concat(step.Removed)
                .Concat(step.Overwritten)
                .Select(file => Path.Combine(origin, file));
            if (UnchangeableFolder.Of(files, [origin, .. settings.SiteFolders]) is { } folder)
                return $"it cannot be undone now: {UnchangeableFolder.Reason(folder)}";
        }
        foreach (var step in state.Finished.Where(step => !step.Undoing))
        {
            var planned = plan.Steps.First(each => each.Order == step.Order);
            var candidate = planned.Candidate;
            var mine = present.Where(each => each.Name == candidate.Name).ToList();
            if (planned.Action == StepAction.Remove)
            {
                if (mine is [var other, ..])
                    return $"{candidate.Name} {candidate.Version} was removed by this run, and {other} is there now: uninstall it first";
                if (step.Removed.FirstOrDefault(file => IsOccupied(run, settings, step, file)) is { } occupied)
                    return $"{TerminalText.OneLine(occupied)} was removed by this run, and is there again with other content: move it away first";
                continue;
            }
            // A later attempt at the same step of the same run stands for the earlier one.
            if (state.Finished.Any(later => later != step && later.Order == step.Order) && mine.Count == 1)
                continue;
            if (mine is not [var only] || only.Version != candidate.Version)
            {
                var found = mine.Count == 0 ? "it is gone" : $"there is {string.Join(" and ", mine)}";
                return $"{candidate.Name} {candidate.Version} is not as this run left it ({found}): undo the later runs first ('resolver runs' lists them), or put it back by hand";
            }
            if (!RecordFile.IsThere(Path.Combine(only.Path, "RECORD")))
                return $"{only.Path} has no RECORD of its files any more: nothing was removed; install {candidate.Name} {candidate.Version} again with --reinstall, then undo both runs";
        }
        return null;
    }

    private static bool IsOccupied(RunDirectory run, RunSettings settings, StepRecord step, string file)
    {
        var (there, saved) = (
            Path.Combine(settings.Destination.Base, file),
            Path.Combine(run.Path, step.Saved, "replaced", file)
        );
        return File.Exists(there) && File.Exists(saved) && !FileContent.Equals(there, saved);
    }

    private static void DeleteCreated(RunSettings settings)
    {
        foreach (var folder in settings.CreatedFolders.Reverse())
        {
            if (!Directory.Exists(folder) || Directory.EnumerateFileSystemEntries(folder).Any())
                return;
            Directory.Delete(folder);
        }
    }
}
