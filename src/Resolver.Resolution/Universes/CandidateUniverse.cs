using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Universes;

/// <summary>A universe of scheme <see cref="UniverseScheme.Pep440"/>: candidates as an archive would give
/// them.</summary>
public sealed partial class CandidateUniverse : Universe, ICandidateSource
{
    private readonly Dictionary<PackageName, int> projects;
    private readonly CandidateTable table;

    internal CandidateUniverse(
        string name,
        IReadOnlyList<UniverseQuery> queries,
        Dictionary<PackageName, int> projects,
        CandidateTable table
    )
        : base(name, UniverseScheme.Pep440, queries)
    {
        this.projects = projects;
        this.table = table;
    }

    /// <inheritdoc/>
    public override int CandidateCount => table.Count;

    /// <inheritdoc/>
    public override int ProjectCount => projects.Count;

    /// <inheritdoc/>
    public IEnumerable<PackageName> Projects => projects.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) =>
        projects.TryGetValue(project, out var number) ? table.CandidatesOf(project, number) : [];

    /// <summary>What markers are judged by.</summary>
    public MarkerEnvironment Environment { get; internal init; } = MarkerEnvironment.CPython311OnLinux;

    /// <summary>Whether the lowest version is preferred (<c>strategy</c>).</summary>
    public bool Lowest { get; internal init; }

    /// <summary>Only this version of the project may be used.</summary>
    public IReadOnlyDictionary<PackageName, Version> Pinned { get; internal init; } =
        new Dictionary<PackageName, Version>();

    /// <summary>Locked before: kept where possible, unless in <see cref="Upgrade"/>.</summary>
    public IReadOnlyDictionary<PackageName, Version> Preferred { get; internal init; } =
        new Dictionary<PackageName, Version>();

    /// <summary>Projects whose <see cref="Preferred"/> version does not count.</summary>
    public IReadOnlySet<PackageName> Upgrade { get; internal init; } = new HashSet<PackageName>();

    /// <summary>Each replaces every requirement on its project.</summary>
    public IReadOnlyList<Requirement> Overrides { get; internal init; } = [];

    /// <summary>The file's <c>prereleases</c> as written, or null.</summary>
    public string? Prereleases { get; internal init; }

    /// <summary>The version of a candidate of this universe, as written.</summary>
    public string VersionText(Candidate candidate)
    {
        if (!projects.TryGetValue(candidate.Name, out var project))
            return candidate.Version.ToString();
        var candidates = table.CandidatesOf(candidate.Name, project);
        for (var i = 0; i < candidates.Count; i++)
        {
            if (ReferenceEquals(candidates[i], candidate))
                return table.VersionText(project, i);
        }

        return candidate.Version.ToString();
    }

    /// <summary>The name of a project, as written; its normalised name where the file does not list it.</summary>
    public string ProjectText(PackageName project) =>
        projects.TryGetValue(project, out var number) ? table.NameText(number) : project.Normalized;
}
