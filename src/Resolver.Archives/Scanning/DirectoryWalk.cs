using Resolver.Archives.Containers;
using Resolver.Archives.Files;

namespace Resolver.Archives.Scanning;

/// <summary>Walks a directory for archives and trees.</summary>
internal static class DirectoryWalk
{
    // Folders that version control, environments and tools fill for themselves.
    private static readonly HashSet<string> Ignored = new(StringComparer.Ordinal)
    {
        ".git",
        ".hg",
        ".svn",
        "__pycache__",
        "node_modules",
    };

    /// <param name="folder">The folder on disk.</param>
    /// <param name="shown">Its path as given.</param>
    /// <param name="file">Called with (path on disk, path as given, null) for each file with the suffix of an
    /// archive.</param>
    /// <param name="tree">Called with (path on disk, path as given) for each unpacked project and for those in its
    /// folders; nothing else inside it is looked at.</param>
    /// <param name="unreadable">Called with (path as given, reason) for each folder that cannot be listed.</param>
    public static void Below(
        string folder,
        string shown,
        Action<string, string, string?> file,
        Action<string, string> tree,
        Action<string, string> unreadable
    )
    {
        var queue = new FolderQueue(folder, shown);
        var visited = new HashSet<string>(StringComparer.Ordinal);
        var links = new List<(string Path, string Shown)>();
        while (queue.TryNext(out var next))
        {
            // The folder of a tree is not visited: a link may lead to an archive in it.
            if (visited.Contains(next.Path) || next.WithoutTrees(tree) is not { } current)
                continue;
            visited.Add(current.Path);
            if (
                Folders(current.Path, out var reason) is not { } folders
                || Files(current.Path, out reason) is not { } files
            )
            {
                unreadable(current.Shown, reason!);
                continue;
            }
            queue.Enter(current, folders);
            foreach (var (name, isLink) in files)
            {
                var (path, its) = (Path.Combine(current.Path, name), Prefix(current.Shown) + name);
                if (isLink)
                    links.Add((path, its));
                else
                    file(path, its, null);
            }
        }
        // What has a line of its own is not told again by the name of a link.
        foreach (var (path, its) in links.OrderBy(each => each.Shown, StringComparer.Ordinal))
        {
            if (
                DiskFile.KindOf(path) != FileKind.Directory
                && !(
                    DiskFile.RealPath(path) is { } real
                    && visited.Contains(Path.GetDirectoryName(real)!)
                    && IsSameFile(path, real)
                )
            )
                file(path, its, null);
        }
    }

    /// <summary>What stands before the names of a directory's files as given.</summary>
    public static string Prefix(string shown) => shown.EndsWith('/') ? shown : shown + "/";

    /// <summary>Names of the directories in one that are looked into, in ordinal order; or null, and why it cannot be
    /// listed. A link counts whatever it leads to now: that may change without a trace in the directory.</summary>
    public static List<FolderName>? Folders(string folder, out string? reason) =>
        Listed(
            () =>
                DirectoryEntries
                    .Of(
                        folder,
                        (name, isDirectory, isLink) =>
                            (isDirectory || (isLink && ContainerFormat.OfName(name) is null))
                            && IsEntered(name.ToString())
                    )
                    .Select(entry => new FolderName(entry.Name, entry.IsLink))
                    .OrderBy(entry => entry.Name, StringComparer.Ordinal)
                    .ToList(),
            out reason
        );

    /// <summary>Names of the files with the suffix of an archive, and whether they are links, in the order of an
    /// index; or null, and why it cannot be listed.</summary>
    public static List<(string Name, bool IsLink)>? Files(string folder, out string? reason) =>
        Listed(
            () =>
            {
                var files = DirectoryEntries
                    .Of(
                        folder,
                        (name, isDirectory, isLink) =>
                            (!isDirectory || isLink) && ContainerFormat.OfName(name) is not null
                    )
                    .ConvertAll(entry => (entry.Name, entry.IsLink));
                files.Sort((a, b) => CompareAsUtf8(a.Name, b.Name));
                return files;
            },
            out reason
        );

    /// <summary>Whether a link and the file that it leads to are one distribution. A wheel is known by its name: the
    /// same bytes under another name are another candidate.</summary>
    public static bool IsSameFile(string link, string real) =>
        ContainerFormat.OfName(Path.GetFileName(real)) is not null
        && (
            !Path.GetFileName(link.AsSpan()).EndsWith(".whl", StringComparison.OrdinalIgnoreCase)
            || Path.GetFileName(link.AsSpan()).SequenceEqual(Path.GetFileName(real.AsSpan()))
        );

    /// <summary>The order of the texts' UTF-8, in which databases compare: that of code points, and not of a string's
    /// units.</summary>
    public static int CompareAsUtf8(string a, string b)
    {
        var at = a.AsSpan().CommonPrefixLength(b);
        if (at == a.Length || at == b.Length)
            return a.Length - b.Length;
        var (surrogate, other) = (char.IsSurrogate(a[at]), char.IsSurrogate(b[at]));
        return surrogate == other ? a[at].CompareTo(b[at])
            : surrogate ? 1
            : -1;
    }

    private static T? Listed<T>(Func<T> list, out string? reason)
        where T : class
    {
        try
        {
            reason = null;
            return list();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = FileFault.Reason(e);
            return null;
        }
    }

    /// <summary>Whether directories of this name are looked into.</summary>
    public static bool IsEntered(string name) => !Ignored.Contains(name) && !IsInstalledMetadata(name);

    /// <summary>Metadata of what is installed hold a PKG-INFO too, and are no trees.</summary>
    private static bool IsInstalledMetadata(string folder) =>
        folder.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)
        || folder.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase)
        || folder.Equals("EGG-INFO", StringComparison.OrdinalIgnoreCase);
}
