using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Universes;

/// <summary>Gives the texts of a file of scheme pep440 their meaning. Equal texts are parsed once and share one object.</summary>
internal sealed class CandidateUniverseBuilder(UniverseContent content, string source)
{
    private readonly Dictionary<string, Requirement> requirements = [];
    private readonly Dictionary<string, SpecifierSet> specifiers = [];
    private readonly Dictionary<int, Version> versions = [];
    private readonly Dictionary<int, string> versionTexts = [];
    private readonly Dictionary<int, IReadOnlyList<Requirement>> lists = [];
    private readonly Dictionary<Candidate, string> textOf = [];

    public CandidateUniverse Build(string name)
    {
        var queries = content.Queries ?? [new UniverseQuery("", content.Root ?? [], content.Expected)];
        var candidates = new Dictionary<PackageName, IReadOnlyList<Candidate>>();
        var projectTexts = new Dictionary<PackageName, string>();
        var first = 0;
        for (var i = 0; i < content.Projects.Count; i++)
        {
            var text = content.Texts.StringOf(content.Projects[i]);
            var project = Checked(PackageName.TryParse(text), "packages");
            if (!projectTexts.TryAdd(project, text))
                throw Wrong("packages", $"'{text}' and '{projectTexts[project]}' are one project");
            candidates.Add(project, ReadProject(project, text, first, content.ProjectEnds[i]));
            first = content.ProjectEnds[i];
        }

        return new CandidateUniverse(name, [.. queries.Select(query => query with { Name = name + query.Name })], candidates)
        {
            Environment = ReadEnvironment(),
            Lowest = content.Strategy switch
            {
                "lowest" => true,
                "highest" or "" or null => false,
                _ => throw Wrong("strategy", $"there is no strategy '{content.Strategy}'; known are highest and lowest"),
            },
            Pinned = ReadVersions(content.Pinned, "pinned"),
            Preferred = ReadVersions(content.Preferred, "preferred"),
            Upgrade = content.UpgradeAll
                ? candidates.Keys.ToHashSet()
                : content.Upgrade.Select((each, i) => Checked(PackageName.TryParse(each), $"upgrade[{i}]")).ToHashSet(),
            Overrides = [.. content.Overrides.Select(ReadOverride)],
            Prereleases = content.Prereleases,
            VersionTexts = textOf,
            ProjectTexts = projectTexts,
        };
    }

    private Candidate[] ReadProject(PackageName project, string text, int first, int end)
    {
        var candidates = new Candidate[end - first];
        for (var i = first; i < end; i++)
        {
            var candidate = ReadCandidate(project, i, $"packages.{text}[{i - first}]");
            candidates[i - first] = candidate;
            textOf.Add(candidate, VersionText(content.Versions[i]));
        }

        return candidates;
    }

    private Candidate ReadCandidate(PackageName project, int candidate, string path)
    {
        var requires = ReadList(content.Requires[candidate], path);
        var version = ReadVersion(content.Versions[candidate], path);
        if (!content.Details.TryGetValue(candidate, out var details))
            return new Candidate { Name = project, Version = version, Kind = DistributionKind.Sdist, Requires = requires, BuildRequires = [] };
        return new Candidate
        {
            Name = project,
            Version = version,
            Kind = details.Kind switch
            {
                null or "" or "sdist" => DistributionKind.Sdist,
                "wheel" => DistributionKind.Wheel,
                "installed" => DistributionKind.Installed,
                "tree" => DistributionKind.Tree,
                _ => throw Wrong($"{path}.kind", $"there is no kind '{details.Kind}'; known are sdist, wheel, installed and tree"),
            },
            Requires = details.Extras.Count == 0 ? requires : [.. requires, .. ReadExtras(details, path)],
            BuildRequires = [.. details.BuildRequires.Select((each, i) => ReadRequirement(each, $"{path}.build_requires[{i}]"))],
            RequiresPython = ReadSpecifier(details.RequiresPython, path),
            Yanked = details.Yanked,
            UnusableBecause = details.Usable ? null : details.UnusableBecause ?? "the universe says that it cannot be used",
        };
    }

    private IReadOnlyList<Requirement> ReadList(int list, string path)
    {
        if (lists.TryGetValue(list, out var known))
            return known;
        var texts = content.Lists[list];
        var parsed = new Requirement[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            parsed[i] = ReadRequirement(content.Texts.StringOf(texts[i]), $"{path}.requires[{i}]");
        lists.Add(list, parsed);
        return parsed;
    }

    /// <summary>What an extra adds is a requirement under the marker <c>extra == "x"</c>, as a wheel's Requires-Dist would say it.</summary>
    private IEnumerable<Requirement> ReadExtras(CandidateDetails details, string path)
    {
        foreach (var (extra, texts) in details.Extras)
        {
            // Old metadata has keys such as 'secure; python_version<="2.7"': no requirement can ask for such an extra.
            if (!ExtraName.TryParse(extra).Success)
                continue;
            var name = ExtraName.Parse(extra);
            for (var i = 0; i < texts.Count; i++)
            {
                var at = $"{path}.extras.{extra}[{i}]";
                var plain = ReadRequirement(texts[i], at);
                yield return ReadRequirement(WithExtra(plain, name), at);
            }
        }
    }

    private static string WithExtra(Requirement requirement, ExtraName extra)
    {
        if (requirement.Marker is null)
            return $"{requirement.Text} ; extra == \"{extra}\"";
        // A URL may hold a semicolon; the marker's own has a blank before it there.
        var end = requirement.Url is null ? requirement.Text.IndexOf(';') : requirement.Text.IndexOf(" ;", StringComparison.Ordinal);
        return $"{requirement.Text[..end].TrimEnd()} ; ({requirement.Marker}) and extra == \"{extra}\"";
    }

    private Requirement ReadRequirement(string text, string path)
    {
        if (requirements.TryGetValue(text, out var known))
            return known;
        var parsed = Checked(Requirement.TryParse(text), path);
        requirements.Add(text, parsed);
        return parsed;
    }

    private SpecifierSet? ReadSpecifier(string? text, string path)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (specifiers.TryGetValue(text, out var known))
            return known;
        var parsed = Checked(SpecifierSet.TryParse(text), $"{path}.requires_python");
        specifiers.Add(text, parsed);
        return parsed;
    }

    private Version ReadVersion(int text, string path)
    {
        if (versions.TryGetValue(text, out var known))
            return known;
        var parsed = Checked(Version.TryParse(VersionText(text)), $"{path}.version");
        versions.Add(text, parsed);
        return parsed;
    }

    private string VersionText(int text)
    {
        if (!versionTexts.TryGetValue(text, out var known))
            versionTexts.Add(text, known = content.Texts.StringOf(text));
        return known;
    }

    private MarkerEnvironment ReadEnvironment()
    {
        var environment = MarkerEnvironment.CPython311OnLinux;
        foreach (var (variable, value) in content.Environment)
        {
            if (environment[variable] is not null)
                environment = environment.With(variable, value);
        }

        return environment;
    }

    private Dictionary<PackageName, Version> ReadVersions(List<KeyValuePair<string, string>> pairs, string path)
    {
        var read = new Dictionary<PackageName, Version>();
        foreach (var (project, version) in pairs)
            read[Checked(PackageName.TryParse(project), path)] = Checked(Version.TryParse(version), $"{path}.{project}");
        return read;
    }

    /// <summary>A whole requirement, or a project and what holds for it: a bare version means exactly that one.</summary>
    private Requirement ReadOverride(KeyValuePair<string, string> pair)
    {
        var isVersion = Version.TryParse(pair.Value).Success;
        return ReadRequirement(pair.Key + (isVersion ? "==" : "") + pair.Value, $"overrides.{pair.Key}");
    }

    private T Checked<T>(ParseResult<T> result, string path) => result.Success ? result.Value : throw Wrong(path, result.Error.ToString());

    private UniverseFormatException Wrong(string path, string reason) => new(source, path, reason);
}
