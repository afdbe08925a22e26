using System.Globalization;
using Resolver.Application.Environments;
using Resolver.Archives.Declarations;
using Resolver.Execution.Options;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Configuration;

/// <summary>Reads a configuration file: options by their long names, then the rules that are no options. What its
/// keys mean is in <c>docs/configuration.md</c>.</summary>
internal sealed class ConfigurationReader
{
    private static readonly string[] DeclaredKeys =
    [
        "requires-dist",
        "build-requires",
        "requires-python",
        "provides-extra",
    ];

    private readonly string file;
    private readonly ConfigurationTable top;
    private readonly List<ConfiguredRule> rules = [];

    private ConfigurationReader(TomlTable table, string prefix, string file, List<DocumentError> errors)
    {
        this.file = file;
        top = new ConfigurationTable(table, prefix, file, errors);
    }

    /// <summary>Reads a table.</summary>
    /// <param name="prefix">What messages put before its keys: nothing, or <c>tool.resolver.</c></param>
    /// <param name="file">As messages name it; paths are relative to its folder.</param>
    /// <param name="errors">Gets what is wrong; where it gets anything the result is not to be used.</param>
    public static ConfigurationFile Read(TomlTable table, string prefix, string file, List<DocumentError> errors) =>
        new ConfigurationReader(table, prefix, file, errors).Read();

    private ConfigurationFile Read()
    {
        var values = Settings.All.Select(Value).OfType<SettingValue>().ToList();
        var exclusions = Versions("exclude")
            .Select(each => new Exclusion(each.Requirement.Name, each.Requirement.Specifier, each.Reason))
            .ToList();
        var waivers = Tables("waive").SelectMany(Waivers).ToList();
        var metadata = Tables("dependency-metadata").Select(Metadata).OfType<DeclaredMetadata>().ToList();
        var yanked = Versions("yanked")
            .Select(each => new YankedVersions(each.Requirement.Name, each.Requirement.Specifier, each.Reason))
            .ToList();
        var settings = top.Inner("config-settings") is { } general
            ? ConfigSettings(null, general, "config-settings")
            : [];
        var environment = new Dictionary<PackageName, IReadOnlyDictionary<string, string>>();
        foreach (var (key, node) in top.Inner("projects")?.Entries ?? [])
            Project(key, node, settings, environment);
        var environments = (top.Inner("environments")?.Entries ?? [])
            .Select(entry => Environment(entry.Key, entry.Value))
            .OfType<ConfiguredEnvironment>()
            .ToList();
        var scope = top.Inner("universal") is { } universal ? Scope(top.Open(universal, "universal")) : null;
        top.RejectOthers();
        return new ConfigurationFile
        {
            Path = file,
            Values = values,
            Waivers = waivers,
            Exclusions = exclusions,
            Metadata = metadata,
            Yanked = yanked,
            ConfigSettings = settings,
            BuildEnvironment = environment,
            Environments = environments,
            Scope = scope,
            Rules = rules,
        };
    }

    private SettingValue? Value(Setting setting)
    {
        if (top[setting.Key] is not { } node)
            return null;
        IReadOnlyList<string>? values = setting.Kind switch
        {
            SettingKind.Flag => node is TomlBoolean flag
                ? [flag.Value ? "true" : "false"]
                : Wrong(node, setting, "true or false"),
            SettingKind.Number => node switch
            {
                TomlInteger integer => [integer.Value.ToString(CultureInfo.InvariantCulture)],
                TomlFloat number => [number.Value.ToString("R", CultureInfo.InvariantCulture)],
                _ => Wrong(node, setting, "a number"),
            },
            SettingKind.Text => Single(setting.Key)?.Value is { } text ? [text] : null,
            SettingKind.Path => Single(setting.Key)?.Value is { } path ? [Beside(path)] : null,
            SettingKind.Program => Single(setting.Key)?.Value is { } program
                ? [program.AsSpan().ContainsAny('/', '\\') ? Beside(program) : program]
                : null,
            SettingKind.Paths => top.Texts(setting.Key)?.Select(path => Beside(path.Value)).ToList(),
            SettingKind.Projects => top.Texts(setting.Key)?.Where(IsProject).Select(name => name.Value).ToList(),
            _ => top.Texts(setting.Key)?.Select(text => text.Value).ToList(),
        };
        return values is null ? null : new SettingValue(setting, values, top.Origin(node));
    }

    private TomlText? Single(string key) => top.Text(key);

    private string[]? Wrong(TomlNode node, Setting setting, string expected)
    {
        top.Report(node, $"{node.Describe()} under '{setting.Key}'", expected);
        return null;
    }

    private bool IsProject(TomlText text) => text.Value is ":all:" or ":none:" || top.Project(text) is not null;

    private string Beside(string path) =>
        Path.GetDirectoryName(file) is { Length: > 0 } folder
            ? Path.Combine(folder, path).Replace('\\', OperatingSystem.IsWindows() ? '/' : '\\')
            : path;

    /// <summary>The tables of an array of such.</summary>
    private IEnumerable<ConfigurationTable> Tables(string key)
    {
        foreach (var item in top.Items(key))
        {
            if (item is TomlTable table)
                yield return top.Open(table, key);
            else
                top.Report(item, $"{item.Describe()} in '{key}'", "tables");
        }
    }

    /// <summary>Projects with versions, and why: strings, or tables of <c>requirement</c> and <c>reason</c>.</summary>
    private IEnumerable<(Requirement Requirement, string? Reason)> Versions(string key)
    {
        foreach (var item in top.Items(key))
        {
            TomlText? text = null,
                reason = null;
            switch (item)
            {
                case TomlText alone:
                    text = alone;
                    break;
                case TomlTable inner:
                    var table = top.Open(inner, key);
                    text = table.Text("requirement");
                    reason = table.Text("reason");
                    table.RejectOthers();
                    if (text is null && !inner.Has("requirement"))
                        top.Report(inner, $"a table without 'requirement' in '{key}'", "one with it");
                    break;
                default:
                    top.Report(item, $"{item.Describe()} in '{key}'", "a string such as 'name<2', or a table");
                    break;
            }

            if (text is null || top.ProjectAndVersions(text) is not { } requirement)
                continue;
            rules.Add(
                new ConfiguredRule(
                    key,
                    reason is null ? $"{requirement}" : $"{requirement} ({reason.Value})",
                    top.Origin(item)
                )
            );
            yield return (requirement, reason?.Value);
        }
    }

    private List<Waiver> Waivers(ConfigurationTable table)
    {
        var project = table.Project("project");
        var versions = table.Specifiers("versions");
        var names = table.Texts("requirement");
        var reason = table.Text("reason");
        table.RejectOthers();
        if (names is null or [] && !table.Table.Has("requirement"))
            table.Report(
                table.Table,
                "a waiver without 'requirement'",
                "the names of the build requirements that are not needed"
            );
        if (versions is not null && !table.Table.Has("project"))
            table.Report(table.Table, "'versions' without 'project'", "the project whose versions they are");
        var waived = (names ?? []).Select(table.Project).OfType<PackageName>().ToList();
        if (waived.Count > 0)
            rules.Add(
                new ConfiguredRule(
                    "waive",
                    $"{project?.Normalized ?? "every project"}{versions} need not have "
                        + $"{string.Join(", ", waived)}{(reason is null ? "" : $" ({reason.Value})")}",
                    table.Origin(table.Table)
                )
            );
        return [.. waived.Select(name => new Waiver(project, name) { Versions = versions })];
    }

    private DeclaredMetadata? Metadata(ConfigurationTable table)
    {
        var path = table.Text("file")?.Value;
        var name = table.Project("name");
        var version = table.Text("version") is { } text ? table.Read(Version.TryParse(text.Value), text) : null;
        var requires = table.Requirements("requires-dist");
        var builds = table.Requirements("build-requires");
        // Unlike a bound that is not told, the empty one is every Python.
        var python = table["requires-python"] is TomlText { Value.Length: 0 }
            ? SpecifierSet.Any
            : table.Specifiers("requires-python");
        var extras = table
            .Texts("provides-extra")
            ?.Select(extra => table.Read(ExtraName.TryParse(extra.Value), extra))
            .OfType<ExtraName>()
            .ToList();
        table.RejectOthers();
        if (!table.Table.Has("name") && !table.Table.Has("file"))
        {
            table.Report(table.Table, "declared metadata of nobody", "'name', with or without 'version', or 'file'");
            return null;
        }

        var who = string.Join(
            ' ',
            new[] { path, name?.Normalized, version?.ToString() }.Where(part => part is not null)
        );
        var what = string.Join(", ", DeclaredKeys.Where(table.Table.Has));
        rules.Add(
            new ConfiguredRule(
                "dependency-metadata",
                what.Length > 0 ? $"{who}: {what}" : who,
                table.Origin(table.Table)
            )
        );
        return new DeclaredMetadata
        {
            File = path,
            Name = name,
            Version = version,
            RequiresDist = requires,
            BuildRequires = builds,
            RequiresPython = python,
            Extras = extras,
        };
    }

    private void Project(
        string key,
        TomlNode node,
        List<ConfigSetting> settings,
        Dictionary<PackageName, IReadOnlyDictionary<string, string>> environment
    )
    {
        if (node is not TomlTable inner)
        {
            top.Report(node, $"{node.Describe()} under 'projects.{key}'", "a table");
            return;
        }

        var called = $"projects.{key}";
        var table = top.Open(inner, called);
        var name = table.Project(new TomlText(key, node.Line, node.Column));
        if (table.Inner("env") is { } variables)
        {
            var own = Strings(table, variables, $"{called}.env")
                .ToDictionary(pair => pair.Key, pair => pair.Value, StringComparer.Ordinal);
            if (name is { } project && !environment.TryAdd(project, own))
                table.Report(node, $"'{called}' for a second time", "each project once");
        }

        if (table.Inner("config-settings") is { } backend)
            settings.AddRange(ConfigSettings(name, backend, $"{called}.config-settings"));
        table.RejectOthers();
    }

    private List<ConfigSetting> ConfigSettings(PackageName? project, TomlTable table, string called)
    {
        var settings = new List<ConfigSetting>();
        foreach (var (key, node) in table.Entries)
        {
            IReadOnlyList<TomlNode> values = node is TomlArray array ? array.Items : [node];
            foreach (var value in values)
            {
                if (value is not TomlText text)
                {
                    top.Report(value, $"{value.Describe()} under '{called}.{key}'", "a string, or an array of strings");
                    continue;
                }

                settings.Add(new ConfigSetting(project, key, text.Value));
                rules.Add(new ConfiguredRule(called, $"{key}={text.Value}", top.Origin(value)));
            }
        }

        return settings;
    }

    private UniversalSettings Scope(ConfigurationTable table)
    {
        var (environments, required) = (Markers(table, "environments"), Markers(table, "required"));
        table.RejectOthers();
        return new UniversalSettings(environments, required);
    }

    private List<Marker> Markers(ConfigurationTable table, string key)
    {
        var markers = new List<Marker>();
        foreach (var text in table.Texts(key) ?? [])
        {
            if (table.ReadClass(Marker.TryParse(text.Value), text) is not { } marker)
                continue;
            markers.Add(marker);
            rules.Add(new ConfiguredRule($"universal.{key}", marker.ToString(), table.Origin(text)));
        }

        return markers;
    }

    private ConfiguredEnvironment? Environment(string name, TomlNode node)
    {
        var called = $"environments.{name}";
        if (node is not TomlTable inner)
        {
            top.Report(node, $"{node.Describe()} under '{called}'", "a table");
            return null;
        }

        var table = top.Open(inner, called);
        var (version, platform) = (table.Text("python-version")?.Value, table.Text("python-platform")?.Value);
        var markers = new Dictionary<string, string>(StringComparer.Ordinal);
        if (table.Inner("markers") is { } variables)
        {
            // Read by name, so that a hint can be given for a mistyped key.
            var asked = table.Open(variables, "markers");
            foreach (var variable in MarkerEnvironment.VariableNames)
            {
                if (asked[variable] is TomlText text)
                    markers.Add(variable, text.Value);
                else if (asked[variable] is { } other)
                    asked.Report(other, $"{other.Describe()} under '{called}.markers.{variable}'", "a string");
            }

            asked.RejectOthers();
        }

        table.RejectOthers();
        var parts = new[] { version is null ? null : $"Python {version}", platform }
            .Concat(markers.Select(pair => $"{pair.Key}={pair.Value}"))
            .Where(part => part is not null);
        rules.Add(new ConfiguredRule(called, string.Join(", ", parts), table.Origin(inner)));
        return new ConfiguredEnvironment(
            new EnvironmentDescription(name, version, platform, markers),
            table.Origin(inner)
        );
    }

    private IEnumerable<KeyValuePair<string, string>> Strings(
        ConfigurationTable table,
        TomlTable strings,
        string called
    )
    {
        foreach (var (key, node) in strings.Entries)
        {
            if (node is not TomlText text)
            {
                table.Report(node, $"{node.Describe()} under '{called}.{key}'", "a string");
                continue;
            }

            rules.Add(new ConfiguredRule(called, $"{key}={text.Value}", table.Origin(node)));
            yield return new(key, text.Value);
        }
    }
}
