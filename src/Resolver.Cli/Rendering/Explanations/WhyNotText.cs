using System.Text;
using Resolver.Application.Inputs;
using Resolver.Cli.Rendering.Distributions;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Rendering.Explanations;

/// <summary>Why the plan has another version than the one asked about, though that one is possible, for a
/// person.</summary>
internal static class WhyNotText
{
    /// <summary>Changes that are listed one by one.</summary>
    private const int MostListed = 12;

    public static string Of(Requirement unwanted, WhyNotAnswer.Worse worse)
    {
        var wanted = PlainText.Of(unwanted.ToString());
        if (worse.Asked is not { } asked)
            return $"{wanted} is possible, but nothing that is requested requires {unwanted.Name}.\n";
        var text = new StringBuilder();
        if (worse.Objective is var (objective, best, instead))
            text.Append(
                $"{wanted} is possible, but the plan would have {Amount(objective, instead)} instead of {best}.\n"
            );
        else if (worse is { Best: { } better, Instead: { } other, Rule: { } rule })
            text.Append(
                ReferenceEquals(better, asked.Before)
                    ? $"{wanted} is possible, but {Reason(rule, better)}: the plan has {Step(better)}.\n"
                    : $"{wanted} is possible, but then {Step(other)} would replace {Step(better)}, {Preferred(rule)}.\n"
                        + $"The planner decides about {better.Candidate.Name} before {unwanted.Name}, because the "
                        + $"requirements lead to it first.\n"
            );
        else
            text.Append($"{wanted} is possible, but the plan has {Step(asked.Before!)}.\n");
        WriteChanges(text, worse);
        return text.ToString();
    }

    private static void WriteChanges(StringBuilder text, WhyNotAnswer.Worse worse)
    {
        var others = worse.Changes.Where(each => !ReferenceEquals(each.Before, worse.Best)).ToList();
        if (others.Count == 0)
            return;
        text.Append(
            $"\nWith {(worse.Asked!.After is { } after ? $"{after.Candidate.Name} {after.Candidate.Version}" : "it")}, this would change{(ReferenceEquals(worse.Best, worse.Asked.Before) ? "" : " as well")}:\n"
        );
        foreach (var change in others.Take(MostListed))
            text.Append("  - ").Append(Told(change)).Append('\n');
        if (others.Count > MostListed)
            text.Append($"  … and {others.Count - MostListed} more; --format json lists each\n");
    }

    private static string Told(PlanChange change) =>
        change switch
        {
            { Before: null, After: { } added } => $"{Step(added)} would be added",
            { Before: { } gone, After: null } => $"{Step(gone)} would not be needed",
            { Before: { } before, After: { } after, Rule: { } rule } =>
                $"{Step(after)} would replace {Step(before)}, {Preferred(rule)}",
            _ => $"{Step(change.After!)} would replace {Step(change.Before!)}",
        };

    /// <summary>Why the version that the plan has is the better one.</summary>
    private static string Reason(PreferenceRule rule, PlanStep better) =>
        rule switch
        {
            PreferenceRule.Newer => "a newer version fits",
            PreferenceRule.Older => "an older version fits, and --resolution prefers the lowest",
            PreferenceRule.Installed =>
                $"{better.Candidate.Name} {better.Candidate.Version} is installed and stays without -U",
            PreferenceRule.Locked => $"the lock has {better.Candidate.Version}, which stays without -U",
            PreferenceRule.Reinstalled => "--reinstall prefers a file to what is installed",
            PreferenceRule.NotByReference => "it would only be taken where a requirement names its file",
            PreferenceRule.NeedsNoBuild => "--prefer-binary prefers what needs no build",
            PreferenceRule.Final => "it is a pre-release, and a final version fits",
            PreferenceRule.BetterFile => "another file of the same version is preferred",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

    /// <summary>The same as a clause about what the plan has.</summary>
    private static string Preferred(PreferenceRule rule) =>
        rule switch
        {
            PreferenceRule.Newer => "which is newer",
            PreferenceRule.Older => "which is older, as --resolution requests",
            PreferenceRule.Installed => "which is installed",
            PreferenceRule.Locked => "which the lock has",
            PreferenceRule.Reinstalled => "which would be installed again",
            PreferenceRule.NotByReference => "which needs no reference to its file",
            PreferenceRule.NeedsNoBuild => "which needs no build",
            PreferenceRule.Final => "which is a final version",
            PreferenceRule.BetterFile => "which is the preferred file of this version",
            _ => throw new ArgumentOutOfRangeException(nameof(rule)),
        };

    private static string Amount(Objective objective, int count) =>
        objective switch
        {
            Objective.FewestBuilds => Count.Of(count, "build"),
            Objective.FewestChanges => Count.Of(count, "change"),
            _ => Count.Of(count, "package"),
        };

    private static string Step(PlanStep step) =>
        PlainText.Of($"{step.Candidate.Name} {step.Candidate.Version} ({KindText.Of(step.Candidate.Kind)})");
}
