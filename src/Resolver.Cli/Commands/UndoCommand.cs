using System.CommandLine;
using Resolver.Application.Inputs;
using Resolver.Archives.Files;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver undo</c>: undoes what a run did, file for file.</summary>
internal sealed class UndoCommand : CommandDefinition
{
    private readonly Argument<string?> run = new("RUN")
    {
        Description = "Id of a run, or the beginning of it; 'resolver runs' lists them.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<bool> last = new("--last")
    {
        Description = "Undo the newest run that has not been undone.",
    };

    private readonly Option<bool> force = new("--force")
    {
        Description = "Also delete installed files that were changed since; copies stay in the run's directory.",
    };

    public UndoCommand()
        : base("undo", "Undo an install run.", new OutputOptions(OutputFormat.Text))
    {
        Command.Add(run);
        Command.Add(last);
        Command.Add(force);
        Command.Validators.Add(result =>
        {
            if ((result.GetResult(run) is { Tokens.Count: > 0 }) == result.GetValue(last))
                result.AddError("undo: name either a run or --last");
        });
        Understand();
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Undo the newest run", "resolver undo --last"),
        new("Undo a run; the beginning of its id is enough", "resolver undo 20261122-1015"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var folder = parsed.GetValue(last) ? RecordedRun.Last() : RecordedRun.Find(parsed.GetValue(run)!);
        RecordedRun.Settings(folder);
        using var progress = new InstallProgress(context);
        try
        {
            switch (
                await RunUndo.RunAsync(
                    folder,
                    progress,
                    null,
                    context.Interruption,
                    deletesEdited: parsed.GetValue(force)
                )
            )
            {
                case UndoOutcome.Undone undone:
                    foreach (var each in undone.Edited)
                        context.Diagnostics.Warning(PlainText.Of(Said(each)));
                    context.Write(
                        PlainText.Of(
                            $"Undone: {Count.Of(undone.Steps, "step")} of run {Path.GetFileName(folder)} in "
                                + $"{undone.Destination}."
                        ) + "\n"
                    );
                    return ExitCode.Done;
                case UndoOutcome.Refused refused:
                    context.Diagnostics.Error(refused.Reason);
                    return ExitCode.StepFailed;
                default:
                    throw new InvalidOperationException();
            }
        }
        catch (FormatException exception)
        {
            throw CommandException.BadInput(exception.Message);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.StepFailed,
                FileFault.WithFile(exception),
                "run 'resolver undo' again to continue"
            );
        }
    }

    private static string Said(EditedFile file) =>
        file.Copy is null
            ? $"{file.Path} was changed since it was installed: it was kept; delete it if it is not needed"
            : $"{file.Path} was changed since it was installed: what it held is in {file.Copy}";
}
