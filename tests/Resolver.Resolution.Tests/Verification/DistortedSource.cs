using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Tests.Verification;

/// <summary>An archive as a faulty reader would see it, and the way back to what really lies there.</summary>
internal sealed class DistortedSource(ICandidateSource real, Func<Candidate, Candidate?> distort) : ICandidateSource
{
    private readonly Dictionary<Candidate, Candidate> originals = [];
    private readonly Dictionary<PackageName, IReadOnlyList<Candidate>> known = [];

    public IEnumerable<PackageName> Projects => real.Projects;

    /// <summary>The candidate as it really is.</summary>
    public Candidate Original(Candidate distorted) => originals[distorted];

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
    {
        if (!known.TryGetValue(project, out var candidates))
        {
            var seen = new List<Candidate>();
            foreach (var candidate in real.CandidatesOf(project))
            {
                if (distort(candidate) is not { } distorted)
                    continue;
                originals[distorted] = candidate;
                seen.Add(distorted);
            }

            known.Add(project, candidates = seen);
        }

        return candidates;
    }
}
