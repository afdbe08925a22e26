using Resolver.Packaging.Distributions;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Translation;

/// <content>What a person reads of the problem.</content>
public sealed partial class CandidateProblem
{
    /// <inheritdoc/>
    public string ProjectOf(VariableId variable) => variables[variable.Index].ProjectName.Normalized;

    /// <inheritdoc/>
    public bool IsExtra(VariableId variable) => variables[variable.Index] is ExtraVariable;

    /// <inheritdoc/>
    public string VersionOf(VariableId variable, int candidate) =>
        variables[variable.Index] switch
        {
            ProjectVariable project => Loaded(project).Candidates[candidate].Version.ToString(),
            ExtraVariable extra => extra.Extra.Normalized,
            ChoiceVariable choice => candidate == 0 ? "" : choice.Versions[candidate - 1][0].Version.ToString(),
            _ => "",
        };

    /// <inheritdoc/>
    public string TextOf(RequirementId requirement) => numbered[requirement].Requirement.ToString();

    /// <inheritdoc/>
    public string RequestOf(RequirementId requirement) =>
        IsGiven(requirement) && RequirementOf(requirement).Specifier.Specifiers is [var version]
            ? $"{ProjectOf(Target(requirement))} {version.VersionText}"
        : WrittenOf(requirement) is var requested && requested != RequirementOf(requirement)
            ? $"{RequirementOf(requirement).ToReadableText()} (override of {requested.ToReadableText()})"
        : requested.ToReadableText();

    /// <summary>A root as it was requested, before any override; of several that one override replaces, the first.
    /// Every other requirement as it is.</summary>
    public Requirement WrittenOf(RequirementId requirement) =>
        written.TryGetValue(requirement, out var requested) ? requested[0] : RequirementOf(requirement);

    /// <summary>Everything that was requested and counts as this root: more than one where an override replaces
    /// several.</summary>
    public IReadOnlyList<Requirement> AllWrittenOf(RequirementId requirement) =>
        written.TryGetValue(requirement, out var requested) ? requested : [RequirementOf(requirement)];

    /// <summary>What was requested, of roots that read like this.</summary>
    public IReadOnlySet<Requirement> WrittenAs(IReadOnlyCollection<string> texts) =>
        roots.Where(each => texts.Contains(TextOf(each))).SelectMany(WrittenAs).ToHashSet();

    /// <summary>What was requested, of one root.</summary>
    internal IReadOnlyList<Requirement> WrittenAs(RequirementId root) =>
        written.GetValueOrDefault(root) ?? [RequirementOf(root)];

    /// <inheritdoc/>
    public string PlainTextOf(RequirementId requirement)
    {
        var whole = RequirementOf(requirement);
        return whole.With(whole.RawExtras, null).ToReadableText();
    }

    /// <inheritdoc/>
    public string RequiredAs(RequirementId requirement) =>
        effective.IsOverridden(RequirementOf(requirement).Name)
            ? $"{PlainTextOf(requirement)} (by an override)"
            : PlainTextOf(requirement);

    /// <inheritdoc/>
    public string BoundOf(RequirementId requirement) => numbered[requirement].Requirement.Specifier.ToString();

    /// <inheritdoc/>
    public Role RoleOf(RequirementId requirement) => numbered[requirement].Role;

    /// <inheritdoc/>
    public string? PlaceOf(VariableId variable, int candidate) =>
        variables[variable.Index] is not ProjectVariable project ? null
        : Loaded(project).Candidates[candidate] is { Kind: DistributionKind.Installed } ? "installed"
        : project.Candidates[candidate].Path;

    /// <inheritdoc/>
    public IReadOnlyList<string> PlacesWithoutVersion(VariableId project) =>
        variables[project.Index] is not ProjectVariable each
            ? []
            :
            [
                .. source
                    .HiddenOf(each.ProjectName)
                    .Where(hidden => hidden.IsOfUnknownVersion)
                    .Select(hidden => hidden.Place)
                    .OfType<string>(),
            ];

    /// <inheritdoc/>
    public bool IsGiven(RequirementId requirement) => numbered[requirement].Exact is not null;

    /// <inheritdoc/>
    public UnusableCause? WhyUnusable(VariableId variable, int candidate) =>
        variables[variable.Index] is ProjectVariable project ? Loaded(project).Unusable[candidate] : null;
}
