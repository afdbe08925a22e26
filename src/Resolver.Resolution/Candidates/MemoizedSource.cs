using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Candidates;

/// <summary>Asks a source once a project, however many environments want to know: they share the candidates, not
/// copies of them.</summary>
internal sealed class MemoizedSource(ICandidateSource source) : ICandidateSource
{
    private readonly Dictionary<PackageName, IReadOnlyList<Candidate>> known = [];

    public IEnumerable<PackageName> Projects => source.Projects;

    public bool IsYanked(PackageName project, Version version) => source.IsYanked(project, version);

    public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => source.HiddenOf(project);

    public IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => source.UnreadableOf(project);

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
    {
        if (!known.TryGetValue(project, out var candidates))
            known.Add(project, candidates = source.CandidatesOf(project));
        return candidates;
    }
}
