using System.IO.Enumeration;

namespace Resolver.Execution.Destinations;

/// <summary>Which files, and which empty folders, lie in the folders a run looks after, so that what a broken step
/// left can be determined from what was there.</summary>
internal static class DestinationFiles
{
    /// <summary>The folders to look after: all of the destination, or where that is the interpreter's own prefix, or
    /// a whole file system, those pip writes to.</summary>
    public static IReadOnlyList<string> Tracked(InstallDestination destination, Interpreters.Interpreter interpreter)
    {
        var whole = destination.Base;
        var isShared =
            whole == Path.GetPathRoot(whole)
            || whole == Path.GetFullPath(interpreter.Prefix)
            || whole is "/usr" or "/usr/local";
        return isShared ? [.. destination.SiteFolders(interpreter), destination.ScriptFolder(interpreter)] : [whole];
    }

    /// <summary>Every file in the folders, below the base, with <c>/</c>.</summary>
    public static HashSet<string> List(IReadOnlyList<string> folders, string origin) =>
        [
            .. folders
                .Where(Directory.Exists)
                .SelectMany(folder => Entries(folder))
                .Where(entry => !entry.IsFolder)
                .Select(entry => Relative(origin, entry.Path))
                .Where(file => file != PrefixLock.FileName),
        ];

    /// <summary>The same, and every folder with nothing in it, with <c>/</c> at its end: an empty <c>.dist-info</c>,
    /// left by a pip that was killed at once, is a project without a RECORD to whoever comes next.</summary>
    public static HashSet<string> ListWithEmptyFolders(IReadOnlyList<string> folders, string origin)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var filled = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (path, isFolder, _, _) in folders.Where(Directory.Exists).SelectMany(Entries))
        {
            var entry = Relative(origin, path);
            if (Path.GetDirectoryName(entry) is { Length: > 0 } parent)
                filled.Add(parent + '/');
            if (entry != PrefixLock.FileName)
                found.Add(isFolder ? entry + '/' : entry);
        }
        found.ExceptWith(filled);
        return found;
    }

    /// <summary>Whether it stands for an empty folder.</summary>
    public static bool IsFolder(string entry) => entry.EndsWith('/');

    /// <summary>A path below the origin, with <c>/</c>.</summary>
    public static string Relative(string origin, string file) =>
        Path.GetRelativePath(origin, file).Replace(Path.DirectorySeparatorChar, '/');

    /// <summary>Everything in a folder. A link is an entry of its own, and is not followed: it may lead anywhere, or in
    /// cycles.</summary>
    internal static IEnumerable<(string Path, bool IsFolder, long Size, DateTimeOffset Changed)> Entries(
        string folder
    ) =>
        new FileSystemEnumerable<(string, bool, long, DateTimeOffset)>(
            folder,
            (ref FileSystemEntry entry) =>
                (
                    entry.ToFullPath(),
                    entry.IsDirectory && !IsLink(ref entry),
                    entry.IsDirectory ? 0 : entry.Length,
                    entry.LastWriteTimeUtc
                ),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                AttributesToSkip = 0,
                IgnoreInaccessible = true,
            }
        )
        {
            ShouldRecursePredicate = (ref FileSystemEntry entry) => !IsLink(ref entry),
        };

    private static bool IsLink(ref FileSystemEntry entry) => (entry.Attributes & FileAttributes.ReparsePoint) != 0;
}
