using Resolver.Execution.Destinations;

namespace Resolver.Execution.Runs;

/// <summary>Other prefixes inside a destination: what is in them belongs to their own runs, which may be under way at
/// the same time, as each prefix has a lock of its own.</summary>
internal static class NestedPrefixes
{
    /// <summary>Those of these files that lie in no other prefix.</summary>
    /// <param name="runs">Where runs are recorded: each says which prefix it is about.</param>
    /// <param name="origin">The base of the destination.</param>
    /// <param name="files">Below the base, with <c>/</c>.</param>
    public static IReadOnlyList<T> Outside<T>(
        string runs,
        string origin,
        IReadOnlyCollection<T> files,
        Func<T, string> pathOf
    )
    {
        if (files.Count == 0)
            return [];
        var below = origin.TrimEnd('/') + "/";
        var inner = StateFolder
            .All(runs)
            .Select(BaseOf)
            .OfType<string>()
            .Where(each => each.StartsWith(below, StringComparison.Ordinal))
            .Select(each => each[below.Length..] + "/")
            .Concat(
                files
                    .Select(pathOf)
                    .Where(file => file.EndsWith("/" + PrefixLock.FileName, StringComparison.Ordinal))
                    .Select(file => file[..^PrefixLock.FileName.Length])
            )
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. files.Where(file => !inner.Any(folder => pathOf(file).StartsWith(folder, StringComparison.Ordinal))),
        ];
    }

    private static string? BaseOf(string run)
    {
        try
        {
            return RunSettings.Read(run).Destination.Base;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or FormatException)
        {
            return null; // a record that cannot be read speaks of no prefix
        }
    }
}
