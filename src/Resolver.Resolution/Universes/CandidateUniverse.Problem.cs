using Resolver.Packaging.Requirements;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Universes;

public sealed partial class CandidateUniverse
{
    /// <inheritdoc/>
    public override UniverseProblem CreateProblem(UniverseQuery query) =>
        CreateProblem(query, PrereleaseMode.IfNecessaryOrExplicit);

    /// <summary>A fresh problem with another policy on pre-releases than the default.</summary>
    /// <exception cref="UniverseFormatException">A root of the query cannot be read.</exception>
    public UniverseProblem CreateProblem(UniverseQuery query, PrereleaseMode prerelease)
    {
        var problem = new CandidateProblem(
            this,
            new PlanRequest
            {
                Environment = Environment,
                Roots = [.. query.Root.Select(each => ReadRoot(query, each))],
                Overrides = Overrides,
                Pinned = Pinned,
                Preferred = Preferred,
                Upgrade = NameFilter.Of(Upgrade),
                Resolution = Lowest ? ResolutionMode.Lowest : ResolutionMode.Highest,
                Prerelease = prerelease,
            }
        );
        return new UniverseProblem(problem, new AsWritten(this, problem));
    }

    private static Requirement ReadRoot(UniverseQuery query, string text)
    {
        var read = Requirement.TryParse(text);
        return read.Success
            ? read.Value
            : throw new UniverseFormatException(query.Name, $"root '{text}'", read.Error.ToString());
    }

    /// <summary>Names and versions as the file writes them, not as PEP 503 and 440 normalise them.</summary>
    private sealed class AsWritten(CandidateUniverse universe, CandidateProblem problem) : IProblemText
    {
        public string ProjectOf(VariableId variable) => universe.ProjectText(problem.NameOf(variable));

        public bool IsExtra(VariableId variable) => problem.IsExtra(variable);

        public string VersionOf(VariableId variable, int candidate) =>
            problem.CandidatesOf(variable) is { Count: > 0 } candidates
                ? universe.VersionText(candidates[candidate])
                : problem.VersionOf(variable, candidate);

        public string TextOf(RequirementId requirement) => problem.TextOf(requirement);

        public string PlainTextOf(RequirementId requirement) => problem.PlainTextOf(requirement);

        public string BoundOf(RequirementId requirement) => problem.BoundOf(requirement);

        public Role RoleOf(RequirementId requirement) => problem.RoleOf(requirement);

        public bool IsGiven(RequirementId requirement) => problem.IsGiven(requirement);

        public UnusableCause? WhyUnusable(VariableId variable, int candidate) =>
            problem.WhyUnusable(variable, candidate);
    }
}
