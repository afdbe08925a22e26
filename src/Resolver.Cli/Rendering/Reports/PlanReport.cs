using System.Text;
using Resolver.Application.Inputs;
using Resolver.Application.Locks;
using Resolver.Archives.Files;
using Resolver.Cli.Context;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Rendering.Pages;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Reports;

/// <summary>Turns the outcome of planning into output and an exit code, the same way for every command that
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
    /// <summary>Writes the plan in the format requested.</summary>
    /// <param name="script">The commands that would install it, for <see cref="OutputFormat.Script"/> or
    /// <see cref="OutputFormat.Slurm"/>; null where the command has none.</param>
    /// <exception cref="CommandException">It cannot be written, or the format cannot hold a path of the
    /// plan.</exception>
    public void Write(PlanOutcome.Planned planned, Func<string>? script = null)
    {
        // TOML is always UTF-8, and so are shell scripts written here.
        if (
            context.Settings.Format is OutputFormat.Pylock or OutputFormat.Script or OutputFormat.Slurm
            && planned.Plan.Steps.FirstOrDefault(step =>
                step.Action == StepAction.Install && PathBytes.AreEscaped(step.Candidate.Path ?? "")
            )
                is { Candidate.Path: var path }
        )
            throw CommandException.BadInput(
                $"{path}: the path is not UTF-8, which --format "
                    + $"{context.Settings.Format.ToString().ToLowerInvariant()} does not support",
                "rename the file, or use --format json"
            );
        context.Write(
            context.Settings.Format switch
            {
                OutputFormat.Json => Encoding.UTF8.GetString(PlanJson.Write(planned.Plan)),
                OutputFormat.Pylock => PlanLock.Of(planned.Plan, LockPaths.Writer(context.Settings.File)).ToToml(),
                OutputFormat.Requirements => PlanRequirements.Of(planned.Plan),
                OutputFormat.Html => PlanPage.Of(planned.Plan, planned.Proven, AnnexOf(planned.Plan)),
                OutputFormat.CycloneDx => BillOfMaterials.Of(planned.Plan, AnnexOf(planned.Plan)),
                OutputFormat.Dot => PlanGraph.Dot(planned.Plan),
                OutputFormat.Mermaid => PlanGraph.Mermaid(planned.Plan),
                OutputFormat.Tree => PlanTree.Of(planned.Plan, context.Paint),
                OutputFormat.Script or OutputFormat.Slurm => script!(),
                _ => new PlanText(planned.Plan, context.Paint, context.Settings.Verbose).Write(planned.Proven),
            }
        );
        foreach (var unknown in planned.Plan.UnknownExtras)
            context.Diagnostics.Warning(unknown.Text);
        Tell(planned.Plan.PassedOver, planned.Plan);
        Tell(planned.Plan.Statistics);
    }

    private PlanAnnex AnnexOf(Plan plan) => PlanAnnex.Of(plan, context.Clock, context.Interruption);

    /// <summary>One line for each project of which a newer version was passed over.</summary>
    private void Tell(IReadOnlyList<PassedOver> passedOver, Plan plan)
    {
        foreach (var project in passedOver.GroupBy(each => each.Name))
        {
            var newest = project.First();
            var chosen = plan.Steps.First(step => step.Candidate.Name.Normalized == project.Key).Candidate.Version;
            var file = newest.Path is { } path ? $" ({DistributionPath.Parse(path).FileName})" : "";
            var others = project.Select(each => each.Version).Distinct().Count() - 1;
            var more = others > 0 ? $"; {Count.Of(others, "more newer version")} cannot be used either" : "";
            context.Diagnostics.Warning(
                $"{project.Key} {chosen} is planned: the newer {newest.Version}{file} cannot be used: "
                    + $"{newest.Detail}{more}"
            );
        }
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
        else if (context.Settings.Format is OutputFormat.Text or OutputFormat.Tree)
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
