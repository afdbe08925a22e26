using Resolver.Packaging.FileNames;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Completions;

/// <summary>Projects and versions of an archive by the names of its files: somebody waits for the answer with a
/// finger on the key, so nothing is opened.</summary>
internal static class ArchiveNames
{
    private const int FilesAtMost = 50_000;

    /// <summary>Names, each with its versions, the newest first; in the order of the names.</summary>
    public static IReadOnlyList<(string Name, IReadOnlyList<Version> Versions)> Of(IEnumerable<string> folders)
    {
        var options = new EnumerationOptions
        {
            RecurseSubdirectories = true,
            IgnoreInaccessible = true,
            MaxRecursionDepth = 8,
        };
        return
        [
            .. folders
                .Where(Directory.Exists)
                .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
                .Take(FilesAtMost)
                .Select(file => Read(Path.GetFileName(file)))
                .OfType<(string Name, Version Version)>()
                .GroupBy(each => each.Name, each => each.Version)
                .OrderBy(group => group.Key, StringComparer.Ordinal)
                .Select(group => (group.Key, (IReadOnlyList<Version>)[.. group.Distinct().OrderDescending()])),
        ];
    }

    private static (string Name, Version Version)? Read(string file)
    {
        if (file.EndsWith(".whl", StringComparison.Ordinal))
            return WheelFileName.TryParse(file) is { Success: true, Value: var wheel }
                ? (wheel.Name.Normalized, wheel.Version)
                : null;
        // Other compressions are no sdists by the standard, and are read all the same.
        foreach (var suffix in (string[])[".tar.bz2", ".tar.xz", ".tgz", ".tar.zst"])
        {
            if (file.EndsWith(suffix, StringComparison.Ordinal))
                file = file[..^suffix.Length] + ".tar.gz";
        }

        return SdistFileName.TryParse(file) is { Success: true, Value: var sdist }
            ? (sdist.Name.Normalized, sdist.Version)
            : null;
    }
}
