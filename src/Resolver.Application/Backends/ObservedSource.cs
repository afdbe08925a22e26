using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Application.Backends;

/// <summary>A source that records the projects that a search has reached.</summary>
internal sealed class ObservedSource(ICandidateSource source) : ICandidateSource
{
    private readonly HashSet<PackageName> asked = [];

    public IReadOnlySet<PackageName> Asked => asked;

    public IEnumerable<PackageName> Projects => source.Projects;

    public bool IsYanked(PackageName project, Version version) => source.IsYanked(project, version);

    public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => source.HiddenOf(project);

    public IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => source.UnreadableOf(project);

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
    {
        lock (asked)
            asked.Add(project);
        return source.CandidatesOf(project);
    }
}
