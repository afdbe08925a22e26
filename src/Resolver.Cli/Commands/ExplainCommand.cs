using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Cli.Configuration;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Rendering.Pages;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Cycles;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver explain</c>: why there is no consistent set, why something is in the plan, or why it is
/// not.</summary>
internal sealed class ExplainCommand : CommandDefinition
{
    /// <summary>Conflicts that <c>--all</c> looks for at most.</summary>
    private const int MostConflicts = 16;

    private readonly RequirementOptions requirements = new();
    private readonly Option<string[]> batch = new("--batch")
    {
        HelpName = "PATH",
        Description = "Take exactly these archives, trees, or directories of them, as 'order' does.",
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly Option<bool> all = new("--all") { Description = "Explain every minimal conflict." };
    private readonly Option<bool> cycles = new("--cycles")
    {
        Description = "List every build dependency cycle and the cheapest way to break it.",
    };
    private readonly Option<string?> why = new("--why")
    {
        HelpName = "NAME",
        Description = "Explain why the plan contains this project.",
    };
    private readonly Option<string?> whyNot = new("--why-not")
    {
        HelpName = "NAME[==V]",
        Description = "Explain why the plan does not contain this version, or without V, no newer version.",
    };
    private readonly Option<string[]> whyBefore = new("--why-before")
    {
        HelpName = "NAME NAME",
        Description = "Explain why the first project is installed before the second.",
        Arity = new ArgumentArity(2, 2),
        AllowMultipleArgumentsPerToken = true,
    };
    private readonly SeveralEnvironmentsOptions several = new();
    private readonly PlanningOptions planning = new();
    private readonly FixOption fix = new();

    public ExplainCommand()
        : base(
            "explain",
            "Explain why no plan exists, or why a plan contains something or not.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json, OutputFormat.Html)
        )
    {
        batch.RejectOptions();
        why.RejectOptions();
        whyNot.RejectOptions();
        whyBefore.RejectOptions();
        foreach (var option in new Option[] { batch, all, cycles, why, whyNot, whyBefore })
            Command.Add(option);
        Command.Validators.Add(result =>
        {
            if (
                new Option[] { all, cycles, why, whyNot, whyBefore }.Count(option =>
                    result.GetResult(option) is { Implicit: false }
                ) > 1
            )
                result.AddError("--all, --cycles, --why, --why-not and --why-before cannot be combined");
        });
        Understand(requirements, several, planning, fix);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Explain why no plan exists", "resolver explain 'app>=2' -f archive/"),
        new("Explain why it contains a project", "resolver explain app -f archive/ --why numpy"),
        new("Explain why it does not contain a version", "resolver explain app -f archive/ --why-not 'numpy==2.1'"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        PackageName? wanted = parsed.GetValue(why) is { } name ? Name("--why", name) : null;
        var unwanted = parsed.GetValue(whyNot) is { } text ? RequirementReader.ReadArgument(text) : null;
        var pair = (parsed.GetValue(whyBefore) ?? []).Select(each => Name("--why-before", each)).ToList();
        var environments = several.Read(parsed);
        var given = parsed.GetValue(batch) ?? [];
        var asksOfOne =
            wanted is not null
            || unwanted is not null
            || pair.Count > 0
            || parsed.GetValue(all)
            || parsed.GetValue(cycles)
            || given.Length > 0;
        if (!environments.IsEmpty && asksOfOne)
            throw CommandException.Usage(
                "--all, --cycles, --why, --why-not, --why-before and --batch support one environment only",
                "replace --universal and --environment by --python-version and --python-platform"
            );
        var asked = requirements.Read(parsed);
        if (given.Length > 0 && !asked.IsEmpty)
            throw CommandException.Usage("explain takes requirements or --batch, not both");
        if (fix.Read(parsed) is not null && parsed.GetValue(all))
            throw CommandException.Usage("--apply-fix cannot be combined with --all");

        using var session = await PlanningInput.OpenAsync(
            planning,
            parsed,
            context,
            given.Length > 0 ? null : asked,
            given,
            environments
        );
        var report = new PlanReport(context, planning.Limits.Statistics(parsed), canApply: true);
        if (unwanted is not null)
            return await AnswerWhyNotAsync(session, unwanted, context);

        if (parsed.GetValue(cycles))
            return await WriteCyclesAsync(session, given, context);

        var (outcome, applied) =
            given.Length > 0
                ? await session.OrderAsync(given, fix.Read(parsed))
                : await session.PlanAsync(fix.Read(parsed));
        FixNote.Tell(applied, context.Typed ?? parsed, session, context.Diagnostics);
        if (outcome is not PlanOutcome.Planned planned)
            return outcome is PlanOutcome.Impossible impossible && parsed.GetValue(all)
                ? WriteAll(session, given, impossible, report)
                : report.WriteFailure(outcome);
        var json = context.Settings.Format == OutputFormat.Json;
        if (context.Settings.Format == OutputFormat.Html && pair.Count == 0)
        {
            context.Write(
                PlanPage.Of(
                    planned.Plan,
                    planned.Proven,
                    PlanAnnex.Of(planned.Plan, context.Clock, context.Interruption),
                    wanted
                )
            );
        }
        else if (wanted is { } project)
        {
            var answer = PlanQuestions.Why(planned.Plan, project);
            context.Write(
                json
                    ? WhyJson.Of(project, answer)
                    : WhyText.Of(
                        project,
                        answer,
                        context.Paint,
                        NearestName.To(
                            project.Normalized,
                            planned.Plan.Steps.Select(step => step.Candidate.Name.Normalized)
                        )
                    )
            );
        }
        else if (pair is [var first, var second])
        {
            var answer = PlanQuestions.WhyBefore(planned.Plan, first, second);
            Answer(
                context,
                $"Why {first} before {second}?",
                () => WhyJson.Of(first, second, answer),
                paint => WhyText.Of(answer, paint)
            );
        }
        else
        {
            context.Write(json ? WhyJson.NothingToExplain() : WhyText.NothingToExplain(planned.Plan));
        }

        return ExitCode.Done;
    }

    private static async Task<int> AnswerWhyNotAsync(
        PlanningSession session,
        Packaging.Requirements.Requirement unwanted,
        CommandContext context
    )
    {
        if (session.Batch.Count > 0)
            throw CommandException.Usage(
                "--why-not requires requirements: a batch has exactly one version of each project"
            );
        await session.SettleAsync();
        await session.SettleAsync(unwanted);
        var answer =
            unwanted.Specifier.Specifiers.Count == 0 && unwanted.Url is null && unwanted.Extras.Count == 0
                ? PlanQuestions.WhyNotNewer(
                    session.Source,
                    session.Request,
                    unwanted.Name,
                    session.Limits,
                    session.Interruption
                )
                : PlanQuestions.WhyNot(session.Source, session.Request, unwanted, session.Limits, session.Interruption);
        if (answer is WhyNotAnswer.GaveUp gaveUp)
            throw new CommandException(ExitCode.GaveUp, $"gave up: {gaveUp.Limit}");
        if (context.Settings.Format == OutputFormat.Html && answer is WhyNotAnswer.Impossible impossible)
            context.Write(ExplanationPage.Of(impossible.Explanation, $"Why not {unwanted}?"));
        else
            Answer(
                context,
                $"Why not {unwanted}?",
                () => WhyJson.Of(unwanted, answer),
                paint => WhyText.Of(unwanted, answer, paint)
            );
        return ExitCode.Done;
    }

    private static int WriteAll(
        PlanningSession session,
        string[] given,
        PlanOutcome.Impossible impossible,
        PlanReport report
    )
    {
        var problem = session.Question(given);
        var explanation = Explainer.ExplainAll(
            problem,
            problem,
            session.Source,
            MostConflicts,
            session.Limits,
            session.Interruption
        );
        return report.WriteFailure(explanation is null ? impossible : impossible with { Explanation = explanation });
    }

    private static async Task<int> WriteCyclesAsync(PlanningSession session, string[] given, CommandContext context)
    {
        if (given.Length > 0)
            await session.OrderAsync(given, keepGoing: true);
        else
            await session.SettleAsync();
        var problem =
            given.Length > 0
                ? BatchPlanner.OptionalQuestion(BatchItems.Of(session.Batch, given), session.Source, session.Request)
                : session.Question(given);
        var batch = given.Length > 0 ? session.Batch.Select(each => each.Name).OfType<PackageName>().ToHashSet() : null;
        if (BuildCycles.Find(problem, batch, session.Limits, session.Interruption) is not { } found)
            throw new CommandException(
                ExitCode.Impossible,
                "no plan, even if builds needed no order",
                "'resolver explain' without --cycles explains why"
            );
        Answer(context, "Build dependency cycles", () => CyclesText.Json(found), paint => CyclesText.Of(found, paint));
        return ExitCode.Done;
    }

    private static void Answer(CommandContext context, string question, Func<string> json, Func<Paint, string> text) =>
        context.Write(
            context.Settings.Format switch
            {
                OutputFormat.Json => json(),
                OutputFormat.Html => AnswerPage.Of(question, text(Paint.None)),
                _ => text(context.Paint),
            }
        );

    private static PackageName Name(string option, string text) =>
        PackageName.TryParse(text) is { Success: true } name
            ? name.Value
            : throw CommandException.Usage($"{option}: '{text}' is not the name of a project");
}
