using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Fixes of requirements that name a file or repository by URL (PEP 508), where the archive has the project
/// from elsewhere: a version of the archive takes its place.</summary>
internal sealed class ReferenceFixes(FixQuestion question)
{
    /// <summary>An override, or of what is requested another request; null where the archive has nothing that
    /// would do.</summary>
    public RankedFix? Instead(Assumption assumption)
    {
        if (
            question.Own is not { } own
            || assumption is not Assumption.Requires fact
            || own.IsGiven(fact.Id)
            || own.RoleOf(fact.Id) == Role.Constraint
            || own.RequirementOf(fact.Id) is not { Url: not null } asked
            || own.CandidateCount(own.VariableOf(asked.Name)) == 0
        )
            return null;
        var isRequested = fact.Source is null;
        var extras = asked.RawExtras.Count > 0 ? $"[{string.Join(',', asked.RawExtras)}]" : "";
        var marker = asked.Marker is null ? "" : $"; {asked.Marker.ToReadableText()}";
        Change With(string bound) =>
            isRequested
                ? new Change.RelaxRoot(
                    own.WrittenOf(fact.Id),
                    Requirement.Parse($"{asked.RawName}{extras}{bound}{marker}")
                )
                : new Change.Override(Requirement.Parse(asked.Name + bound));
        // Which version that is, the planner says.
        if (question.Trial!.With(With("")) is not var (tried, selection))
            return null;
        var project = tried.VariableOf(asked.Name);
        if (selection[project] is not (>= 0 and var taken))
            return null;
        var version = tried.VersionOf(project, taken);
        var change = With($"=={version}");
        if (!question.Trial.Works(change))
            return null;
        var named = $"{asked.Name}=={version}";
        var file = tried.PlaceOf(project, taken) is { } place ? $" ({place})" : "";
        return RankedFix.Of(
            RankedFix.Right,
            new FixAction(isRequested ? "relax" : "override", $"{own.PlainTextOf(fact.Id)} to {named}")
            {
                Text = isRequested
                    ? $"request {named}{file} instead of {own.PlainTextOf(fact.Id)}"
                    : $"override {own.PlainTextOf(fact.Id)} with {named}{file}: put that line into a file and add "
                        + $"--overrides FILE",
                Change = change,
            }
        );
    }
}
