using System.CommandLine;
using Resolver.Archives.Files;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver runs</c>: what was installed when, and how it ended.</summary>
internal sealed class RunsCommand : CommandDefinition
{
    private readonly Option<bool> prune = new("--prune")
    {
        Description = "Delete the records of runs with nothing left to undo, and list these.",
    };
    private readonly Option<int?> days = new("--older-than")
    {
        HelpName = "DAYS",
        Description =
            "With --prune: delete those of all finished runs older than DAYS days, which can then not be undone.",
    };

    public RunsCommand()
        : base("runs", "List install runs, the oldest first.", new OutputOptions(OutputFormat.Text, OutputFormat.Json))
    {
        days.ReadWholeNumber(least: 0);
        Command.Add(prune);
        Command.Add(days);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(days) is not null && !result.GetValue(prune))
                result.AddError("--older-than goes with --prune");
        });
        Understand();
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("List install runs", "resolver runs"),
        new("Delete records older than 90 days", "resolver runs --prune --older-than 90"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var runs = new List<RunSummary>();
        foreach (var folder in StateFolder.All(RecordedRun.Runs))
        {
            try
            {
                runs.Add(RunSummary.Read(folder));
            }
            catch (Exception exception)
                when (exception is IOException or UnauthorizedAccessException or FormatException)
            {
                context.Diagnostics.Warning($"{folder}: {FileFault.WithFile(exception)}");
            }
        }
        if (parsed.GetValue(prune))
        {
            var before = parsed.GetValue(days) is { } age
                ? context.Clock.GetUtcNow().UtcDateTime - TimeSpan.FromDays(age)
                : default(DateTime?);
            runs = [.. runs.Where(run => IsOver(run, before))];
            foreach (var run in runs)
                Directory.Delete(run.Folder, recursive: true);
        }
        context.Write(
            context.Settings.Format == OutputFormat.Json ? RunsText.Json(runs) : RunsText.Of(runs, context.OutputWidth)
        );
        return Task.FromResult(ExitCode.Done);
    }

    // A run that failed or was interrupted may still be resumed.
    private static bool IsOver(RunSummary run, DateTime? before) =>
        run.Status == RunStatus.Undone
        || (run.Status == RunStatus.Finished && (run.Installed == 0 || run.Started < before));
}
