using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Destinations;

/// <summary>A prefix of its own for each project, as a path in which <c>{name}</c> (PEP 503) and <c>{version}</c>
/// (PEP 440, normalised) stand for the project's. Versions then lie side by side, and which of them a build sees is
/// the plan's choice alone.</summary>
public static class PrefixTemplate
{
    private const string Name = "{name}";
    private const string VersionOf = "{version}";

    /// <summary>Whether a path is one: it has a brace. No prefix of anyone has.</summary>
    public static bool Is(string path) =>
        path.Contains('{', StringComparison.Ordinal) || path.Contains('}', StringComparison.Ordinal);

    /// <summary>What is wrong with a template, to follow its text; null where nothing is.</summary>
    public static string? Problem(string path)
    {
        var rest = path.Replace(Name, "", StringComparison.Ordinal).Replace(VersionOf, "", StringComparison.Ordinal);
        return Is(rest) ? $"in a prefix braces hold only {Name} or {VersionOf}"
            : !path.Contains(Name, StringComparison.Ordinal)
                ? $"a prefix with {VersionOf} needs {Name} too: two projects of one version would share it"
            : null;
    }

    /// <summary>The prefix of a project, absolute.</summary>
    public static string Fill(string template, PackageName name, Version version) =>
        Path.GetFullPath(
            template
                .Replace(Name, name.Normalized, StringComparison.Ordinal)
                .Replace(VersionOf, version.ToString(), StringComparison.Ordinal)
        );

    /// <summary>The folder that all its prefixes lie below, absolute: what comes before the first
    /// placeholder.</summary>
    public static string BaseOf(string template)
    {
        var full = Path.GetFullPath(template);
        return Path.GetDirectoryName(full[..(full.IndexOf('{', StringComparison.Ordinal) + 1)])
            ?? Path.GetPathRoot(full)!;
    }

    /// <summary>Every prefix of the template that is there, absolute: by name, of one project the latest version
    /// first.</summary>
    /// <remarks>Looked for level by level, so that only folders of the template's own shape are opened, however much
    /// lies beside them.</remarks>
    public static IReadOnlyList<string> Existing(string template)
    {
        var origin = BaseOf(template);
        var found = new List<(string Path, PackageName? Name, Version? Version)> { (origin, null, null) };
        foreach (
            var level in Path.GetFullPath(template)[origin.Length..]
                .Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries)
        )
        {
            found = [.. found.SelectMany(above => Below(above, level))];
        }
        return
        [
            .. found
                .Where(each => each.Name is not null)
                .OrderBy(each => each.Name!.Value.Normalized, StringComparer.Ordinal)
                .ThenByDescending(each => each.Version)
                .Select(each => each.Path),
        ];
    }

    private static IEnumerable<(string Path, PackageName? Name, Version? Version)> Below(
        (string Path, PackageName? Name, Version? Version) above,
        string level
    )
    {
        if (!Is(level))
        {
            var path = Path.Combine(above.Path, level);
            if (Directory.Exists(path))
                yield return (path, above.Name, above.Version);
            yield break;
        }
        if (!Directory.Exists(above.Path))
            yield break;
        foreach (var path in Directory.EnumerateDirectories(above.Path).Order(StringComparer.Ordinal))
        {
            if (Match(level, Path.GetFileName(path), above.Name, above.Version) is { } match)
                yield return (path, match.Name, match.Version);
        }
    }

    // What a folder's name says of project and version, where it is what the template makes of them. A name may hold
    // '-' and '.', so every division is tried.
    private static (PackageName? Name, Version? Version)? Match(
        string level,
        string folder,
        PackageName? name,
        Version? version
    )
    {
        var at = level.IndexOf('{', StringComparison.Ordinal);
        if (at < 0)
            return level == folder ? (name, version) : null;
        if (!folder.StartsWith(level[..at], StringComparison.Ordinal))
            return null;
        var isName = level.AsSpan(at).StartsWith(Name);
        var (further, rest) = (level[(at + (isName ? Name : VersionOf).Length)..], folder[at..]);
        for (var length = rest.Length; length > 0; length--)
        {
            var text = rest[..length];
            var (thisName, thisVersion) = (name, version);
            if (isName)
            {
                if (
                    PackageName.TryParse(text) is not { Success: true, Value: var parsed }
                    || parsed.Normalized != text
                    || (name is not null && name != parsed)
                )
                    continue;
                thisName = parsed;
            }
            else
            {
                if (
                    Version.TryParse(text) is not { Success: true, Value: var parsed }
                    || parsed.ToString() != text
                    || (version is not null && version != parsed)
                )
                    continue;
                thisVersion = parsed;
            }
            if (Match(further, rest[length..], thisName, thisVersion) is { } match)
                return match;
        }
        return null;
    }
}
