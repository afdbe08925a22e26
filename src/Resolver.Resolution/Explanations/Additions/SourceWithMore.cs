using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A source with some candidates more.</summary>
internal sealed class SourceWithMore(ICandidateSource source, IEnumerable<Candidate> more) : ICandidateSource
{
    private readonly ILookup<PackageName, Candidate> more = more.ToLookup(each => each.Name);

    public IEnumerable<PackageName> Projects => source.Projects.Concat(more.Select(each => each.Key)).Distinct();

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
        more.Contains(project) ? [.. source.CandidatesOf(project), .. more[project]] : source.CandidatesOf(project);

    public bool IsYanked(PackageName project, Version version) => source.IsYanked(project, version);

    public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => source.HiddenOf(project);

    public IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => source.UnreadableOf(project);
}
