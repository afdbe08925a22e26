using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Report;

/// <summary>Texts of a problem, each made once: an explanation asks for the same ones repeatedly.</summary>
internal sealed class MemoizedText(IProblemText text) : IProblemText
{
    private readonly Dictionary<RequirementId, string> requirements = [];
    private readonly Dictionary<RequirementId, string> bounds = [];
    private readonly Dictionary<(VariableId, int), string> versions = [];

    public string ProjectOf(VariableId variable) => text.ProjectOf(variable);

    public bool IsExtra(VariableId variable) => text.IsExtra(variable);

    public string VersionOf(VariableId variable, int candidate)
    {
        if (!versions.TryGetValue((variable, candidate), out var known))
            versions.Add((variable, candidate), known = text.VersionOf(variable, candidate));
        return known;
    }

    public string TextOf(RequirementId requirement)
    {
        if (!requirements.TryGetValue(requirement, out var known))
            requirements.Add(requirement, known = text.TextOf(requirement));
        return known;
    }

    public string RequestOf(RequirementId requirement) => text.RequestOf(requirement);

    public string PlainTextOf(RequirementId requirement) => text.PlainTextOf(requirement);

    public string RequiredAs(RequirementId requirement) => text.RequiredAs(requirement);

    public string BoundOf(RequirementId requirement)
    {
        if (!bounds.TryGetValue(requirement, out var known))
            bounds.Add(requirement, known = text.BoundOf(requirement));
        return known;
    }

    public Role RoleOf(RequirementId requirement) => text.RoleOf(requirement);

    public string? PlaceOf(VariableId variable, int candidate) => text.PlaceOf(variable, candidate);

    public bool IsGiven(RequirementId requirement) => text.IsGiven(requirement);

    public IReadOnlyList<string> PlacesWithoutVersion(VariableId project) => text.PlacesWithoutVersion(project);

    public UnusableCause? WhyUnusable(VariableId variable, int candidate) => text.WhyUnusable(variable, candidate);
}
