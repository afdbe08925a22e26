using Resolver.Archives.Files;

namespace Resolver.Execution.Destinations;

/// <summary>Looks, before any file is deleted or put back, for a folder in which that cannot be done: half of a
/// removal helps no one.</summary>
internal static class UnchangeableFolder
{
    /// <summary>The first folder whose entries would have to change and may not; null where there is none.</summary>
    /// <param name="files">Those that are to be deleted or written, absolute. A folder that they leave empty goes as
    /// well, so that its own folder changes.</param>
    /// <param name="kept">Absolute folders that stay even where empty: the base of the destination, and its site
    /// folders.</param>
    public static string? Of(IEnumerable<string> files, params IReadOnlyList<string> kept)
    {
        var all = files.ToHashSet(StringComparer.Ordinal);
        var looked = new HashSet<string>(StringComparer.Ordinal);
        var emptied = new Dictionary<string, bool>(StringComparer.Ordinal);
        foreach (var file in all.Order(StringComparer.Ordinal))
        {
            for (
                var folder = Path.GetDirectoryName(file);
                folder is not null && Directory.Exists(folder) && looked.Add(folder);
                folder = Path.GetDirectoryName(folder)
            )
            {
                if (!DiskFile.MayChange(folder))
                    return folder;
                if (kept.Contains(folder) || !IsEmptied(folder, all, emptied))
                    break;
            }
        }
        return null;
    }

    /// <summary>Why a folder cannot be changed, for messages.</summary>
    public static string Reason(string folder) =>
        $"{Processes.TerminalText.OneLine(folder)} is read-only, or belongs to another user";

    private static bool IsEmptied(string folder, HashSet<string> files, Dictionary<string, bool> emptied) =>
        emptied.TryGetValue(folder, out var known)
            ? known
            : emptied[folder] = new DirectoryInfo(folder)
                .EnumerateFileSystemInfos()
                .All(entry =>
                    entry is DirectoryInfo { LinkTarget: null }
                        ? IsEmptied(entry.FullName, files, emptied)
                        : files.Contains(entry.FullName)
                );
}
