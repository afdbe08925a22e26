using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Requests;

/// <summary>Versions of a project that are never to be chosen, installed ones included.</summary>
/// <param name="Project">Whose versions.</param>
/// <param name="Versions">Which, pre-releases included; the empty set of specifiers is every version.</param>
/// <param name="Reason">Why, for a person, one line, or null.</param>
public sealed record Exclusion(PackageName Project, SpecifierSet Versions, string? Reason = null)
{
    /// <summary>Whether the version of the project may not be chosen.</summary>
    public bool Covers(PackageName project, Version version) =>
        Project == project && (Versions.Specifiers.Count == 0 || Versions.Contains(version, prereleases: true));
}
