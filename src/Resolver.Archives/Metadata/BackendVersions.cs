using System.Text.Json;
using System.Text.RegularExpressions;
using Resolver.Packaging.PyProjects;
using Resolver.Packaging.Toml;

namespace Resolver.Archives.Metadata;

/// <summary>Versions that backends other than setuptools and Flit take from a file of the project: where that file
/// states it, it is known without them.</summary>
internal sealed class BackendVersions(ProjectFiles files, PyProject pyproject, string backend)
{
    // A pattern is the project's own, and may be made to take for ever.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);
    private const int LongestSearched = 256 << 10;

    /// <summary>The text of the version, or null where it is nowhere stated.</summary>
    public string? Find() =>
        Is("hatchling") ? Hatch()
        : Is("pdm") ? Pdm()
        : Is("maturin") ? Cargo()
        : Is("scikit_build_core") ? ScikitBuild()
        : Is("mesonpy") ? Meson()
        : null;

    private bool Is(string part) => backend.Contains(part, StringComparison.Ordinal);

    /// <summary><c>[tool.hatch.version]</c>, or <c>[version]</c> of hatch.toml: a file and a pattern (source
    /// <c>regex</c>), or package.json (source <c>nodejs</c>).</summary>
    private string? Hatch()
    {
        // Of the two, hatch.toml is laid over pyproject.toml.
        var table = files.Toml("hatch.toml")?.Table("version") ?? pyproject.Tool("hatch")?.Table("version");
        if (table is null)
            return null;
        switch (table.Text("source") ?? "regex")
        {
            case "regex" when table.Text("path") is { } path && files.Text(path) is { } text:
                // 'true' stands for the default pattern.
                return table["pattern"] switch
                {
                    null or TomlBoolean { Value: true } or TomlText { Value: "" } => ModuleLiterals.FirstVersionLine(
                        text
                    ),
                    TomlText pattern => Matched(text, pattern.Value, "version"),
                    _ => null,
                };
            case "nodejs":
                return NodePackage(table.Text("path") ?? "package.json");
            default:
                return null;
        }
    }

    private string? Pdm()
    {
        if (
            pyproject.Tool("pdm")?.Table("version") is not { } table
            || table.Text("source") is not (null or "file")
            || (table.Text("path") ?? table.Text("from")) is not { } path
        )
            return null;
        // A pattern of one's own takes the version from its first group, and .NET counts groups otherwise than Python.
        if (table.Has("pattern") || files.Text(path) is not { } text)
            return null;
        return Matched(text, """^(?:__version__|VERSION)\s*=\s*["'](?<version>.+?)["']\s*(?:#.*)?$""", "version");
    }

    /// <summary>Cargo.toml, the workspace's where the package leaves it to that.</summary>
    private string? Cargo()
    {
        var manifest = pyproject.Tool("maturin")?.Text("manifest-path") ?? "Cargo.toml";
        if (files.Toml(manifest)?.Table("package") is not { } package)
            return null;
        if (package.Text("version") is { } version)
            return version;
        if (package["version"] is not TomlTable inherited || inherited["workspace"] is not TomlBoolean { Value: true })
            return null;
        return (files.Toml(manifest)?.Table("workspace") ?? files.Toml("Cargo.toml")?.Table("workspace"))
            ?.Table("package")
            ?.Text("version");
    }

    /// <summary>The provider that looks for a pattern in a file; others run code.</summary>
    private string? ScikitBuild()
    {
        var table = pyproject.Tool("scikit-build")?.Table("metadata")?.Table("version");
        if (
            table?.Text("provider") != "scikit_build_core.metadata.regex"
            || table.Text("input") is not { } input
            || table.Has("result")
            || table.Has("remove")
            || files.Text(input) is not { } text
        )
            return null;
        return table.Text("regex") is { } pattern
            ? Matched(text, pattern, "value")
            : ModuleLiterals.FirstVersionLine(text);
    }

    /// <summary><c>project('name', …, version: '1.2')</c> of meson.build, where it is a literal.</summary>
    private string? Meson()
    {
        if (files.Text("meson.build") is not { } text)
            return null;
        var call = files.Budget.Search(time =>
            Regex.Match(text, @"^\s*project\s*\(", RegexOptions.Multiline, Min(time))
        );
        if (!call.Success)
            return null;
        var depth = 1;
        for (var at = call.Index + call.Length; at < text.Length && depth > 0; at++)
        {
            switch (text[at])
            {
                case '(' or '[':
                    depth++;
                    break;
                case ')' or ']':
                    depth--;
                    break;
                case '#':
                    at = text.IndexOf('\n', at) is var end and >= 0 ? end : text.Length;
                    break;
                case '\'':
                    at = text.IndexOf('\'', at + 1) is var close and >= 0 ? close : text.Length;
                    break;
                case 'v' when depth == 1 && !char.IsLetterOrDigit(text[at - 1]) && text[at - 1] != '_':
                    var start = at;
                    var stated = files.Budget.Search(time =>
                        new Regex(@"\Gversion\s*:\s*'([^'\\]*)'\s*[,)]", RegexOptions.None, Min(time)).Match(
                            text,
                            start
                        )
                    );
                    if (stated.Success)
                        return stated.Groups[1].Value;
                    break;
            }
        }
        return null;
    }

    private string? NodePackage(string path)
    {
        if (files.Read(path) is not { } bytes)
            return null;
        try
        {
            using var package = JsonDocument.Parse(bytes);
            return
                package.RootElement.ValueKind == JsonValueKind.Object
                && package.RootElement.TryGetProperty("version", out var version)
                && version.ValueKind == JsonValueKind.String
                ? version.GetString()
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    /// <summary>The time for one search: its own bound, or what is left for all.</summary>
    private static TimeSpan Min(TimeSpan left) => left < Patience ? left : Patience;

    /// <summary>What a Python pattern finds first, line starts and ends counted, as Hatch and scikit-build-core
    /// search; null where it finds nothing or cannot be read here.</summary>
    /// <param name="group">The group that holds the version.</param>
    private string? Matched(string text, string pattern, string group)
    {
        if (text.Length > LongestSearched)
            return null;
        try
        {
            // Python names groups (?P<name>…) and refers to them by (?P=name); the rest of what such patterns use is
            // the same here.
            var translated = pattern.Replace("(?P<", "(?<", StringComparison.Ordinal);
            translated = Regex.Replace(translated, @"\(\?P=(\w+)\)", @"\k<$1>", RegexOptions.None, Patience);
            var found = files.Budget.Search(time =>
                Regex.Match(text, translated, RegexOptions.Multiline | RegexOptions.CultureInvariant, Min(time))
            );
            return found.Success && found.Groups[group] is { Success: true } version ? version.Value : null;
        }
        catch (Exception e) when (e is ArgumentException or RegexMatchTimeoutException)
        {
            return null;
        }
    }
}
