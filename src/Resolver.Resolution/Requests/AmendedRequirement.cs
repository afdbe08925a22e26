using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Requests;

/// <summary>A requirement of some versions of a project that does not count, or counts as another.</summary>
/// <param name="Project">Whose requirement.</param>
/// <param name="Versions">Of which versions.</param>
/// <param name="Written">The requirement, as the candidate has it.</param>
/// <param name="Role">To be built, or to run.</param>
/// <param name="Instead">What counts in its place; null: nothing.</param>
public sealed record AmendedRequirement(
    PackageName Project,
    IReadOnlyList<Version> Versions,
    Requirement Written,
    Role Role,
    Requirement? Instead
)
{
    /// <summary>Whether it speaks of this requirement of the candidate.</summary>
    public bool Covers(Candidate candidate, Requirement requirement, Role role) =>
        Role == role
        && Project == candidate.Name
        && Written.Equals(requirement)
        && Versions.Contains(candidate.Version);
}
