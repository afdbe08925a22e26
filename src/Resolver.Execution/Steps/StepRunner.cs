using System.Diagnostics;
using System.Text;
using Resolver.Archives.Interpreters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Recovery;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>Carries out one step: check what it needs, take out what it replaces, run pip, compare the result with the plan; undo where anything fails.
/// Each effect stands in the journal before it happens.</summary>
internal sealed class StepRunner(
    Interpreter interpreter, InstallDestination destination, StepCommandBuilder commands, ExecutionOptions options, RunDirectory run, Journal journal, StepReversal reversal, BuildRequirements requirements)
{
    private readonly IReadOnlyList<string> siteFolders = destination.SiteFolders(interpreter);

    /// <summary>Whether a step left something in the destination that could not be taken back now.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Runs the step.</summary>
    /// <param name="attempt">From 1; more where a run is resumed.</param>
    /// <returns>Null where it succeeded.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the destination is as it was before the step.</exception>
    public async Task<ExecutionOutcome.StepFailed?> RunAsync(PlanStep step, int index, int attempt, IProgress<ExecutionEvent>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var scratch = run.ScratchOf(step);
        progress?.Report(new ExecutionEvent.StepStarted(step, index, run.LogOf(step)));
        Failure? failure;
        try
        {
            failure = await CarryOutAsync(step, RunDirectory.SavedOf(step, attempt), scratch, progress, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = new Failure(FailureCodes.FileSystem, exception.Message);
        }
        catch (OperationCanceledException)
        {
            if (TakeBack() is { } problem) throw new OperationCanceledException(problem, cancellation);
            throw;
        }
        finally
        {
            RunDirectory.DeleteFolder(scratch);
        }

        if (failure is null)
        {
            progress?.Report(new ExecutionEvent.StepFinished(step, index, watch.Elapsed));
            return null;
        }
        var reason = TakeBack() is { } stuck ? $"{failure.Reason}; {stuck}" : failure.Reason;
        Note(new JournalEvent(JournalEventKind.StepFailed) { Order = step.Order, Text = reason });
        progress?.Report(new ExecutionEvent.StepFailed(step, index, watch.Elapsed, reason));
        var log = run.LogOf(step);
        return new ExecutionOutcome.StepFailed(step, failure.Code, reason, LogTail.Of(log, options.LogTailLines), File.Exists(log) ? log : null, run.Path);
    }

    private sealed record Failure(string Code, string Reason);

    private async Task<Failure?> CarryOutAsync(PlanStep step, string savedFolder, string scratch, IProgress<ExecutionEvent>? progress, CancellationToken cancellation)
    {
        Directory.CreateDirectory(scratch);
        var command = commands.Build(step, scratch);
        run.WriteScript(command);
        if (await UnmetAsync(step, command, cancellation) is { } unmet) return unmet;

        journal.Write(new JournalEvent(JournalEventKind.StepStarted) { Order = step.Order, Text = savedFolder });
        var replaced = new SavedFiles(Path.Combine(run.Path, savedFolder, "replaced"), destination.Base);
        foreach (var present in SiteFolder.List(siteFolders).Where(each => each.Name == step.Candidate.Name))
        {
            var (paths, refusal) = Uninstallation.FilesOf(present, destination.Base);
            if (refusal is not null) return new Failure(FailureCodes.CannotReplace, refusal);
            var files = paths.Select(path => DestinationFiles.Relative(destination.Base, path)).ToList();
            replaced.Save(files);
            journal.Write(new JournalEvent(JournalEventKind.Removing) { Order = step.Order, Files = files, Text = present.ToString() });
            replaced.Delete(files, siteFolders);
            journal.Write(new JournalEvent(JournalEventKind.Removed) { Order = step.Order });
            progress?.Report(new ExecutionEvent.VersionRemoved(step, present.ToString()));
        }

        journal.Write(new JournalEvent(JournalEventKind.Installing) { Order = step.Order });
        if (await InstallAsync(step, command, scratch, cancellation) is { } failure) return failure;
        var mine = SiteFolder.List(siteFolders).Where(each => each.Name == step.Candidate.Name).ToList();
        if (Mismatch(step, mine) is { } mismatch) return mismatch;
        journal.Write(new JournalEvent(JournalEventKind.Installed) { Order = step.Order, Files = [.. mine.SelectMany(each => Ownership.FilesOf(each, destination.Base))] });
        journal.Write(new JournalEvent(JournalEventKind.StepFinished) { Order = step.Order });
        return null;
    }

    private async Task<Failure?> UnmetAsync(PlanStep step, StepCommand command, CancellationToken cancellation)
    {
        if (!BuildRequirements.Any(step)) return null;
        var (listing, problem) = await EnvironmentListing.AskAsync(interpreter, command.Environment, cancellation);
        if (listing is null) return new Failure(FailureCodes.BuildRequirementMissing, problem!);
        var missing = requirements.Missing(step, listing);
        return missing.Count == 0 ? null : new Failure(FailureCodes.BuildRequirementMissing, $"{Shown(step)} cannot be built: {string.Join("; ", missing)}");
    }

    private async Task<Failure?> InstallAsync(PlanStep step, StepCommand command, string scratch, CancellationToken cancellation)
    {
        ChildProcess.Ending ending;
        await using (var log = new StreamWriter(run.LogOf(step), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            await log.WriteLineAsync("$ " + command.Line);
            ending = await ChildProcess.RunAsync(command.Executable, command.Arguments, command.Environment.With(OrphanProcesses.Variable, run.Path), log, options.StepTimeout, cancellation);
        }
        // Ctrl-C reaches pip as well, which may end before this process has heard of it.
        cancellation.ThrowIfCancellationRequested();
        if (ending.Fault is { } fault) return new Failure(ending.TimedOut ? FailureCodes.TimedOut : FailureCodes.FrontendFailed, $"{Shown(step)}: {fault}");
        if (ending.ExitCode != 0) return new Failure(FailureCodes.FrontendFailed, $"{Shown(step)}: pip ended with exit code {ending.ExitCode}");
        if (destination is InstallDestination.Target && Directory.Exists(StepCommandBuilder.StageOf(scratch))
            && StagedTarget.Merge(StepCommandBuilder.StageOf(scratch), destination.Base) is { } conflict)
            return new Failure(FailureCodes.FileConflict, $"{Shown(step)}: {TerminalText.OneLine(conflict)} is there already, from another project, with other content");
        return null;
    }

    // A wrong order can succeed without a word: a version taken from a tool that was not there becomes 0.0.0, exit code 0.
    private Failure? Mismatch(PlanStep step, List<InstalledProject> mine)
    {
        var candidate = step.Candidate;
        return mine switch
        {
            [] => new Failure(FailureCodes.WrongResult, $"{Shown(step)}: pip reported success, but there is no {candidate.Name} in {string.Join(" or ", siteFolders)}"),
            [var only] when only.Version == candidate.Version => null,
            _ => new Failure(FailureCodes.WrongResult, $"{Shown(step)}: it installed {string.Join(" and ", mine)} instead of {candidate.Name} {candidate.Version}; it was taken out again"),
        };
    }

    /// <summary>Takes back what the step did; null where that succeeded, else what to say.</summary>
    private string? TakeBack()
    {
        // pip and what it started are dead, but for what has left its process tree.
        OrphanProcesses.End(run.Path);
        try
        {
            var state = RunState.Of(Journal.Read(run.Path));
            if (state.Broken is not null) reversal.RevertBroken(state);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            IsBroken = true;
            return $"what it left cannot be taken back now ({exception.Message}): 'resolver install --resume {Path.GetFileName(run.Path)}' or the next install does";
        }
    }

    // A full disk takes no further line; the failure is told all the same.
    private void Note(JournalEvent entry)
    {
        try
        {
            journal.Write(entry);
        }
        catch (IOException)
        {
            // See above.
        }
    }

    private static string Shown(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";
}
