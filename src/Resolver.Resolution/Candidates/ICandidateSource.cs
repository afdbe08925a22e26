using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Candidates;

/// <summary>Where candidates come from: the one thing Resolution asks of the outside. Asked at most once a project in
/// a run, when the search first needs it.</summary>
public interface ICandidateSource
{
    /// <summary>Every candidate of the project, fit or unusable, in any order; empty where there is none.</summary>
    IReadOnlyList<Candidate> CandidatesOf(PackageName project);

    /// <summary>The names of all projects there are, for hints on misspelt ones; in any order.</summary>
    IEnumerable<PackageName> Projects { get; }

    /// <summary>What is somewhere on the machine but no candidate, for hints: asked only where an explanation lacks
    /// the project.</summary>
    IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) => [];

    /// <summary>Whether a rule of the user yanks the version: then every file of it counts as yanked (PEP 592), those
    /// that are not there included.</summary>
    bool IsYanked(PackageName project, Version version) => false;

    /// <summary>Files whose names say that they are the project, at the version that their names say, and of which
    /// nothing can be read.</summary>
    IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => [];
}
