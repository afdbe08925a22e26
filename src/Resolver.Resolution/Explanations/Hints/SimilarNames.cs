using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Explanations.Hints;

/// <summary>Projects of the archive whose name differs from a requested one by a slip of the keyboard.</summary>
internal static class SimilarNames
{
    /// <summary>A hint for each such project, the most similar first. A name that is nearly right helps only where a
    /// version meets all bounds.</summary>
    public static IEnumerable<Hint> Of(string name, ICandidateSource source, IReadOnlyList<SpecifierSet> bounds) =>
        source
            .Projects.Select(each => (Name: each, Apart: NameDistance.OfSlip(name, each.Normalized)))
            .Where(each => each.Apart is not null && each.Name.Normalized != name)
            .OrderBy(each => each.Apart)
            .ThenBy(each => each.Name)
            .Where(each =>
                source
                    .CandidatesOf(each.Name)
                    .Any(candidate => bounds.All(bound => bound.Contains(candidate.Version, prereleases: true)))
            )
            .Select(each => new Hint(
                name,
                null,
                "misspelt",
                $"the archive has no {name}, but it has {each.Name}: did you mean that?"
            )
            {
                Meant = each.Name.Normalized,
            });
}
