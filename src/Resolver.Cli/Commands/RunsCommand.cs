using System.CommandLine;
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
    public RunsCommand()
        : base(
            "runs",
            "List install runs, the oldest first.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        ) => Understand();

    public override IReadOnlyList<CommandExample> Examples { get; } = [new("List install runs", "resolver runs")];

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
                context.Diagnostics.Warning($"{folder}: {exception.Message}");
            }
        }
        context.Write(context.Settings.Format == OutputFormat.Json ? RunsText.Json(runs) : RunsText.Of(runs));
        return Task.FromResult(ExitCode.Done);
    }
}
