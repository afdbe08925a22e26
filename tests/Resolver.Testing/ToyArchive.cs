using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Testing;

/// <summary>
/// An archive in a few lines: one distribution a line, such as <c>app 1.0 sdist: lib>=1, six; build: tiny>=2; python:
/// &gt;=3.8; yanked</c>. <c>tags: cp312-cp312-win_amd64</c> are a wheel's; <c>hidden lib 2.0: other-prefix: /opt/x:
/// is installed there only</c> is no candidate, but there. The kind may be left out (wheel). Requirements are
/// separated by <c>,</c> followed by a space; markers are written with <c>|</c> in place of <c>;</c>.
/// </summary>
public sealed class ToyArchive : ICandidateSource
{
    private readonly Dictionary<PackageName, List<Candidate>> candidates = [];

    private readonly List<(PackageName Name, HiddenDistribution Distribution)> hidden = [];
    private readonly bool fileNames;

    /// <param name="fileNames">Whether paths are as a real archive has them.</param>
    public ToyArchive(string lines, bool fileNames = false)
    {
        this.fileNames = fileNames;
        foreach (var line in lines.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (line.StartsWith("hidden ", StringComparison.Ordinal))
                Hide(line["hidden ".Length..]);
            else
                Add(Parse(line));
        }
    }

    /// <summary>Projects in the order in which they were asked for: laziness made visible.</summary>
    public List<PackageName> Asked { get; } = [];

    public IEnumerable<PackageName> Projects => candidates.Keys;

    public IEnumerable<Candidate> All => candidates.Values.SelectMany(each => each);

    public IReadOnlyList<HiddenDistribution> HiddenOf(PackageName project) =>
        [.. hidden.Where(each => each.Name == project).Select(each => each.Distribution)];

    public IReadOnlyList<Candidate> CandidatesOf(PackageName project)
    {
        Asked.Add(project);
        return candidates.GetValueOrDefault(project) ?? [];
    }

    /// <summary>A request for these requirements (separated by <c>, </c>) on CPython 3.11 on Linux.</summary>
    public static PlanRequest Ask(string requirements) =>
        new() { Environment = MarkerEnvironment.CPython311OnLinux, Roots = Requirements(requirements) };

    private void Add(Candidate candidate)
    {
        if (!candidates.TryGetValue(candidate.Name, out var list))
            candidates.Add(candidate.Name, list = []);
        list.Add(candidate);
    }

    private void Hide(string line)
    {
        var parts = line.Split(": ", 4);
        var head = parts[0].Split(' ');
        hidden.Add(
            (
                PackageName.Parse(head[0]),
                new HiddenDistribution(
                    head.Length > 1 ? head[1] : null,
                    parts[2].Length > 0 ? parts[2] : null,
                    parts[1],
                    parts[3]
                )
            )
        );
    }

    private string PathOf(string name, string version, DistributionKind kind, string tags) =>
        !fileNames
            ? $"{name}-{version}.{kind}"
            : kind switch
            {
                DistributionKind.Sdist => $"archive/{name.Replace('-', '_')}-{version}.tar.gz",
                DistributionKind.Wheel =>
                    $"archive/{name.Replace('-', '_')}-{version}-{(tags.Length > 0 ? tags.Split(' ')[0] : "py3-none-any")}.whl",
                DistributionKind.Tree => $"archive/{name}",
                _ => $"site-packages/{name.Replace('-', '_')}-{version}.dist-info",
            };

    private Candidate Parse(string line)
    {
        var parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
        var head = parts[0].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var kind = head.Length > 2 ? Enum.Parse<DistributionKind>(head[2], ignoreCase: true) : DistributionKind.Wheel;
        var clauses = (parts.Length > 1 ? parts[1] : "").Split(';', StringSplitOptions.TrimEntries);
        string Clause(string name) =>
            clauses
                .FirstOrDefault(each => each.StartsWith(name + ":", StringComparison.Ordinal))
                ?[(name.Length + 1)..].Trim()
            ?? "";
        return new Candidate
        {
            Name = PackageName.Parse(head[0]),
            Version = Version.Parse(head[1]),
            Kind = kind,
            Path = PathOf(head[0], head[1], kind, Clause("tags")),
            Tags = Clause("tags") is { Length: > 0 } tags
                ?
                [
                    .. tags.Split(' ')
                        .Select(each => each.Split('-'))
                        .Select(each => new Tag(each[0], each[1], each[2])),
                ]
                : null,
            Requires = Requirements(
                clauses.FirstOrDefault(each => !each.Contains(": ", StringComparison.Ordinal) && each != "yanked") ?? ""
            ),
            BuildRequires = Requirements(Clause("build")),
            RequiresPython = Clause("python") is { Length: > 0 } python ? SpecifierSet.Parse(python) : null,
            Yanked = clauses.Contains("yanked"),
            UnusableBecause = Clause("unusable") is { Length: > 0 } reason ? reason : null,
        };
    }

    private static IReadOnlyList<Requirement> Requirements(string text) =>
        [
            .. text.Split(", ", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                .Select(each => Requirement.Parse(each.Replace('|', ';'))),
        ];
}
