using System.CommandLine;
using Resolver.Application.Inputs;
using Resolver.Application.Planning;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver plan</c>: a consistent set from the archive, in order.</summary>
internal sealed class PlanCommand : CommandDefinition
{
    private readonly RequirementOptions requirements = new();
    private readonly SeveralEnvironmentsOptions several = new();
    private readonly PlanningOptions planning = new();
    private readonly FixOption fix = new();
    private readonly ProofOption proof = new();

    public PlanCommand()
        : base(
            "plan",
            "Choose consistent versions from the archive, and order them.",
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
        ) => Understand(requirements, several, planning, fix, proof);

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Plan the newest consistent versions", "resolver plan 'app>=2' -f archive/"),
        new(
            "Write a lock file for an empty environment",
            "resolver plan -r requirements.txt -f archive/ --no-installed -o pylock.toml"
        ),
        new("Write an HTML report", "resolver plan app -f archive/ -o plan.html"),
        new("Make one plan for every platform", "resolver plan app -f archive/ --universal"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        if (proof.Read(parsed) is { } file && fix.Read(parsed) is not null)
            throw CommandException.Usage(
                $"--proof {file} cannot be combined with --apply-fix",
                "the plan with a fix is the answer to another question"
            );
        using var session = await PlanningInput.OpenAsync(
            planning,
            parsed,
            context,
            requirements.Read(parsed),
            [],
            several.Read(parsed)
        );
        var report = new PlanReport(context, planning.Limits.Statistics(parsed), canApply: true);
        var (outcome, applied) = await session.PlanAsync(fix.Read(parsed));
        if (proof.Read(parsed) is { } path)
            Prove(session, outcome, path);
        if (outcome is not PlanOutcome.Planned planned)
            return report.WriteFailure(outcome);
        FixNote.Tell(applied, context.Typed ?? parsed, session, context.Diagnostics);
        session.Warn(planned.Plan, files: true);
        report.Write(planned);
        return ExitCode.Done;
    }

    private static void Prove(PlanningSession session, PlanOutcome outcome, string path)
    {
        try
        {
            if (!session.Prove(outcome, path))
                throw new CommandException(ExitCode.GaveUp, "gave up before the proof was complete");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw InputException.Unwritable(path, exception);
        }
    }
}
