using System.CommandLine;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering;
using Resolver.Packaging.Names;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver explain</c>: why there is no consistent set, why something is in the plan, or why it is not.</summary>
internal sealed class ExplainCommand : CommandDefinition
{
    private readonly RequirementOptions requirements = new();
    private readonly Option<string?> why = new("--why") { HelpName = "NAME", Description = "Why the plan has this project." };
    private readonly Option<string?> whyNot = new("--why-not") { HelpName = "NAME==V", Description = "Why the plan does not have this version." };
    private readonly SeveralEnvironmentsOptions several = new();
    private readonly PlanningOptions planning = new();

    public ExplainCommand()
        : base("explain", "Why there is no consistent set; why something is in the plan, or is not.", new OutputOptions(OutputFormat.Text, OutputFormat.Json))
    {
        why.RejectOptions();
        whyNot.RejectOptions();
        Command.Add(why);
        Command.Add(whyNot);
        Command.Validators.Add(result =>
        {
            if (result.GetResult(why) is not null && result.GetResult(whyNot) is not null)
                result.AddError("--why and --why-not are two questions: ask one at a time");
        });
        Understand(requirements, several, planning);
    }

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        PackageName? wanted = parsed.GetValue(why) is { } name ? Name(name) : null;
        var unwanted = parsed.GetValue(whyNot) is { } text ? RequirementReader.ReadArgument(text) : null;
        var environments = several.Read(parsed);
        if (!environments.IsEmpty && (wanted is not null || unwanted is not null))
            throw CommandException.Usage("--why and --why-not are about one environment", "leave out --universal and --environment; name it by --python-version and --python-platform");
        using var session = await PlanningSession.OpenAsync(planning, parsed, context, requirements.Read(parsed), [], environments);
        var report = new PlanReport(context, planning.Limits.Statistics(parsed));
        if (unwanted is not null)
        {
            await session.SettleAsync();
            await session.SettleAsync(unwanted);
            var answer = PlanQuestions.WhyNot(session.Source, session.Request, unwanted, session.Limits, session.Interruption);
            if (answer is WhyNotAnswer.GaveUp gaveUp)
                throw new CommandException(ExitCode.GaveUp, $"gave up: {gaveUp.Limit}");
            context.Write(context.Settings.Format == OutputFormat.Json ? WhyJson.Of(unwanted, answer) : WhyText.Of(unwanted, answer, context.Paint));
            return ExitCode.Done;
        }

        var outcome = await session.PlanAsync();
        if (outcome is not PlanOutcome.Planned planned)
            return report.WriteFailure(outcome);
        if (wanted is { } project)
        {
            var answer = PlanQuestions.Why(planned.Plan, project);
            context.Write(context.Settings.Format == OutputFormat.Json ? WhyJson.Of(project, answer) : WhyText.Of(project, answer, context.Paint));
        }
        else
        {
            context.Write(context.Settings.Format == OutputFormat.Json ? WhyJson.NothingToExplain() : WhyText.NothingToExplain(planned.Plan));
        }

        return ExitCode.Done;
    }

    private static PackageName Name(string text) =>
        PackageName.TryParse(text) is { Success: true } name ? name.Value : throw CommandException.Usage($"--why: '{text}' is not the name of a project");
}
