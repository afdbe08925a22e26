using System.Text;
using Resolver.Application.Locks;
using Resolver.Cli.Context;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Rendering.Pages;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Reports;

/// <summary>Turns what planning came to into output and an exit code, the same way for every command that
/// plans.</summary>
/// <param name="canApply">Whether the command takes <c>--apply-fix</c>.</param>
/// <param name="canKeepGoing">Whether it takes <c>--keep-going</c>.</param>
internal sealed class PlanReport(
    CommandContext context,
    bool statistics,
    bool canApply = false,
    bool canKeepGoing = false
)
{
    /// <summary>Writes the plan in the format asked for.</summary>
    /// <param name="script">The commands that would install it, for <see cref="OutputFormat.Script"/> or
    /// <see cref="OutputFormat.Slurm"/>; null where the command has none.</param>
    public void Write(PlanOutcome.Planned planned, Func<string>? script = null)
    {
        context.Write(
            context.Settings.Format switch
            {
                OutputFormat.Json => Encoding.UTF8.GetString(PlanJson.Write(planned.Plan)),
                OutputFormat.Pylock => PlanLock.Of(planned.Plan, LockPaths.Writer(context.Settings.File)).ToToml(),
                OutputFormat.Requirements => PlanRequirements.Of(planned.Plan),
                OutputFormat.Html => PlanPage.Of(planned.Plan, planned.Proven),
                OutputFormat.CycloneDx => BillOfMaterials.Of(planned.Plan),
                OutputFormat.Dot => PlanGraph.Dot(planned.Plan),
                OutputFormat.Mermaid => PlanGraph.Mermaid(planned.Plan),
                OutputFormat.Script or OutputFormat.Slurm => script!(),
                _ => new PlanText(planned.Plan, context.Paint, context.Settings.Verbose).Write(planned.Proven),
            }
        );
        foreach (var unknown in planned.Plan.UnknownExtras)
            context.Diagnostics.Warning(unknown.Text);
        Tell(planned.Plan.Statistics);
    }

    /// <summary>Says why there is no plan.</summary>
    /// <returns>The exit code.</returns>
    public int WriteFailure(PlanOutcome outcome)
    {
        switch (outcome)
        {
            case PlanOutcome.Impossible impossible:
                Write(impossible.Explanation);
                Tell(impossible.Statistics);
                return ExitCode.Impossible;
            case PlanOutcome.GaveUp gaveUp:
                context.Diagnostics.Error($"gave up: {gaveUp.Limit}");
                Tell(gaveUp.Statistics);
                return ExitCode.GaveUp;
            case PlanOutcome.BadInput bad:
                foreach (var error in bad.Errors)
                    context.Diagnostics.Error(error);
                return ExitCode.BadInput;
            default:
                throw new ArgumentOutOfRangeException(nameof(outcome));
        }
    }

    /// <summary>Writes an explanation: it is the output, where the format has a form for it.</summary>
    public void Write(Explanation explanation)
    {
        if (context.Settings.Format == OutputFormat.Json)
            context.Write(JsonText.Of(indented: true, writer => ExplanationJson.Write(writer, explanation)));
        else if (context.Settings.Format == OutputFormat.Text)
            context.Write(ExplanationText.Of(explanation, context.Paint, canApply, canKeepGoing));
        else if (context.Settings.Format == OutputFormat.Html)
            context.Write(ExplanationPage.Of(explanation));
        else
            context.Error.Write(ExplanationText.Of(explanation, Paint.None, canApply, canKeepGoing));
    }

    private void Tell(PlanStatistics taken)
    {
        if (statistics)
            context.Error.WriteLine(StatisticsText.Of(taken));
    }
}
