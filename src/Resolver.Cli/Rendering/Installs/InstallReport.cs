using System.Globalization;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Context;
using Resolver.Cli.Terminal;
using Resolver.Execution;
using Resolver.Execution.Outcomes;

namespace Resolver.Cli.Rendering.Installs;

/// <summary>How an installation ended.</summary>
/// <param name="tally">What was told of it while it ran.</param>
/// <param name="isAside">Whether standard output holds something else, and this goes to standard error.</param>
internal sealed class InstallReport(CommandContext context, InstallTally tally, bool isAside = false)
{
    /// <param name="destination">Where it went.</param>
    /// <returns>The exit code.</returns>
    public int Write(ExecutionOutcome outcome, string destination)
    {
        switch (outcome)
        {
            case ExecutionOutcome.Completed completed:
                Completed(completed, destination);
                return ExitCode.Done;
            case ExecutionOutcome.PartlyCompleted partly:
                PartlyCompleted(partly, destination);
                return ExitCode.StepFailed;
            case ExecutionOutcome.StepFailed failed:
                Failed(failed, context);
                Ways(failed.RunFolder);
                return failed.Code is FailureCodes.HashMismatch or FailureCodes.ArchiveMissing
                    ? ExitCode.BadInput
                    : ExitCode.StepFailed;
            case ExecutionOutcome.Refused refused:
                context.Diagnostics.Error(refused.Reason);
                return
                    refused.Code
                        is FailureCodes.DestinationNotWritable
                            or FailureCodes.FileSystem
                            or FailureCodes.FileConflict
                            or FailureCodes.RunUndone
                    ? ExitCode.StepFailed
                    : ExitCode.BadInput;
            case ExecutionOutcome.Interrupted interrupted:
                context.Diagnostics.Error(
                    interrupted.Step is { } step
                        ? $"interrupted at {step.Candidate.Name} {step.Candidate.Version}; the steps before it stay "
                            + $"installed"
                        : "interrupted; nothing was installed"
                );
                if (interrupted.RunFolder is { } run)
                    Ways(run);
                return ExitCode.Interrupted;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome));
        }
    }

    private void Completed(ExecutionOutcome.Completed completed, string destination)
    {
        var said =
            completed.Installed == 0
                ? $"Everything is already installed in {destination}."
                : string.Create(
                    CultureInfo.InvariantCulture,
                    $"Installed {Count.Of(completed.Installed, "distribution")} into {destination} in "
                        + $"{completed.Duration.TotalSeconds:0.0} s: {tally.Text()}."
                );
        Result(string.Concat(tally.Replaced.Select(each => each + "\n")) + said);
        if (completed.Installed > 0)
            context.Diagnostics.Note($"run {Path.GetFileName(completed.RunFolder)}; undo it with 'resolver undo'");
        if (context.Settings.Verbose && completed.Installed > 0)
            context.Diagnostics.Note($"logs: {completed.RunFolder}");
    }

    /// <summary>Says why a step failed, with the end of its log.</summary>
    public static void Failed(ExecutionOutcome.StepFailed failed, CommandContext context)
    {
        var candidate = failed.Step.Candidate;
        foreach (var line in failed.LogTail)
            context.Error.WriteLine($"    {PlainText.Of(line)}");
        context.Diagnostics.Error(
            $"step {failed.Step.Order}, {candidate.Name} {candidate.Version} ({candidate.Path}): {failed.Reason}"
        );
        if (failed.LogPath is { } log)
            context.Diagnostics.Hint($"the whole log: {log}");
    }

    private void PartlyCompleted(ExecutionOutcome.PartlyCompleted partly, string destination)
    {
        foreach (var failed in partly.Failures)
            Failed(failed, context);
        var installed = Count.Of(partly.Installed.Count, "distribution");
        var names = string.Join(", ", partly.Installed.Select(NotInstalled.NameOf));
        var lines = new List<string>(tally.Replaced)
        {
            string.Create(
                CultureInfo.InvariantCulture,
                $"Installed {installed} into {destination} in {partly.Duration.TotalSeconds:0.0} s: {tally.Text()}."
            ),
        };
        if (names.Length > 0)
            lines.Add($"Installed: {names}");
        lines.Add("Not installed:");
        lines.AddRange(
            NotInstalled.Of(partly).Select(each => $"  {each.Name} {each.Version} ({each.Path}): {each.Reason}")
        );
        lines.AddRange(
            partly.Incomplete.Select(each =>
                $"{NotInstalled.NameOf(each.Step)} is installed, but requires {NotInstalled.NameOf(each.Because)}, "
                + $"which failed"
            )
        );
        Result(string.Join('\n', lines));
        var run = Path.GetFileName(partly.RunFolder);
        context.Diagnostics.Hint(
            $"'resolver install --resume {run}' retries what is not installed, 'resolver undo {run}' undoes the run"
        );
    }

    // In the form for people this is part of the result; other forms are the plan and nothing else.
    private void Result(string said)
    {
        if (context.Settings is { Format: OutputFormat.Text, File: null } && !isAside)
            context.Write(string.Concat(PlainText.Lines(said).Select(line => line + "\n")));
        else
            foreach (var line in PlainText.Lines(said))
                context.Diagnostics.Note(line);
    }

    private void Ways(string runFolder)
    {
        var run = Path.GetFileName(runFolder);
        context.Diagnostics.Hint(
            $"'resolver install --resume {run}' continues the run, 'resolver undo {run}' undoes it"
        );
    }

    /// <summary>Says what a run would come to (<c>--dry-run</c>).</summary>
    public static string Of(IReadOnlyList<StepPreview> previews, string destination)
    {
        if (previews.Count == 0)
            return $"Everything is already installed in {PlainText.Of(destination)}.\n";
        var text = new StringBuilder();
        foreach (var preview in previews.Where(preview => preview.Replaces is not null))
            text.Append(
                    PlainText.Of(
                        $"{preview.Step.Candidate.Name} {preview.Step.Candidate.Version} in place of {preview.Replaces}"
                    )
                )
                .Append('\n');
        var before = previews.Count(preview => preview.IsBuiltBefore);
        var built = previews.Count(preview => preview.Step.Candidate.IsBuilt) - before;
        text.Append($"Would install {Count.Of(previews.Count, "distribution")} into {PlainText.Of(destination)}: ")
            .Append(
                $"{built} to build, {(before > 0 ? $"{before} built before, " : "")}{SizeText.Of(previews.Sum(preview => preview.Size))} of archives. Nothing was done.\n"
            );
        return text.ToString();
    }
}
