using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver missing</c>: the shortest list of what to add to the archive so that a plan exists.</summary>
internal sealed class MissingCommand : CommandDefinition
{
    private readonly RequirementOptions requirements = new();
    private readonly Option<string[]> batch = new("--batch")
    {
        HelpName = "PATH",
        Description = "Take exactly these archives, trees, or directories of them, as 'order' does.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly PlanningOptions planning = new();

    public MissingCommand()
        : base(
            "missing",
            "List the fewest files to add to the archive so that a plan exists.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json, OutputFormat.Requirements)
        )
    {
        batch.RejectOptions();
        Command.Add(batch);
        Understand(requirements, planning);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("List what to add so that a plan exists", "resolver missing app -f archive/"),
        new(
            "Write the list as a requirement file for a machine with a network",
            "resolver missing app -f archive/ --format requirements -o fetch.txt"
        ),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var given = parsed.GetValue(batch) ?? [];
        var asked = requirements.Read(parsed);
        if (given.Length > 0 && !asked.IsEmpty)
            throw CommandException.Usage("missing takes requirements or --batch, not both");
        using var session = await PlanningInput.OpenAsync(
            planning,
            parsed,
            context,
            given.Length > 0 ? null : asked,
            given
        );
        if (given.Length > 0)
        {
            SkippedFiles.Tell(session.Batch, given, context.Notices);
            // Of two files that contradict each other nobody can say which is meant.
            if (await session.SettleBatchAsync(given) is PlanOutcome.BadInput bad)
                return new PlanReport(context, planning.Limits.Statistics(parsed)).WriteFailure(bad);
        }
        else
        {
            await session.SettleAsync();
        }

        var list = MissingProjects.Find(session.Question(given), session.Limits, session.Interruption);
        session.Interruption.ThrowIfCancellationRequested();
        if (list is null)
            throw new CommandException(
                ExitCode.GaveUp,
                $"gave up within {LimitOptions.Describe(planning.Limits.Read(parsed))}"
            );
        if (list.Remaining is { } remaining)
        {
            // Nothing that could be added would help: that is the answer, and not the one hoped for.
            new PlanReport(context, planning.Limits.Statistics(parsed)).Write(remaining);
            return ExitCode.Impossible;
        }

        context.Write(
            context.Settings.Format switch
            {
                OutputFormat.Json => MissingText.Json(list),
                OutputFormat.Requirements => MissingText.Requirements(list),
                _ => MissingText.Of(list, context.Paint),
            }
        );
        return list.BeyondHelp.Count > 0 ? ExitCode.Impossible : ExitCode.Done;
    }
}
