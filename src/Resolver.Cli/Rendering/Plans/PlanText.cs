using System.Globalization;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>A plan for a person: numbered steps, each with its stage, its file, who needs it and as what; what was
/// left out; a summary.</summary>
/// <param name="verbose">Whether to show every need, what each step requires and whole paths; otherwise long lists are
/// cut and paths are as short as they can be distinguished.</param>
internal sealed class PlanText(Plan plan, Paint paint, bool verbose)
{
    private const int NeedsShown = 5;
    private const int EnvironmentsShown = 8;

    private readonly StringBuilder text = new();
    private readonly ShortPaths shortened = new(
        verbose
            ? []
            : plan
                .Steps.Select(step => step.Candidate.Path)
                .OfType<string>()
                .Concat(plan.LeftOut.Select(left => left.Path))
    );
    private readonly Dictionary<string, string> versions = plan
        .Steps.GroupBy(step => step.Candidate.Name.Normalized)
        .ToDictionary(group => group.Key, group => group.First().Candidate.Version.ToString());

    /// <summary>The whole text, ended by a newline.</summary>
    /// <param name="proven">Whether the selection is proven to be the defined best one.</param>
    public string Write(bool proven)
    {
        WriteEnvironments();
        var numberWidth = plan.Steps.Count.ToString(CultureInfo.InvariantCulture).Length;
        var titleWidth = plan.Steps.Select(step => Math.Min(Title(step).Length, 36)).DefaultIfEmpty(0).Max();
        foreach (var step in plan.Steps)
            WriteStep(step, numberWidth, titleWidth);
        WriteBuilds();
        WriteRemoved();
        WriteLeftOut();
        WriteBatch();
        text.Append('\n').Append(Summary(proven)).Append('\n');
        foreach (var value in plan.Objectives)
            text.Append(
                value.IsProven
                    ? $"{ObjectiveNames.Of(value.Objective)}: {value.Value}, proven\n"
                    : paint.Warning(
                        $"{ObjectiveNames.Of(value.Objective)}: {value.Value} found, at least {value.AtLeast} proven "
                            + $"before the limit"
                    ) + "\n"
            );
        return text.ToString();
    }

    private void WriteEnvironments()
    {
        if (plan.Environments.Count == 0)
        {
            text.Append(paint.Faint(EnvironmentLine())).Append('\n');
            return;
        }

        text.Append(paint.Faint($"For {Count.Of(plan.Environments.Count, "environment")}:")).Append('\n');
        var shown =
            verbose || plan.Environments.Count <= EnvironmentsShown + 1 ? plan.Environments.Count : EnvironmentsShown;
        foreach (var environment in plan.Environments.Take(shown))
        {
            var markers = environment.Markers?.ToString() ?? "all environments";
            text.Append("  ")
                .Append(paint.Faint(PlainText.Of(environment.Name is { } name ? $"{name}: {markers}" : markers)))
                .Append('\n');
        }
        if (plan.Environments.Count > shown)
            text.Append("  ")
                .Append(paint.Faint($"and {plan.Environments.Count - shown} more; -v shows all"))
                .Append('\n');
    }

    private string EnvironmentLine()
    {
        var implementation = plan.Environment.GetValueOrDefault("platform_python_implementation") ?? "Python";
        var version =
            plan.Environment.GetValueOrDefault("python_full_version")
            ?? plan.Environment.GetValueOrDefault("python_version")
            ?? "?";
        var platform = plan.Environment.GetValueOrDefault("sys_platform") ?? "?";
        return PlainText.Of($"For {implementation} {version} on {platform}:");
    }

    private void WriteStep(PlanStep step, int numberWidth, int titleWidth)
    {
        var candidate = step.Candidate;
        var indent = new string(' ', numberWidth + 4);
        var stage = step.Action == StepAction.Keep ? "kept   " : $"stage {step.Stage}";
        text.Append('\n')
            .Append(' ')
            .Append(step.Order.ToString(CultureInfo.InvariantCulture).PadLeft(numberWidth))
            .Append(". ")
            .Append(paint.Strong(Title(step)))
            .Append(' ', Math.Max(0, titleWidth - Title(step).Length))
            .Append("  ")
            .Append(step.Action == StepAction.Keep ? paint.Good(stage) : paint.Accent(stage))
            .Append("  ")
            .Append(paint.Faint(PlainText.Of(PathOf(step))))
            .Append('\n');
        if (step.Markers is { } markers)
            text.Append(indent).Append(paint.Accent($"only where {PlainText.Of(markers.ToString())}")).Append('\n');
        WriteNeeds(step, indent);
        if (verbose)
            WriteRequirements(step, indent);
        foreach (var waived in step.Requires.Where(requirement => requirement.SatisfiedBy is null))
            text.Append(indent)
                .Append(paint.Warning("waived"))
                .Append($" ({Word(waived.Role)}): {PlainText.Of(waived.Requirement.Text)}\n");
        foreach (
            var (name, value) in (candidate.BuildEnvironment ?? new Dictionary<string, string>()).OrderBy(
                pair => pair.Key,
                StringComparer.Ordinal
            )
        )
            text.Append(indent).Append("built with ").Append(PlainText.Of($"{name}={value}")).Append('\n');
        if (candidate.Weaknesses.Count > 0)
            text.Append(indent)
                .Append(paint.Warning("weak"))
                .Append(": ")
                .Append(PlainText.Of(string.Join(", ", candidate.Weaknesses)))
                .Append('\n');
    }

    private void WriteNeeds(PlanStep step, string indent)
    {
        // That the user requested exactly this version says nothing where others need it as well.
        var pin = $"{step.Candidate.Name}=={step.Candidate.Version}";
        var needs = step.NeededBy.Where(need => need.Role != Role.Root || need.Requirement.ToString() != pin).ToList();
        if (needs.Count == 0 && step.NeededBy.Count > 0)
            text.Append(indent).Append("requested\n");
        var shown = verbose || needs.Count <= NeedsShown + 1 ? needs.Count : NeedsShown;
        foreach (var need in needs.Take(shown))
            text.Append(indent).Append(Need(need)).Append('\n');
        if (needs.Count > shown)
        {
            var rest = needs.Skip(shown).GroupBy(need => need.Role).OrderBy(group => group.Key).ToList();
            var roles =
                rest.Count == 1
                    ? Word(rest[0].Key)
                    : string.Join(", ", rest.Select(group => $"{group.Count()} {Word(group.Key)}"));
            text.Append(indent)
                .Append(paint.Faint($"and by {needs.Count - shown} more ({roles}); -v shows all"))
                .Append('\n');
        }
    }

    private string Need(Need need)
    {
        var requirement = PlainText.Of(need.Requirement.Text);
        if (need.Name is not { } name)
            return need.Role == Role.Constraint ? $"constrained by: {requirement}" : $"requested: {requirement}";
        var version = versions.GetValueOrDefault(name.Normalized) is { } known ? $" {known}" : "";
        return $"needed by {name}{version} ({Word(need.Role)}): {requirement}";
    }

    private void WriteRequirements(PlanStep step, string indent)
    {
        foreach (var required in step.Requires.Where(requirement => requirement.SatisfiedBy is not null))
        {
            var extra = required.Extra is { } name ? $", extra {name}" : "";
            text.Append(indent)
                .Append(
                    paint.Faint(
                        $"needs ({Word(required.Role)}{extra}): {PlainText.Of(required.Requirement.Text)} -> "
                            + $"{required.SatisfiedBy!.Name} {required.SatisfiedBy.Version}"
                    )
                )
                .Append('\n');
        }
    }

    /// <summary>The environments of builds that each have their own; builds with the same one together.</summary>
    private void WriteBuilds()
    {
        if (plan.Builds.Count == 0)
            return;
        text.Append('\n')
            .Append(paint.Strong($"Isolated builds: {plan.Builds.Count}, each in its own environment"))
            .Append('\n');
        var environments = plan.Builds.GroupBy(build => (build.Stage, Held: BuildEnvironmentText.Of(build)));
        foreach (var environment in environments)
        {
            text.Append("  ")
                .Append(paint.Accent($"stage {environment.Key.Stage}"))
                .Append("  ")
                .Append(
                    PlainText.Of(
                        string.Join(
                            ", ",
                            environment.Select(build => $"{build.Candidate.Name} {build.Candidate.Version}")
                        )
                    )
                )
                .Append('\n');
            text.Append("           with ").Append(PlainText.Of(environment.Key.Held)).Append('\n');
        }
    }

    private void WriteRemoved()
    {
        if (plan.Removed.Count == 0)
            return;
        text.Append('\n').Append(paint.Strong($"Removed: {plan.Removed.Count}")).Append('\n');
        foreach (var each in plan.Removed)
            text.Append("  ")
                .Append(PlainText.Of($"{each.Name} {each.Version}  "))
                .Append(paint.Faint(PlainText.Of(each.Path)))
                .Append('\n');
    }

    private void WriteLeftOut()
    {
        if (plan.LeftOut.Count == 0)
            return;
        text.Append('\n').Append(paint.Strong($"Left out: {plan.LeftOut.Count}")).Append('\n');
        foreach (
            var group in plan.LeftOut.GroupBy(left => left.Code).OrderBy(group => group.Key, StringComparer.Ordinal)
        )
        {
            text.Append('\n')
                .Append("  ")
                .Append(paint.Warning(PlainText.Of(group.Key)))
                .Append($" ({group.Count()})\n");
            foreach (var left in group)
            {
                var title = left.Name is null ? "" : $"{left.Name} {left.Version ?? "?"}  ";
                text.Append("    ")
                    .Append(PlainText.Of(title))
                    .Append(paint.Faint(PlainText.Of(shortened[left.Path])))
                    .Append('\n');
                foreach (var line in PlainText.Lines(left.Reason))
                    text.Append("        ").Append(line).Append('\n');
            }
        }
    }

    /// <summary>What the choice between versions cost, and how far the largest batch may be.</summary>
    private void WriteBatch()
    {
        const int mostCosts = 5;
        if (plan.Batch is not { } batch)
            return;
        var costs = batch.Costs.Where(each => each.Excludes > 0).ToList();
        if (costs.Count > 0 || !batch.IsProven)
            text.Append('\n');
        foreach (var cost in costs.Take(mostCosts))
            text.Append(PlainText.Of($"{cost.Name} {cost.Version} excludes {Count.Of(cost.Excludes, "project")}"))
                .AppendJoin(
                    "",
                    cost.Instead.Take(1)
                        .Select(other => PlainText.Of($" ({other.Version} would exclude {other.Excludes})"))
                )
                .Append('\n');
        if (costs.Count > mostCosts)
            text.Append($"and {Count.Of(costs.Count - mostCosts, "more choice")} of this kind\n");
        if (!batch.IsProven)
            text.Append(
                    paint.Warning(
                        $"{Count.Of(batch.Ordered, "project")} ordered; no selection orders more than "
                            + $"{batch.AtMost}, and the search for a larger one stopped at its limit"
                    )
                )
                .Append('\n');
    }

    /// <summary>The last line.</summary>
    public string Summary(bool proven)
    {
        var installed = plan.Steps.Where(step => step.Action == StepAction.Install).ToList();
        var kept = plan.Steps.Count - installed.Count;
        var stages = installed.Select(step => step.Stage).Distinct().Count();
        var parts = new List<string>
        {
            installed.Count == 0
                ? "Nothing to install"
                : $"{Count.Of(installed.Count, "step")} in {Count.Of(stages, "stage")}",
        };
        var built = installed.Count(step => step.Candidate.IsBuilt);
        if (built > 0)
            parts.Add($"{built} built from source");
        if (kept > 0)
            parts.Add($"{kept} kept");
        if (plan.Removed.Count > 0)
            parts.Add($"{plan.Removed.Count} removed");
        if (plan.LeftOut.Count > 0)
            parts.Add($"{plan.LeftOut.Count} left out");
        var weak = plan.Steps.Count(step => step.Candidate.Weaknesses.Count > 0);
        if (weak > 0)
            parts.Add(paint.Warning($"{weak} on weak metadata"));
        if (!proven)
            parts.Add(paint.Warning("not proven to be the best choice"));
        return string.Join(", ", parts) + ".";
    }

    /// <summary>Of what is installed the whole path: only that says where.</summary>
    private string PathOf(PlanStep step) =>
        step.Candidate.Path is not { } path ? "(no path)"
        : step.Action == StepAction.Keep ? path
        : shortened[path];

    private static string Title(PlanStep step) =>
        PlainText.Of($"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");

    /// <summary>The contract's word.</summary>
    public static string Word(Role role) =>
        role switch
        {
            Role.Root => "root",
            Role.Runtime => "runtime",
            Role.Build => "build",
            Role.Constraint => "constraint",
            _ => throw new ArgumentOutOfRangeException(nameof(role)),
        };
}
