using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Explanations.Hints;

/// <summary>Projects of the archive whose name differs from a requested one by a slip of the keyboard.</summary>
internal static class SimilarNames
{
    /// <summary>A hint for each such project, the most similar first. A name that is nearly right helps only where a
    /// version meets all bounds.</summary>
    public static IEnumerable<Hint> Of(string name, ICandidateSource source, IReadOnlyList<string> bounds)
    {
        var read = bounds.Where(each => each.Length > 0).Select(SpecifierSet.TryParse).Where(each => each.Success);
        var sets = read.Select(each => each.Value).ToList();
        return source
            .Projects.Select(each => (Name: each, Apart: NameDistance.OfSlip(name, each.Normalized)))
            .Where(each => each.Apart is not null && each.Name.Normalized != name)
            .OrderBy(each => each.Apart)
            .ThenBy(each => each.Name)
            .Where(each => source.CandidatesOf(each.Name).Any(candidate => IsIn(candidate, sets)))
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

    private static bool IsIn(Candidate candidate, List<SpecifierSet> bounds) =>
        bounds.TrueForAll(bound => bound.Contains(candidate.Version, prereleases: true));
}
