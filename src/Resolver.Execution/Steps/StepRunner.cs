using System.Diagnostics;
using System.Text;
using Resolver.Archives.Interpreters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>Carries out one step: check what it needs, take out what it replaces, run pip, compare the result with the plan; undo where anything fails.</summary>
internal sealed class StepRunner(
    Interpreter interpreter, InstallDestination destination, StepCommandBuilder commands, ExecutionOptions options, RunDirectory run, BuildRequirements requirements)
{
    private readonly IReadOnlyList<string> siteFolders = destination.SiteFolders(interpreter);

    /// <summary>Runs the step.</summary>
    /// <returns>Null where it succeeded.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the destination is as it was before the step.</exception>
    public async Task<ExecutionOutcome.StepFailed?> RunAsync(PlanStep step, int index, IProgress<ExecutionEvent>? progress, CancellationToken cancellation)
    {
        var watch = Stopwatch.StartNew();
        var scratch = run.ScratchOf(step);
        progress?.Report(new ExecutionEvent.StepStarted(step, index, run.LogOf(step)));
        Failure? failure;
        try
        {
            Directory.CreateDirectory(scratch);
            var command = commands.Build(step, scratch);
            run.WriteScript(command);
            failure = await UnmetAsync(step, command, cancellation) ?? await ReplaceAndInstallAsync(step, command, scratch, progress, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = new Failure(FailureCodes.FileSystem, exception.Message);
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
        progress?.Report(new ExecutionEvent.StepFailed(step, index, watch.Elapsed, failure.Reason));
        var log = run.LogOf(step);
        return new ExecutionOutcome.StepFailed(step, failure.Code, failure.Reason, LogTail.Of(log, options.LogTailLines), File.Exists(log) ? log : null, run.Path);
    }

    private sealed record Failure(string Code, string Reason);

    private async Task<Failure?> UnmetAsync(PlanStep step, StepCommand command, CancellationToken cancellation)
    {
        if (!BuildRequirements.Any(step)) return null;
        var (listing, problem) = await EnvironmentListing.AskAsync(interpreter, command.Environment, cancellation);
        if (listing is null) return new Failure(FailureCodes.BuildRequirementMissing, problem!);
        var missing = requirements.Missing(step, listing);
        return missing.Count == 0 ? null : new Failure(FailureCodes.BuildRequirementMissing, $"{Shown(step)} cannot be built: {string.Join("; ", missing)}");
    }

    private async Task<Failure?> ReplaceAndInstallAsync(PlanStep step, StepCommand command, string scratch, IProgress<ExecutionEvent>? progress, CancellationToken cancellation)
    {
        var replaced = new SavedFiles(run.SavedOf(step, "replaced"), destination.Base);
        var left = new SavedFiles(run.SavedOf(step, "left"), destination.Base);
        var done = false;
        DestinationSnapshot? before = null;
        try
        {
            foreach (var present in SiteFolder.List(siteFolders).Where(each => each.Name == step.Candidate.Name))
            {
                var (files, refusal) = Uninstallation.FilesOf(present, destination.Base);
                if (refusal is not null) return new Failure(FailureCodes.CannotReplace, refusal);
                replaced.Take(files, siteFolders);
                progress?.Report(new ExecutionEvent.VersionRemoved(step, present.ToString()));
            }
            before = new DestinationSnapshot([.. siteFolders, destination.ScriptFolder(interpreter)]);
            var failure = await InstallAsync(step, command, scratch, cancellation) ?? Mismatch(step);
            done = failure is null;
            return failure;
        }
        finally
        {
            if (!done)
            {
                // What a broken step left is kept in the run's directory: someone else may have written it in the meantime.
                if (before is not null) left.Take(before.New(), siteFolders);
                replaced.Restore();
            }
        }
    }

    private async Task<Failure?> InstallAsync(PlanStep step, StepCommand command, string scratch, CancellationToken cancellation)
    {
        ChildProcess.Ending ending;
        await using (var log = new StreamWriter(run.LogOf(step), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)))
        {
            await log.WriteLineAsync("$ " + command.Line);
            ending = await ChildProcess.RunAsync(command.Executable, command.Arguments, command.Environment, log, options.StepTimeout, cancellation);
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
    private Failure? Mismatch(PlanStep step)
    {
        var candidate = step.Candidate;
        var mine = SiteFolder.List(siteFolders).Where(each => each.Name == candidate.Name).ToList();
        return mine switch
        {
            [] => new Failure(FailureCodes.WrongResult, $"{Shown(step)}: pip reported success, but there is no {candidate.Name} in {string.Join(" or ", siteFolders)}"),
            [var only] when only.Version == candidate.Version => null,
            _ => new Failure(FailureCodes.WrongResult, $"{Shown(step)}: it installed {string.Join(" and ", mine)} instead of {candidate.Name} {candidate.Version}; it was taken out again"),
        };
    }

    private static string Shown(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";
}
