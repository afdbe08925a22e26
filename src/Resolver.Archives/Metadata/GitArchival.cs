using System.Globalization;
using System.Text.RegularExpressions;
using Resolver.Packaging.Toml;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Metadata;

/// <summary><c>.git_archival.txt</c>, which <c>git archive</c> fills in: what a tag says of the version, as
/// setuptools_scm and hatch-vcs read it.</summary>
/// <remarks>Surprises: outside of <c>git archive</c> the file holds its placeholders (<c>$Format:…$</c>) and says
/// nothing; git before 2.32 leaves the placeholder of <c>describe-name</c> in an archive; without a tag
/// setuptools_scm builds version 0.0, which nobody means, so that nothing is said here.</remarks>
internal static class GitArchival
{
    private const string FileName = ".git_archival.txt";

    // Options that have no part in what a version is; any other makes it unknown.
    private static readonly HashSet<string> Harmless =
    [
        "write_to",
        "write_to_template",
        "version_file",
        "version_file_template",
        "fallback_version",
        "dist_name",
        "version_scheme",
        "local_scheme",
    ];

    // Each gives the tag itself where the commit is the one tagged.
    private static readonly HashSet<string> VersionSchemes =
    [
        "guess-next-dev",
        "only-version",
        "no-guess-dev",
        "post-release",
        "release-branch-semver",
        "python-simplified-semver",
    ];

    private static readonly HashSet<string> LocalSchemes =
    [
        "node-and-date",
        "node-and-timestamp",
        "dirty-tag",
        "no-local-version",
    ];

    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(200);

    /// <summary>The version; null where the file says none or the options make another of it.</summary>
    /// <param name="options">Those of setuptools_scm; null where there are none.</param>
    public static string? Version(ProjectFiles files, TomlTable? options)
    {
        if (files.Text(FileName) is not { } text || options?.Entries.Any(each => !Harmless.Contains(each.Key)) == true)
            return null;
        var (version, local) = (
            options?.Text("version_scheme") ?? "guess-next-dev",
            options?.Text("local_scheme") ?? "node-and-date"
        );
        if (
            options?.Has("version_scheme") == true && !VersionSchemes.Contains(version)
            || options?.Has("local_scheme") == true && !LocalSchemes.Contains(local)
        )
            return null;
        var fields = text.ReplaceLineEndings("\n")
            .Split('\n')
            .Select(line => line.Split(':', 2))
            .Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0].Trim(), parts => parts[1].Trim(), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);
        if (
            fields.GetValueOrDefault("describe-name") is { Length: > 0 } described
            && !described.Contains("%(describe", StringComparison.Ordinal)
            && !IsPlaceholder(described)
        )
            return Described(described, version, local);
        return fields.GetValueOrDefault("ref-names") is { } names && !IsPlaceholder(names)
            ? Regex
                .Matches(names, @"(?<=\btag: )[^,]+\b", RegexOptions.CultureInvariant, Patience)
                .Select(match => Tagged(match.Value))
                .FirstOrDefault(each => each is not null)
                ?.ToString()
            : null;
    }

    private static bool IsPlaceholder(string value) => value.Contains("$Format", StringComparison.OrdinalIgnoreCase);

    /// <summary><c>TAG</c>, or <c>TAG-COMMITS-gNODE</c>.</summary>
    private static string? Described(string described, string scheme, string local)
    {
        var match = Regex.Match(
            described,
            @"\A(?<tag>.+)-(?<distance>\d+)-(?<node>g[0-9a-f]+)\z",
            RegexOptions.CultureInvariant,
            Patience
        );
        if (!match.Success)
            return Tagged(described)?.ToString();
        if (
            Tagged(match.Groups["tag"].Value) is not { } tag
            || !int.TryParse(
                match.Groups["distance"].Value,
                NumberStyles.None,
                CultureInfo.InvariantCulture,
                out var distance
            )
        )
            return null;
        if (distance == 0)
            return tag.ToString();
        // What other schemes make of it hangs on branches and dates.
        if (scheme != "guess-next-dev" || local is not ("node-and-date" or "no-local-version"))
            return null;
        var next = Regex.Match(
            tag.ToString().Split('+')[0],
            @"\A(?<prefix>.*?)(?<last>\d+)\z",
            RegexOptions.CultureInvariant,
            Patience
        );
        if (tag.ToString().Contains(".dev", StringComparison.Ordinal) || !next.Success)
            return null;
        var last = System.Numerics.BigInteger.Parse(next.Groups["last"].Value, CultureInfo.InvariantCulture) + 1;
        var suffix = local == "no-local-version" ? "" : $"+{match.Groups["node"].Value}";
        return $"{next.Groups["prefix"].Value}{last}.dev{distance}{suffix}";
    }

    /// <summary>The version in a tag: <c>v1.2</c>, <c>name-1.2</c> (the default <c>tag_regex</c>).</summary>
    private static Version? Tagged(string tag)
    {
        var match = Regex.Match(
            tag.Trim(),
            @"\A(?:[\w-]+-)?(?<version>[vV]?\d+(?:\.\d+){0,2}[^+]*)(?:\+.*)?\z",
            RegexOptions.CultureInvariant,
            Patience
        );
        return
            match.Success
            && Packaging.Versions.Version.TryParse(match.Groups["version"].Value)
                is { Success: true, Value: var version }
            ? version
            : null;
    }
}
