using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Universes;

/// <summary>
/// The candidates of a file of scheme pep440: what they say, parsed, each different thing once. A candidate is made
/// when somebody asks for its project, since a problem reaches few of a million; then it stays the same object. Safe
/// for several threads.
/// </summary>
internal sealed class CandidateTable(UniverseContent content)
{
    private readonly IReadOnlyList<Candidate>?[] made = new IReadOnlyList<Candidate>?[content.Projects.Count];

    /// <summary>How many candidates there are.</summary>
    public int Count => content.Versions.Count;

    /// <summary>Per text that is a version: the version.</summary>
    public Version?[] Versions { get; } = new Version?[content.Texts.Count];

    /// <summary>Per list of requirements: the requirements.</summary>
    public IReadOnlyList<Requirement>?[] Requires { get; } = new IReadOnlyList<Requirement>?[content.Lists.Count];

    /// <summary>Per different thing that candidates say beside those: what it means.</summary>
    public ParsedDetails?[] Details { get; } = new ParsedDetails?[content.Details.Count];

    /// <summary>A project's candidates, in the file's order.</summary>
    public IReadOnlyList<Candidate> CandidatesOf(PackageName name, int project)
    {
        var known = Volatile.Read(ref made[project]);
        if (known is not null)
            return known;
        var candidates = Make(name, project);
        return Interlocked.CompareExchange(ref made[project], candidates, null) ?? candidates;
    }

    /// <summary>The project's name, as written.</summary>
    public string NameText(int project) => content.Texts.StringOf(content.Projects[project]);

    /// <summary>The version of a project's candidate, as written.</summary>
    public string VersionText(int project, int candidate) =>
        content.Texts.StringOf(content.Versions[content.StartOf(project) + candidate]);

    private Candidate[] Make(PackageName name, int project)
    {
        var first = content.StartOf(project);
        var candidates = new Candidate[content.ProjectEnds[project] - first];
        for (var i = 0; i < candidates.Length; i++)
        {
            var details = Details[content.CandidateDetails[first + i]]!;
            var requires = Requires[content.Requires[first + i]]!;
            candidates[i] = new Candidate
            {
                Name = name,
                Version = Versions[content.Versions[first + i]]!.Value,
                Kind = details.Kind,
                Requires = details.ExtraRequires.Count == 0 ? requires : [.. requires, .. details.ExtraRequires],
                BuildRequires = details.BuildRequires,
                RequiresPython = details.RequiresPython,
                Yanked = details.Yanked,
                UnusableBecause = details.UnusableBecause,
            };
        }

        return candidates;
    }
}

/// <summary>The meaning of <see cref="CandidateDetails"/>.</summary>
/// <param name="Kind">sdist where the file does not say.</param>
/// <param name="BuildRequires">What it needs to be built.</param>
/// <param name="RequiresPython">The Pythons it runs on, or null.</param>
/// <param name="ExtraRequires">What its extras add, each under the marker <c>extra == "x"</c>.</param>
/// <param name="Yanked">PEP 592.</param>
/// <param name="UnusableBecause">Why it can never be chosen, or null where it can.</param>
internal sealed record ParsedDetails(
    DistributionKind Kind,
    IReadOnlyList<Requirement> BuildRequires,
    SpecifierSet? RequiresPython,
    IReadOnlyList<Requirement> ExtraRequires,
    bool Yanked,
    string? UnusableBecause
);
