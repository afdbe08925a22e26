using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Requests;

/// <summary>A build requirement that a user knows to be unnecessary.</summary>
/// <param name="Project">Whose build, or null for every project's.</param>
/// <param name="Requirement">The project it need not have.</param>
public sealed record Waiver(PackageName? Project, PackageName Requirement)
{
    /// <summary>The versions of <see cref="Project"/> it holds for, pre-releases included; null for all.</summary>
    public SpecifierSet? Versions { get; init; }

    /// <summary>Whether this build of the candidate need not have what it says it needs.</summary>
    public bool Covers(Candidate candidate, Requirement requirement) =>
        Requirement == requirement.Name
        && (Project is not { } only || only == candidate.Name)
        && (Versions is null || Versions.Contains(candidate.Version, prereleases: true));
}
