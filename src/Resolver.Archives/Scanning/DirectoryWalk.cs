using Resolver.Archives.Containers;
using Resolver.Archives.Metadata;

namespace Resolver.Archives.Scanning;

/// <summary>Walks a directory for archives and trees.</summary>
internal static class DirectoryWalk
{
    // Folders that version control, environments and tools fill for themselves.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal) { ".git", ".hg", ".svn", "__pycache__", "node_modules" };

    /// <param name="folder">The folder on disk.</param>
    /// <param name="shown">Its path as given.</param>
    /// <param name="file">Called with (path on disk, path as given, null) for each file with the suffix of an archive.</param>
    /// <param name="tree">Called with (path on disk, path as given) for each unpacked project; nothing inside it is looked at.</param>
    /// <param name="unreadable">Called with (path as given, reason) for each folder that cannot be listed.</param>
    public static void Below(string folder, string shown, Action<string, string, string?> file, Action<string, string> tree, Action<string, string> unreadable)
    {
        var root = Path.GetFullPath(folder);
        var pending = new Stack<(string Folder, string Shown)>();
        pending.Push((folder, shown.Length > 1 ? shown.TrimEnd('/') : shown));
        while (pending.TryPop(out var current))
        {
            FileSystemInfo[] entries;
            try
            {
                entries = new DirectoryInfo(current.Folder).GetFileSystemInfos();
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                unreadable(current.Shown, e.Message.TrimEnd('.'));
                continue;
            }
            foreach (var entry in entries)
            {
                var name = current.Shown.EndsWith('/') ? current.Shown + entry.Name : $"{current.Shown}/{entry.Name}";
                if (entry is DirectoryInfo)
                {
                    if (entry.LinkTarget is not null || Ignored.Contains(entry.Name) || IsInstalledMetadata(entry.Name)) continue;
                    if (SourceProject.IsOne(new TreeFiles(entry.FullName))) tree(entry.FullName, name);
                    else pending.Push((entry.FullName, name));
                }
                else if (ContainerFormat.OfName(entry.Name) is not null && StaysBelow(entry, root)) file(entry.FullName, name, null);
            }
        }
    }

    /// <summary>Metadata of what is installed hold a PKG-INFO too, and are no trees.</summary>
    private static bool IsInstalledMetadata(string folder) =>
        folder.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase) || folder.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase) || folder.Equals("EGG-INFO", StringComparison.OrdinalIgnoreCase);

    private static bool StaysBelow(FileSystemInfo entry, string root)
    {
        if (entry.LinkTarget is null) return true;
        try
        {
            return entry.ResolveLinkTarget(returnFinalTarget: true) is FileInfo { Exists: true } target
                && target.FullName.StartsWith(Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        }
        catch (IOException)
        {
            return false; // a link to itself
        }
    }
}
