using System.Collections.Concurrent;
using Resolver.Archives.Containers;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.References;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Candidates;

/// <summary>Serves what was found on disk and what is installed to Resolution. Safe to share between threads.</summary>
public sealed class ArchiveCandidateSource : ICandidateSource
{
    private readonly Dictionary<PackageName, List<Distribution>> present = [];
    private readonly ConcurrentDictionary<PackageName, IReadOnlyList<Candidate>> candidates = new();
    private readonly List<Distribution> broken = [];
    private readonly ArchiveView archive;
    private readonly Lazy<ILookup<PackageName, Distribution>> withoutVersion;
    private readonly Func<string, bool>? isChoosable;
    private readonly Func<PackageName, IEnumerable<HiddenDistribution>>? beside;
    private readonly ReferencedFiles? references;
    private readonly Func<Distribution, Distribution> seenAs;

    /// <param name="distributions">From scans, interpreters and prefixes. The same content twice is one candidate, by
    /// its first path in ordinal order; of installed ones of one name the first that is not shadowed counts. What has
    /// no name or no version is no candidate.</param>
    public ArchiveCandidateSource(IEnumerable<Distribution> distributions)
        : this(ArchiveView.Whole([.. distributions]), []) { }

    /// <param name="archive">Files and trees; what is not present is requested project by project.</param>
    /// <param name="installed">From interpreters and prefixes, in the order in which they hide one another.</param>
    /// <param name="isChoosable">Whether an installed one, by its path, counts beside the first of its name: whoever
    /// uses the plan makes the chosen one come first. Null: none does.</param>
    /// <param name="beside">What is elsewhere on the machine, asked only for hints; null: nothing is known of.</param>
    /// <param name="references">What references in metadata point to; null: they are not followed.</param>
    /// <param name="seenAs">How a distribution is seen, with other requirements; null: as it is.</param>
    public ArchiveCandidateSource(
        ArchiveView archive,
        IEnumerable<Distribution> installed,
        Func<string, bool>? isChoosable = null,
        Func<PackageName, IEnumerable<HiddenDistribution>>? beside = null,
        ReferencedFiles? references = null,
        Func<Distribution, Distribution>? seenAs = null
    )
    {
        this.seenAs = seenAs ?? (each => each);
        (this.archive, this.isChoosable, this.beside, this.references) = (archive, isChoosable, beside, references);
        withoutVersion = new(() =>
            archive
                .Present.Where(each =>
                    each is { Name: not null, Version: null, Path: not null }
                    && each.Kind != DistributionKind.Installed
                    && !each.Problems.Any(problem => problem.Fatal)
                )
                .OrderBy(each => each.Path, StringComparer.Ordinal)
                .ToLookup(each => each.Name!.Value)
        );
        foreach (var distribution in archive.Present.Concat(installed))
        {
            if (distribution is not { Name: { } name, Version: not null })
            {
                if (distribution.Kind == DistributionKind.Installed)
                    broken.Add(distribution);
                continue;
            }
            if (!present.TryGetValue(name, out var list))
                present[name] = list = [];
            list.Add(distribution);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PackageName> Projects => present.Keys.Union(archive.FurtherProjects);

    /// <inheritdoc/>
    public bool IsYanked(PackageName project, Version version) => archive.IsYanked(project, version);

    /// <inheritdoc/>
    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => candidates.GetOrAdd(project, Choose);

    private IReadOnlyList<Candidate> Choose(PackageName project)
    {
        var all = present.GetValueOrDefault(project) ?? [];
        if (archive.Further(project) is { Count: > 0 } further)
            all = [.. all, .. further];
        if (all.Count == 0)
            return [];
        var chosen = new List<Candidate>();
        // Installed ones keep the order of sys.path; files are ordered by path, so that which of two equal ones
        // counts depends on nothing else.
        foreach (var distribution in all.Where(each => each.Kind == DistributionKind.Installed))
        {
            if (chosen.Count == 0 || (distribution.Path is { } path && isChoosable?.Invoke(path) == true))
                chosen.Add(ToCandidate(seenAs(distribution))!);
        }
        // What is in the archive as well is in the list twice; views may hand out copies, so paths decide.
        var outside = references?.Of(project).Select(each => each.Path).ToHashSet() ?? [];
        if (outside.Count > 0)
            outside.RemoveWhere(path => all.Count(each => each.Path == path) > 1);
        foreach (
            var same in all.Where(each => each.Kind != DistributionKind.Installed)
                .OrderBy(each => each.Path, StringComparer.Ordinal)
                .GroupBy(ContentKey)
        )
        {
            var copies = same.DistinctBy(each => each.Path).ToList();
            // What lies in the archive has precedence: its path is the one that was given.
            var first = copies.Find(each => !outside.Contains(each.Path)) ?? copies[0];
            if (
                ToCandidate(
                    seenAs(first),
                    [.. copies.Where(each => each != first).Select(each => each.Path).OfType<string>()],
                    outside.Contains(first.Path),
                    references?.AreRestricted == true
                ) is
                { } candidate
            )
                chosen.Add(candidate);
        }
        references?.Follow(chosen);
        return chosen;
    }

    /// <inheritdoc/>
    public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) =>
        [
            .. WithoutVersion(project),
            .. Shadowed(project),
            .. Broken(project),
            .. UnreadableOf(project).Select(each => each with { Version = null }),
            .. references?.UnusableOf(project) ?? [],
            .. beside?.Invoke(project) ?? [],
        ];

    /// <summary>In the archive, known by name, and of an unknown version.</summary>
    private IEnumerable<HiddenDistribution> WithoutVersion(PackageName project) =>
        withoutVersion
            .Value[project]
            .Select(each => new HiddenDistribution(
                null,
                each.Path,
                "unknown-version",
                $"is in the archive, but its version is unknown; put it in place of VERSION in "
                    + $"resolver.toml:\n{DeclarationText.Of(each)}"
            ));

    /// <summary>Installed, but behind another on the path.</summary>
    private IEnumerable<HiddenDistribution> Shadowed(PackageName project)
    {
        var first = CandidatesOf(project).FirstOrDefault(each => each.Kind == DistributionKind.Installed);
        return (present.GetValueOrDefault(project) ?? [])
            .Where(each =>
                each.Kind == DistributionKind.Installed && each.Version != first?.Version && first is not null
            )
            .Select(each => new HiddenDistribution(
                each.Version?.ToString(),
                each.Path,
                "shadowed",
                $"is installed too, but {first!.Version} comes before it on the path ({first.Path ?? "no path"}) and "
                    + $"hides it: uninstall that, or change the order"
            ));
    }

    /// <summary>Installed, but with metadata that does not say at which version, or left over.</summary>
    private IEnumerable<HiddenDistribution> Broken(PackageName project) =>
        broken
            .Where(each => each.Problems.Count > 0 && InstalledDefects.IsOf(each, project))
            .Select(each => new HiddenDistribution(
                null,
                each.Path,
                "unreadable",
                $"is there, but does not count as installed: {Reason(each)}"
            ));

    /// <inheritdoc/>
    public IReadOnlyList<HiddenDistribution> UnreadableOf(PackageName project) => [.. Unreadable(project)];

    /// <summary>Files whose names say that they are the project, and that say nothing else.</summary>
    private IEnumerable<HiddenDistribution> Unreadable(PackageName project) =>
        from each in archive.Present
        where
            each.Kind != DistributionKind.Installed
            && (each.Name is null || (each.Version is null && each.Name != project))
            && each.Path is not null
            && each.Problems.Count > 0
        let file = ContainerFormat.StemOf(DistributionPath.Parse(each.Path!.TrimEnd('/')).FileName)
        let parts = file.Split('-')
        let length = Enumerable
            .Range(1, parts.Length)
            .FirstOrDefault(n =>
                PackageName.TryParse(string.Join('-', parts.Take(n))) is { Success: true, Value: var name }
                && name == project
            )
        where length > 0 && length < parts.Length && parts[length].Length > 0 && char.IsAsciiDigit(parts[length][0])
        select new HiddenDistribution(
            parts[length],
            each.Path!,
            "unreadable",
            $"has this name, but cannot be used: {Reason(each)}"
        );

    private static string Reason(Distribution distribution) =>
        (distribution.Problems.FirstOrDefault(each => each.Fatal) ?? distribution.Problems[0]).MessageWithin(
            distribution.Path
        );

    /// <summary>The distribution as the solver sees it; null where it has no name or no version.</summary>
    public static Candidate? ToCandidate(Distribution distribution) =>
        ToCandidate(distribution, [], onlyByReference: false);

    private static Candidate? ToCandidate(
        Distribution distribution,
        IReadOnlyList<string> otherPaths,
        bool onlyByReference,
        bool areRestricted = false
    )
    {
        if (distribution.Name is not { } name || distribution.Version is not { } version)
            return null;
        return new Candidate
        {
            Name = name,
            Version = version,
            Kind = distribution.Kind,
            Path = distribution.Path,
            OtherPaths = otherPaths,
            OnlyByReference = onlyByReference,
            OnlyForReferences = onlyByReference && areRestricted,
            Sha256 = distribution.Sha256,
            Size = distribution.Size,
            Requires = distribution.RequiresDist,
            Extras = distribution.RequiresDist is null ? null : distribution.Extras,
            BuildRequires = distribution.BuildRequires,
            RequiresPython = distribution.RequiresPython,
            Tags = distribution.Wheel?.Tags,
            RightFileName = RightFileName(distribution, name, version),
            BuildBackend = distribution.BackendPath.Count == 0 ? distribution.BuildBackend : null,
            BuildTag = distribution.Wheel?.BuildTag,
            Yanked = distribution.Yanked,
            YankedBecause = distribution.YankedBecause,
            UnusableBecause = UnusableBecause(distribution),
            IsDefective = distribution.Problems.Any(each => each.Fatal),
            BuildEnvironment = distribution.BuildEnvironment.Count > 0 ? distribution.BuildEnvironment : null,
            Weaknesses = Weaknesses(distribution),
        };
    }

    /// <summary>The name that its metadata give a wheel whose file name says something else (PEP 427).</summary>
    private static string? RightFileName(Distribution distribution, PackageName name, Version version)
    {
        if (
            distribution.Kind != DistributionKind.Wheel
            || distribution.Path is not { } path
            || !distribution.Problems.Any(each => each is { Code: "name-mismatch", Fatal: true })
        )
            return null;
        var parts = DistributionPath.Parse(path).FileName.Split('-');
        var project = name.Normalized.Replace('-', '_');
        return string.Join('-', [project, version.ToString(), .. parts[2..]]);
    }

    /// <summary>Why a distribution can never be chosen, or null: a fatal problem, or requirements that cannot be
    /// known.</summary>
    public static string? UnusableBecause(Distribution distribution)
    {
        if (distribution.Problems.FirstOrDefault(p => p.Fatal) is { } fatal)
            return fatal.Message;
        var invalid = distribution.Problems.FirstOrDefault(p =>
            p.Code is "requirement-invalid" or "requires-python-invalid"
        );
        if (distribution.RequiresDist is null)
            return invalid?.Message
                ?? distribution.Problems.FirstOrDefault(p => p.Code == "metadata-dynamic")?.Message
                ?? $"its dependencies cannot be known without running code: {MetadataAdvice.Declare}";
        if (distribution.Kind is DistributionKind.Sdist or DistributionKind.Tree && distribution.BuildRequires is null)
            return invalid?.Message ?? "its build requirements cannot be read";
        return null;
    }

    /// <summary>One note for each value that a plan needs and that rests on a weak source.</summary>
    private static List<string> Weaknesses(Distribution distribution)
    {
        var notes = new List<string>();
        foreach (
            var (value, text) in ((string, string)[])
                [
                    ("name", "name"),
                    ("version", "version"),
                    ("requires_dist", "dependencies"),
                    ("requires_python", "Python bound"),
                ]
        )
        {
            if (distribution.Known.TryGetValue(value, out var source) && source is { } known && known.IsWeak())
                notes.Add($"{text} by {known.Text()}");
        }
        if (distribution.Known.TryGetValue("requires_python", out var python) && python is null)
            notes.Add("Python bound unknown");
        if (distribution.Problems.Any(problem => problem.Code == "build-requires-incomplete"))
            notes.Add("build requirements may be incomplete");
        if (distribution.Problems.Any(problem => problem.Code == "version-untold"))
            notes.Add("its build may give another version");
        if (distribution.Problems.Any(problem => problem.Code == "setuptools-without-egg-info"))
            notes.Add(
                "'git archive' without the egg-info of setuptools, which pip alone cannot build: its sdist is better"
            );
        return notes;
    }

    /// <summary>What makes two distributions the same candidate: their content, or their place on disk where there is
    /// no single file.</summary>
    private static (string Content, string Candidate) ContentKey(Distribution distribution) =>
        distribution.Sha256 is { } sha256 ? (sha256, ToCandidate(distribution)?.ContentKey ?? "")
        : distribution.Path is { } path ? (System.IO.Path.GetFullPath(path).TrimEnd('/'), "")
        : ("", "");
}
