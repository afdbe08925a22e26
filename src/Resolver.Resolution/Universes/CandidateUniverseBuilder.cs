using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Universes;

/// <summary>
/// Gives the texts of a file of scheme pep440 their meaning. Equal texts are parsed once and share one object, and so
/// do equal lists. All that the file says is parsed here, reached or not: what is wrong in it is said on reading it.
/// </summary>
internal sealed class CandidateUniverseBuilder(UniverseContent content, string source)
{
    private readonly Requirement?[] requirements = new Requirement?[content.Texts.Count];
    private readonly CandidateTable table = new(content);

    public CandidateUniverse Build(string name)
    {
        var queries = content.Queries ?? [new UniverseQuery("", content.Root ?? [], content.Expected)];
        var projects = new Dictionary<PackageName, int>(content.Projects.Count);
        for (var i = 0; i < content.Projects.Count; i++)
        {
            var text = content.Texts.StringOf(content.Projects[i]);
            var project = Checked(PackageName.TryParse(text), "packages");
            if (!projects.TryAdd(project, i))
                throw Wrong(
                    "packages",
                    $"'{text}' and '{content.Texts.StringOf(content.Projects[projects[project]])}' are one project"
                );
            ReadProject(i);
        }

        return new CandidateUniverse(
            name,
            [.. queries.Select(query => query with { Name = name + query.Name })],
            projects,
            table
        )
        {
            Environment = ReadEnvironment(),
            Lowest = content.Strategy switch
            {
                "lowest" => true,
                "highest" or "" or null => false,
                _ => throw Wrong(
                    "strategy",
                    $"there is no strategy '{content.Strategy}'; known are highest and lowest"
                ),
            },
            Pinned = ReadVersions(content.Pinned, "pinned"),
            Preferred = ReadVersions(content.Preferred, "preferred"),
            Upgrade = content.UpgradeAll
                ? projects.Keys.ToHashSet()
                : content.Upgrade.Select((each, i) => Checked(PackageName.TryParse(each), $"upgrade[{i}]")).ToHashSet(),
            Overrides = [.. content.Overrides.Select(ReadOverride)],
            Prereleases = content.Prereleases,
        };
    }

    private void ReadProject(int project)
    {
        var first = content.StartOf(project);
        for (var i = first; i < content.ProjectEnds[project]; i++)
        {
            var (version, requires, details) = (content.Versions[i], content.Requires[i], content.CandidateDetails[i]);
            if (
                table.Versions[version] is not null
                && table.Requires[requires] is not null
                && table.Details[details] is not null
            )
                continue;
            var path = $"packages.{table.NameText(project)}[{i - first}]";
            table.Requires[requires] ??= ReadList(content.Lists[requires], $"{path}.requires");
            table.Versions[version] ??= Checked(Version.TryParse(content.Texts.StringOf(version)), $"{path}.version");
            table.Details[details] ??= ReadDetails(content.Details[details], path);
        }
    }

    private ParsedDetails ReadDetails(CandidateDetails details, string path) =>
        new(
            TextOf(details.Kind) switch
            {
                null or "" or "sdist" => DistributionKind.Sdist,
                "wheel" => DistributionKind.Wheel,
                "installed" => DistributionKind.Installed,
                "tree" => DistributionKind.Tree,
                var kind => throw Wrong(
                    $"{path}.kind",
                    $"there is no kind '{kind}'; known are sdist, wheel, installed and tree"
                ),
            },
            ReadList(content.DetailLists[details.BuildRequires], $"{path}.build_requires"),
            TextOf(details.RequiresPython) is { } python && !string.IsNullOrWhiteSpace(python)
                ? Checked(SpecifierSet.TryParse(python), $"{path}.requires_python")
                : null,
            ReadExtras(content.DetailLists[details.Extras], path),
            details.Yanked,
            details.Unusable ? TextOf(details.UnusableBecause) ?? "the universe says that it cannot be used" : null
        );

    private Requirement[] ReadList(ReadOnlySpan<int> texts, string path)
    {
        var parsed = new Requirement[texts.Length];
        for (var i = 0; i < texts.Length; i++)
            parsed[i] = requirements[texts[i]] ??= ReadRequirement(content.Texts.StringOf(texts[i]), $"{path}[{i}]");
        return parsed;
    }

    /// <summary>What an extra adds is a requirement under the marker <c>extra == "x"</c>, as a wheel's Requires-Dist
    /// would say it.</summary>
    private List<Requirement> ReadExtras(ReadOnlySpan<int> extras, string path)
    {
        var added = new List<Requirement>();
        for (var i = 0; i < extras.Length; i += 2)
        {
            // Old metadata has keys such as 'secure; python_version<="2.7"': no requirement can ask for such an extra.
            if (ExtraName.TryParse(content.Texts.StringOf(extras[i])) is not { Success: true, Value: var extra })
                continue;
            var at = $"{path}.extras.{content.Texts.StringOf(extras[i])}";
            foreach (var plain in ReadList(content.DetailLists[extras[i + 1]], at))
                added.Add(ReadRequirement(plain.TextUnder($"extra == \"{extra}\""), at));
        }

        return added;
    }

    private Requirement ReadRequirement(string text, string path) => Checked(Requirement.TryParse(text), path);

    private string? TextOf(int text) => text < 0 ? null : content.Texts.StringOf(text);

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
            read[Checked(PackageName.TryParse(project), path)] = Checked(
                Version.TryParse(version),
                $"{path}.{project}"
            );
        return read;
    }

    /// <summary>A whole requirement, or a project and what holds for it: a bare version means exactly that
    /// one.</summary>
    private Requirement ReadOverride(KeyValuePair<string, string> pair)
    {
        var isVersion = Version.TryParse(pair.Value).Success;
        return ReadRequirement(pair.Key + (isVersion ? "==" : "") + pair.Value, $"overrides.{pair.Key}");
    }

    private T Checked<T>(ParseResult<T> result, string path) =>
        result.Success ? result.Value : throw Wrong(path, result.Error.ToString());

    private UniverseFormatException Wrong(string path, string reason) => new(source, path, reason);
}
