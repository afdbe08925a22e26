using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver order</c>: the install order of exactly a batch.</summary>
internal sealed class OrderCommand : CommandDefinition
{
    private readonly Argument<string[]> paths = new("PATH")
    {
        Description = "An archive, an unpacked tree, a directory of them, or FILE#subdirectory=REL.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> keepGoing = new("--keep-going")
    {
        Description =
            "Order as many projects as possible, with the newest versions, and explain why the others are left out "
            + "(exit code 1).",
    };
    private readonly PlanningOptions planning = new();
    private readonly FixOption fix = new();

    public OrderCommand()
        : base(
            "order",
            "Order exactly these archives, build requirements included.",
            new OutputOptions(
                OutputFormat.Text,
                OutputFormat.Tree,
                OutputFormat.Json,
                OutputFormat.Pylock,
                OutputFormat.Requirements,
                OutputFormat.Dot,
                OutputFormat.Mermaid,
                OutputFormat.Html,
                OutputFormat.CycloneDx
            )
        )
    {
        paths.RejectOptions();
        Command.Add(paths);
        Command.Add(keepGoing);
        Understand(planning, fix);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Order everything in a directory", "resolver order batch/"),
        new("Order as much of it as possible, and explain the rest", "resolver order batch/ --keep-going"),
        new("Apply the second fix of the explanation", "resolver order batch/ --apply-fix 2"),
        new(
            "Take build requirements from an archive, and write the plan to install it later",
            "resolver order batch/ -f archive/ -o plan.json"
        ),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var given = parsed.GetValue(paths)!;
        var keepsGoing = parsed.GetValue(keepGoing);
        var number = fix.Read(parsed);
        if (keepsGoing && number is not null)
            throw CommandException.Usage("--apply-fix cannot be combined with --keep-going", "use one of them");
        using var session = await PlanningInput.OpenAsync(planning, parsed, context, null, given);
        if (!keepsGoing)
            SkippedFiles.Tell(session.Batch, given, context.Notices);
        var report = new PlanReport(context, planning.Limits.Statistics(parsed), canApply: true, canKeepGoing: true);
        var (outcome, applied) = keepsGoing
            ? (await session.OrderAsync(given, keepGoing: true), [])
            : await session.OrderAsync(given, number);
        if (outcome is not PlanOutcome.Planned planned)
            return report.WriteFailure(outcome);
        FixNote.Tell(applied, context.Typed ?? parsed, session, context.Diagnostics);
        session.Warn(planned.Plan, files: true);
        report.Write(planned);
        return planned.Plan.LeftOut.Count > 0 ? ExitCode.Impossible : ExitCode.Done;
    }
}
