using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.PyProjects;

/// <summary>Reads <c>[project]</c> rule by rule.</summary>
internal sealed class ProjectTableReader
{
    private static readonly string[] Keys =
    [
        "authors",
        "classifiers",
        "dependencies",
        "description",
        "dynamic",
        "entry-points",
        "gui-scripts",
        "import-names",
        "import-namespaces",
        "keywords",
        "license",
        "license-files",
        "maintainers",
        "name",
        "optional-dependencies",
        "readme",
        "requires-python",
        "scripts",
        "urls",
        "version",
    ];

    // Lists and tables of arbitrary entries: only these may be static and dynamic at once (PEP 808, "Specification").
    private static readonly string[] Extensible =
    [
        "authors",
        "maintainers",
        "classifiers",
        "dependencies",
        "entry-points",
        "scripts",
        "gui-scripts",
        "keywords",
        "license-files",
        "optional-dependencies",
        "urls",
        "import-names",
        "import-namespaces",
    ];

    private readonly TomlTable table;
    private readonly TableReader reader;
    private readonly string file;
    private readonly List<DocumentError> errors = [];

    private ProjectTableReader(TomlTable table, string file)
    {
        (this.table, this.file) = (table, file);
        reader = new TableReader(table, "project", file, errors);
    }

    /// <summary>The table, or null where there is none; what is wrong goes into the table and into
    /// <paramref name="all"/>.</summary>
    public static ProjectTable? Read(TomlTable document, string file, List<DocumentError> all)
    {
        var node = document["project"];
        if (node is null)
            return null;
        if (node is not TomlTable table)
        {
            var error = new DocumentError(
                file,
                node.Line,
                node.Column,
                $"{node.Describe()} under 'project'",
                "a table"
            );
            all.Add(error);
            return new ProjectTable { Errors = [error] };
        }
        var project = new ProjectTableReader(table, file).Read();
        all.AddRange(project.Errors);
        return project;
    }

    private ProjectTable Read()
    {
        foreach (var (key, value) in table.Entries.Where(e => !Keys.Contains(e.Key)))
            reader.Report(value, $"the key {OneLine.Quote(key)} in [project]", "a key of the standard");
        var dynamic = ReadDynamic();
        var name = ReadName();
        var version = ReadVersion(dynamic);
        var requiresPython = ReadRequiresPython();
        JudgeOthers();
        var project = new ProjectTable
        {
            Dynamic = dynamic,
            RawName = name.Raw,
            Name = name.Parsed,
            RawVersion = version.Raw,
            Version = version.Parsed,
            RawRequiresPython = requiresPython.Raw,
            RequiresPython = requiresPython.Parsed,
            // A value of the wrong kind does not mean 'no dependencies': they are unknown, as if they were dynamic.
            Dependencies =
                reader.Requirements("dependencies")
                ?? (dynamic.Contains("dependencies") || table.Has("dependencies") ? null : []),
            OptionalDependencies =
                ReadOptional()
                ?? (dynamic.Contains("optional-dependencies") || table.Has("optional-dependencies") ? null : []),
            LicenseExpression = table.Text("license"),
            LicenseFiles = reader.Texts("license-files")?.Select(t => t.Value).ToList(),
            ImportNames = ReadImportNames("import-names", mayBeEmpty: true),
            ImportNamespaces = ReadImportNames("import-namespaces", mayBeEmpty: false),
            HasEntryPoints = table.Has("scripts") || table.Has("gui-scripts") || table.Has("entry-points"),
        };
        if (project.ImportNames is { } names && project.ImportNamespaces is { } namespaces)
        {
            foreach (
                var both in names
                    .Select(ImportName.Bare)
                    .Intersect(namespaces.Select(ImportName.Bare))
                    .Where(n => n.Length > 0)
            )
                reader.Report(
                    table["import-namespaces"]!,
                    $"{OneLine.Quote(both)} in import-names and import-namespaces",
                    "a name in only one of them (PEP 794)"
                );
        }
        errors.Sort((a, b) => (a.Line, a.Column).CompareTo((b.Line, b.Column)));
        return project with { Errors = errors };
    }

    private List<string> ReadDynamic()
    {
        var dynamic = new List<string>();
        foreach (var field in reader.Texts("dynamic") ?? [])
        {
            dynamic.Add(field.Value);
            if (field.Value == "name")
                reader.Report(field, "'name' in project.dynamic", "a static name (PEP 621, \"dynamic\")");
            else if (field.Value == "dynamic" || !Keys.Contains(field.Value))
                reader.Report(field, $"{field.Describe()} in project.dynamic", "a key of [project]");
            else if (table.Has(field.Value) && !Extensible.Contains(field.Value))
                reader.Report(
                    field,
                    $"{field.Describe()} both in [project] and in project.dynamic",
                    "only one of them: it is neither a list nor a table of entries (PEP 808)"
                );
        }
        return dynamic;
    }

    private (string? Raw, PackageName? Parsed) ReadName()
    {
        if (!table.Has("name"))
            reader.Report(table, "no key 'name' in [project]", "the key 'name' (PEP 621)");
        if (reader.Text("name") is not { } text)
            return (null, null);
        var parsed = PackageName.TryParse(text.Value);
        if (!parsed.Success)
            Report(text, parsed.Error);
        return (text.Value, parsed.Success ? parsed.Value : null);
    }

    private (string? Raw, Version? Parsed) ReadVersion(List<string> dynamic)
    {
        if (!table.Has("version") && !dynamic.Contains("version"))
            reader.Report(table, "neither 'version' nor 'version' in project.dynamic", "one of them (PEP 621)");
        if (reader.Text("version") is not { } text)
            return (null, null);
        var parsed = Versions.Version.TryParse(text.Value);
        if (!parsed.Success)
            Report(text, parsed.Error);
        // A value that is also dynamic is an error above and no guarantee.
        return (text.Value, parsed.Success && !dynamic.Contains("version") ? parsed.Value : null);
    }

    private (string? Raw, SpecifierSet? Parsed) ReadRequiresPython()
    {
        if (reader.Text("requires-python") is not { } text)
            return (null, null);
        var parsed = SpecifierSet.TryParse(text.Value);
        if (!parsed.Success)
            Report(text, parsed.Error);
        return (text.Value, parsed.Success ? parsed.Value : null);
    }

    private List<OptionalDependencies>? ReadOptional()
    {
        if (reader.Table("optional-dependencies") is not { } extras)
            return null;
        var all = new List<OptionalDependencies>();
        var places = new Dictionary<ExtraName, int>();
        foreach (var (name, value) in extras.Entries)
        {
            var place = $"'project.optional-dependencies.{OneLine.Of(name)}'";
            if (value is not TomlArray array)
            {
                reader.Report(value, $"{value.Describe()} under {place}", "an array of strings");
                continue;
            }
            var requirements = reader.Requirements(array, place);
            var parsed = ExtraName.TryParse(name);
            if (!parsed.Success)
            {
                Report(value, parsed.Error);
                continue;
            }
            if (!places.TryGetValue(parsed.Value, out var earlier))
            {
                places.Add(parsed.Value, all.Count);
                all.Add(new OptionalDependencies(parsed.Value, name, requirements));
                continue;
            }
            reader.Report(
                value,
                $"the extras {OneLine.Quote(all[earlier].RawName)} and {OneLine.Quote(name)}",
                "names that differ once normalised (PEP 685)"
            );
            all[earlier] = all[earlier] with { Requirements = [.. all[earlier].Requirements, .. requirements] };
        }
        return all;
    }

    private List<string>? ReadImportNames(string key, bool mayBeEmpty)
    {
        if (reader.Texts(key) is not { } texts)
            return null;
        foreach (var text in texts)
        {
            if (ImportName.Reject(text.Value, mayBeEmpty) is { } expected)
                reader.Report(text, $"{text.Describe()} in 'project.{key}'", expected);
        }
        return [.. texts.Select(t => t.Value)];
    }

    /// <summary>The shape of what is read by nobody here, so that a project's author hears of it.</summary>
    private void JudgeOthers()
    {
        reader.Text("description");
        reader.Texts("keywords");
        reader.Texts("classifiers");
        foreach (var key in (ReadOnlySpan<string>)["urls", "scripts", "gui-scripts"])
            JudgeStrings(reader.Table(key), $"'project.{key}'");
        foreach (var key in (ReadOnlySpan<string>)["authors", "maintainers"])
            JudgePeople(key);
        if (reader.Table("entry-points") is { } groups)
        {
            foreach (var (name, group) in groups.Entries)
            {
                if (name is "console_scripts" or "gui_scripts")
                    reader.Report(
                        group,
                        $"the group {name} in 'project.entry-points'",
                        $"[project.{(name == "gui_scripts" ? "gui-scripts" : "scripts")}] instead"
                    );
                else if (group is not TomlTable entries)
                    reader.Report(group, $"{group.Describe()} in 'project.entry-points'", "a table");
                else
                    JudgeStrings(entries, $"'project.entry-points.{OneLine.Of(name)}'");
            }
        }
        switch (table["license"])
        {
            case null or TomlText:
                break;
            case TomlTable license when license.Has("file") == license.Has("text"):
                reader.Report(
                    license,
                    "a license table with neither or both of 'file' and 'text'",
                    "exactly one of them"
                );
                break;
            case TomlTable license when table.Has("license-files"):
                reader.Report(
                    license,
                    "a license table beside 'license-files'",
                    "an SPDX expression as a string (PEP 639)"
                );
                break;
            case TomlTable:
                break;
            case { } other:
                reader.Report(other, $"{other.Describe()} under 'project.license'", "a string or a table");
                break;
        }
        switch (table["readme"])
        {
            case null or TomlText:
                break;
            case TomlTable readme when readme.Has("file") == readme.Has("text") || !readme.Has("content-type"):
                reader.Report(readme, "a readme table", "'content-type' and exactly one of 'file' and 'text'");
                break;
            case TomlTable:
                break;
            case { } other:
                reader.Report(other, $"{other.Describe()} under 'project.readme'", "a string or a table");
                break;
        }
    }

    private void JudgeStrings(TomlTable? entries, string place)
    {
        foreach (var (_, value) in entries?.Entries ?? [])
        {
            if (value is not TomlText)
                reader.Report(value, $"{value.Describe()} in {place}", "a string");
        }
    }

    /// <summary>Tables of a name, an e-mail address, or both (PEP 621, "authors/maintainers").</summary>
    private void JudgePeople(string key)
    {
        if (table[key] is not { } node)
            return;
        if (node is not TomlArray people)
        {
            reader.Report(node, $"{node.Describe()} under 'project.{key}'", "an array of tables");
            return;
        }
        foreach (var item in people.Items)
        {
            if (item is not TomlTable person)
                reader.Report(item, $"{item.Describe()} in 'project.{key}'", "a table of 'name' and 'email'");
            else if (
                person.Entries.Count == 0
                || person.Entries.Any(e => e.Key is not ("name" or "email") || e.Value is not TomlText)
            )
                reader.Report(
                    item,
                    $"a person of other keys or values in 'project.{key}'",
                    "the strings 'name' and 'email', or one of them"
                );
        }
    }

    private void Report(TomlNode at, ParseError error) =>
        reader.Report(at, $"{error.Found} in {at.Describe()}", error.Expected);
}
