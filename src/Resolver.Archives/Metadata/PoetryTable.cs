using Resolver.Packaging.Markers;
using Resolver.Packaging.Metadata;
using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary><c>[tool.poetry]</c>: what its backend makes of it.</summary>
internal sealed class PoetryTable(TomlTable table)
{
    // The extras that name a dependency, by its name: looked up once a dependency, and not once an extra and
    // dependency.
    private readonly Lazy<ILookup<PackageName, string>> extrasOf = new(() =>
        (table.Table("extras")?.Entries ?? [])
            .SelectMany(extra =>
                ((extra.Value as TomlArray)?.Items ?? [])
                    .OfType<TomlText>()
                    .Select(member => PackageName.TryParse(member.Value))
                    .Where(name => name.Success)
                    .Select(name => (Name: name.Value, Extra: extra.Key))
            )
            .Distinct()
            .ToLookup(each => each.Name, each => each.Extra)
    );

    public string? Name => table.Text("name");

    public string? Version => table.Text("version");

    public bool HasDependencies => table.Table("dependencies") is not null;

    /// <summary>Names of the extras as written.</summary>
    public IEnumerable<string> Extras => table.Table("extras")?.Entries.Select(e => e.Key) ?? [];

    /// <summary>Requires-Python: empty where there is no bound, null where it cannot be determined.</summary>
    public string? RequiresPython =>
        table.Table("dependencies")?["python"] switch
        {
            TomlText text => PoetryConstraint.ToPython(text.Value),
            TomlTable { } inner when inner.Text("version") is { } version => PoetryConstraint.ToPython(version),
            null => "",
            _ => null,
        };

    /// <summary>Requires-Dist, or null where something in the table has no static form here.</summary>
    public IReadOnlyList<DeclaredRequirement>? RequiresDist()
    {
        var all = new List<DeclaredRequirement>();
        foreach (var (name, value) in table.Table("dependencies")?.Entries ?? [])
        {
            if (name == "python")
                continue;
            var alternatives = value is TomlArray array ? array.Items : [value];
            foreach (var alternative in alternatives)
            {
                var text = alternative switch
                {
                    TomlText constraint => Requirement(name, constraint.Value, null),
                    TomlTable inner => Requirement(name, inner.Text("version"), inner),
                    _ => null,
                };
                if (text is null)
                    return null;
                if (text.Length > 0)
                    all.Add(DeclaredRequirement.Read(text, alternative.Line, alternative.Column));
            }
        }
        return all;
    }

    /// <summary>PEP 508 text, empty for an optional dependency that no extra names, null where it cannot be
    /// told.</summary>
    private string? Requirement(string name, string? constraint, TomlTable? options)
    {
        // git, path and file dependencies have no version that another archive could meet.
        if (options is not null && (options.Has("git") || options.Has("path") || options.Has("file")))
            return null;
        var extras = options?.Array("extras")?.Items.OfType<TomlText>().Select(t => t.Value).ToList() ?? [];
        var head = extras.Count > 0 ? $"{name}[{string.Join(",", extras)}]" : name;
        if (options?.Text("url") is { } url)
            head += $" @ {url}";
        else if (constraint is null || PoetryConstraint.ToSpecifiers(constraint) is not { } specifiers)
            return null;
        else if (specifiers.Length > 0)
            head += $" ({specifiers})";

        var conditions = new List<string>();
        if (options?.Text("markers") is { } markers)
            conditions.Add(markers);
        if (options?["python"] is TomlText python)
        {
            if (PythonMarker(python.Value) is not { } marker)
                return null;
            if (marker.Length > 0)
                conditions.Add(marker);
        }
        else if (options?.Has("python") == true)
            return null;
        if (
            options?.Text("platform") is { } platform
            && !platform.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')
        )
            return null;
        if (options?.Text("platform") is { } system)
            conditions.Add(Marker.Is("sys_platform", system).ToReadableText());
        var wanting = PackageName.TryParse(name) is { Success: true } named ? extrasOf.Value[named.Value].ToList() : [];
        if (wanting.Count > 0)
            conditions.Add(string.Join(" or ", wanting.Select(x => $"extra == \"{x}\"")));
        else if (options?["optional"] is TomlBoolean { Value: true })
            return "";
        if (conditions.Count == 0)
            return head;
        return $"{head} ; {(conditions.Count == 1 ? conditions[0] : string.Join(" and ", conditions.Select(c => c.Contains(" or ", StringComparison.Ordinal) ? $"({c})" : c)))}";
    }

    /// <summary><c>python_version</c> for bounds of one or two numbers, <c>python_full_version</c> for longer ones
    /// and for those between two releases, as Poetry writes them. Null for what it writes with 'or'.</summary>
    private static string? PythonMarker(string constraint)
    {
        if (
            PoetryConstraint.ToSpecifiers(constraint) is not { } specifiers
            || specifiers.Contains("!=", StringComparison.Ordinal)
        )
            return null;
        var clauses = new List<(string Operation, string Version, int Parts)>();
        foreach (var clause in specifiers.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var length = clause.TakeWhile(c => "<>=!~".Contains(c)).Count();
            var (operation, version) = (clause[..length], clause[length..]);
            if (version.EndsWith(".*", StringComparison.Ordinal) && operation == "==")
                version = version[..^2];
            var parts = version.Count(c => c == '.') + 1;
            if (parts < 3 && operation is ">" or "<=")
                (version, parts) = (version + (parts == 1 ? ".0.0" : ".0"), 3);
            clauses.Add((operation, version, parts));
        }
        // One minor release: '~3.9'.
        if (
            clauses is [(">=", var from, 2), ("<", var to, 2)]
            && SpecifierSet.TryParse($"=={from}.*") is { Success: true, Value: var minor }
            && minor.Ranges.Equals(SpecifierSet.Parse($">={from}.dev0,<{to}.dev0").Ranges)
        )
            return $"python_version == \"{from}\"";
        return string.Join(
            " and ",
            clauses.Select(each =>
                $"{(each.Parts > 2 ? "python_full_version" : "python_version")} {each.Operation} \"{each.Version}\""
            )
        );
    }
}
