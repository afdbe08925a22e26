using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;

namespace Resolver.Archives.Candidates;

/// <summary>Serves what was found on disk and what is installed to Resolution. Immutable once made; safe to share between threads.</summary>
public sealed class ArchiveCandidateSource : ICandidateSource
{
    private readonly Dictionary<PackageName, List<Candidate>> byName = [];

    /// <param name="distributions">From scans, interpreters and prefixes. The same content twice is one candidate, by its first path in ordinal order;
    /// of installed ones of one name the first that is not shadowed counts. What has no name or no version is no candidate.</param>
    /// <param name="isChoosable">Whether an installed one, by its path, counts beside the first of its name: whoever uses the plan makes the chosen one come first. Null: none does.</param>
    public ArchiveCandidateSource(IEnumerable<Distribution> distributions, Func<string, bool>? isChoosable = null)
    {
        var contents = new HashSet<(PackageName, string, string)>();
        var installed = new HashSet<PackageName>();
        var all = distributions.ToList();
        // Installed ones keep the order of sys.path; files are ordered by path, so that which of two equal ones counts depends on nothing else.
        var ordered = all.Where(d => d.Kind == DistributionKind.Installed).Concat(all.Where(d => d.Kind != DistributionKind.Installed).OrderBy(d => d.Path, StringComparer.Ordinal));
        foreach (var distribution in ordered)
        {
            if (distribution.Name is not { } name || ToCandidate(distribution) is not { } candidate) continue;
            if (distribution.Kind == DistributionKind.Installed)
            {
                if (!installed.Add(name) && !(distribution.Path is { } path && isChoosable?.Invoke(path) == true)) continue;
            }
            else if (distribution.Sha256 is { } sha256 && !contents.Add((name, sha256, Subdirectory(distribution.Path)))) continue;
            if (!byName.TryGetValue(name, out var list)) byName[name] = list = [];
            list.Add(candidate);
        }
    }

    /// <inheritdoc/>
    public IEnumerable<PackageName> Projects => byName.Keys;

    /// <inheritdoc/>
    public IReadOnlyList<Candidate> CandidatesOf(PackageName project) => byName.GetValueOrDefault(project) ?? [];

    /// <summary>The distribution as the solver sees it; null where it has no name or no version.</summary>
    public static Candidate? ToCandidate(Distribution distribution)
    {
        if (distribution.Name is not { } name || distribution.Version is not { } version) return null;
        return new Candidate
        {
            Name = name,
            Version = version,
            Kind = distribution.Kind,
            Path = distribution.Path,
            Sha256 = distribution.Sha256,
            Requires = distribution.RequiresDist,
            BuildRequires = distribution.BuildRequires,
            RequiresPython = distribution.RequiresPython,
            Tags = distribution.Wheel?.Tags,
            BuildTag = distribution.Wheel?.BuildTag,
            Yanked = distribution.Yanked,
            YankedBecause = distribution.YankedBecause,
            UnusableBecause = UnusableBecause(distribution),
            BuildEnvironment = distribution.BuildEnvironment.Count > 0 ? distribution.BuildEnvironment : null,
            Weaknesses = Weaknesses(distribution),
        };
    }

    /// <summary>Why a distribution can never be chosen, or null: a fatal problem, or requirements that cannot be known.</summary>
    public static string? UnusableBecause(Distribution distribution)
    {
        if (distribution.Problems.FirstOrDefault(p => p.Fatal) is { } fatal) return fatal.Message;
        var invalid = distribution.Problems.FirstOrDefault(p => p.Code is "requirement-invalid" or "requires-python-invalid");
        if (distribution.RequiresDist is null)
            return invalid?.Message ?? distribution.Problems.FirstOrDefault(p => p.Code == "metadata-dynamic")?.Message
                ?? "its dependencies cannot be known without running code: declare them in resolver.toml, or use --offline-metadata build";
        if (distribution.Kind is DistributionKind.Sdist or DistributionKind.Tree && distribution.BuildRequires is null)
            return invalid?.Message ?? "its build requirements cannot be read";
        return null;
    }

    /// <summary>One note for each value that a plan needs and that rests on a weak source.</summary>
    private static List<string> Weaknesses(Distribution distribution)
    {
        var notes = new List<string>();
        foreach (var (value, text) in ((string, string)[])[("name", "name"), ("version", "version"), ("requires_dist", "dependencies"), ("requires_python", "Python bound")])
        {
            if (distribution.Known.TryGetValue(value, out var source) && source is { } known && known.IsWeak()) notes.Add($"{text} by {known.Text()}");
        }
        if (distribution.Known.TryGetValue("requires_python", out var python) && python is null) notes.Add("Python bound unknown");
        return notes;
    }

    private static string Subdirectory(string? path) => path?.IndexOf("#subdirectory=", StringComparison.Ordinal) is { } at and >= 0 ? path[at..] : "";
}
