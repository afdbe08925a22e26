using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Metadata;

/// <summary>Name and version by the top folder's name, <c>NAME-VERSION</c>: the weakest source. Commit hashes and
/// marks of distributors are no versions.</summary>
internal static class FolderIdentity
{
    private static readonly string[] RepackMarks = ["dfsg", "ds", "repack", "debian", "orig"];

    /// <summary>The parts, each null where the name does not show it.</summary>
    public static (string? Name, string? Version) Of(string? folder)
    {
        if (folder is null)
            return (null, null);
        // The last hyphen before which a name and behind which a version stands: 'a-b-1.0', but also 'a-1.0-2' is
        // 1.0-2 (PEP 440: post release) only if 'a' has it so.
        for (var at = folder.IndexOf('-', StringComparison.Ordinal); at > 0; at = folder.IndexOf('-', at + 1))
        {
            if (
                at + 1 < folder.Length
                && (
                    char.IsAsciiDigit(folder[at + 1])
                    || (folder[at + 1] is 'v' or 'V' && at + 2 < folder.Length && char.IsAsciiDigit(folder[at + 2]))
                )
            )
            {
                var version = WithoutMark(folder[(at + 1)..]);
                if (
                    !IsCommit(version)
                    && Version.TryParse(version) is { Success: true } parsed
                    && !IsForeignLocal(parsed.Value.Local)
                )
                    return (folder[..at], version);
            }
        }
        return (
            folder.LastIndexOf('-') is var last and > 0 && IsCommit(folder[(last + 1)..]) ? folder[..last] : folder,
            null
        );
    }

    /// <summary>Whether the name part of a folder ends in a project's name, or in that of the project's folder:
    /// repositories with several projects are tagged so.</summary>
    public static bool Names(string? tag, PackageName? project, string? folder) =>
        PackageName.TryParse(tag ?? "") is { Success: true, Value.Normalized: var name }
        && (
            EndsIn(name, project)
            || (PackageName.TryParse(folder ?? "") is { Success: true } its && EndsIn(name, its.Value))
        );

    private static bool EndsIn(string name, PackageName? part) =>
        part is { Normalized: var its } && (name == its || name.EndsWith("-" + its, StringComparison.Ordinal));

    /// <summary>The version that an archive's own file name shows, <c>NAME-VERSION</c> or a distributor's
    /// <c>NAME_VERSION.orig</c>, or null. For archives whose folder has a commit hash, or that have no
    /// folder.</summary>
    public static string? VersionOfFile(string stem)
    {
        if (stem.EndsWith(".orig", StringComparison.Ordinal))
            stem = stem[..^".orig".Length].Replace('_', '-');
        return Of(stem).Version;
    }

    /// <summary>Without <c>+dfsg</c>, <c>~ds1</c>, <c>.repack2</c> and the like at the end.</summary>
    private static string WithoutMark(string version)
    {
        var trimmed = version.TrimEnd("0123456789".ToCharArray());
        foreach (var candidate in (string[])[version, trimmed, trimmed.TrimEnd('.')])
        {
            foreach (var mark in RepackMarks)
            {
                if (
                    candidate.EndsWith(mark, StringComparison.OrdinalIgnoreCase)
                    && candidate.Length > mark.Length + 1
                    && candidate[^(mark.Length + 1)] is '+' or '~' or '.' or '-'
                )
                    return candidate[..^(mark.Length + 1)];
            }
        }
        return version;
    }

    /// <summary>An abbreviated or whole commit hash: seven hex digits or more without a dot, letters among them, or
    /// the full forty.</summary>
    private static bool IsCommit(string text) =>
        text.Length >= 7 && text.All(char.IsAsciiHexDigit) && (text.Length >= 40 || text.Any(char.IsAsciiLetter));

    /// <summary>Local labels that say where a snapshot came from, not what the project calls itself.</summary>
    private static bool IsForeignLocal(string? local) =>
        local is not null
        && (
            local.StartsWith("git", StringComparison.Ordinal)
            || local.StartsWith("really", StringComparison.Ordinal)
            || local.Contains(".really", StringComparison.Ordinal)
        );
}
