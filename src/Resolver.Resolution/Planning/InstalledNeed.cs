using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Planning;

/// <summary>A requirement of something installed that is active where it is installed.</summary>
/// <param name="By">Who requires it.</param>
/// <param name="Found">What is there under that name, or null where nothing is.</param>
public sealed record InstalledNeed(Candidate By, Requirement Requirement, Candidate? Found)
{
    /// <summary>Whether what is there will do. A reference is met by any version of its project.</summary>
    public bool IsMet =>
        Found is not null
        && (Requirement.Url is not null || Requirement.Specifier.Contains(Found.Version, prereleases: true));
}
