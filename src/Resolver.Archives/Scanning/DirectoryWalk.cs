using System.IO.Enumeration;
using Resolver.Archives.Containers;
using Resolver.Archives.Metadata;

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

    private static readonly EnumerationOptions Everything = new() { AttributesToSkip = 0, IgnoreInaccessible = false };

    /// <param name="folder">The folder on disk.</param>
    /// <param name="shown">Its path as given.</param>
    /// <param name="file">Called with (path on disk, path as given, null) for each file with the suffix of an
    /// archive.</param>
    /// <param name="tree">Called with (path on disk, path as given) for each unpacked project; nothing inside it is
    /// looked at.</param>
    /// <param name="unreadable">Called with (path as given, reason) for each folder that cannot be listed.</param>
    public static void Below(
        string folder,
        string shown,
        Action<string, string, string?> file,
        Action<string, string> tree,
        Action<string, string> unreadable
    )
    {
        var root = Path.GetFullPath(folder);
        var pending = new Stack<(string Folder, string Shown)>();
        pending.Push((folder, shown.Length > 1 ? shown.TrimEnd('/') : shown));
        while (pending.TryPop(out var current))
        {
            if (List(current.Folder, out var reason) is not { } entries)
            {
                unreadable(current.Shown, reason!);
                continue;
            }
            var prefix = Prefix(current.Shown);
            foreach (var name in entries.Folders)
            {
                var inside = Path.Combine(current.Folder, name);
                if (SourceProject.IsOne(new TreeFiles(inside)))
                    tree(inside, prefix + name);
                else
                    pending.Push((inside, prefix + name));
            }
            foreach (var (name, isLink) in entries.Files)
            {
                var path = Path.Combine(current.Folder, name);
                if (!isLink || StaysBelow(path, root))
                    file(path, prefix + name, null);
            }
        }
    }

    /// <summary>What stands before the names of a directory's files as given.</summary>
    public static string Prefix(string shown) => shown.EndsWith('/') ? shown : shown + "/";

    /// <summary>Names of the directories in one that are looked into; or null, and why it cannot be listed.</summary>
    public static List<string>? Folders(string folder, out string? reason) =>
        Listed(
            () =>
            {
                // The kind of an entry comes with its name: of the many files nothing is asked.
                var found = new FileSystemEnumerable<string>(
                    folder,
                    (ref entry) => entry.FileName.ToString(),
                    Everything
                )
                {
                    ShouldIncludePredicate = (ref entry) =>
                        entry.IsDirectory
                        && IsEntered(entry.FileName.ToString())
                        && !entry.Attributes.HasFlag(FileAttributes.ReparsePoint),
                };
                return found.Order(StringComparer.Ordinal).ToList();
            },
            out reason
        );

    /// <summary>Names of the files with the suffix of an archive, and whether they are links, in the order of an
    /// index; or null, and why it cannot be listed.</summary>
    public static List<(string Name, bool IsLink)>? Files(string folder, out string? reason) =>
        Listed(
            () =>
            {
                var found = new FileSystemEnumerable<(string Name, bool)>(
                    folder,
                    (ref entry) => (entry.FileName.ToString(), entry.Attributes.HasFlag(FileAttributes.ReparsePoint)),
                    Everything
                )
                {
                    ShouldIncludePredicate = (ref entry) =>
                        !entry.IsDirectory && ContainerFormat.OfName(entry.FileName.ToString()) is not null,
                };
                var files = found.ToList();
                files.Sort((a, b) => CompareAsUtf8(a.Name, b.Name));
                return files;
            },
            out reason
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
            reason = e.Message.TrimEnd('.');
            return null;
        }
    }

    /// <summary>What of a directory is looked at: names of files with the suffix of an archive, links among them, and
    /// of the directories to look into; or null, and why it cannot be listed.</summary>
    public static (List<(string Name, bool IsLink)> Files, List<string> Folders)? List(
        string folder,
        out string? reason
    )
    {
        reason = null;
        try
        {
            var (files, folders) = (new List<(string, bool)>(), new List<string>());
            foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            {
                if (entry is DirectoryInfo)
                {
                    if (IsEntered(entry.Name) && !IsLink(entry))
                        folders.Add(entry.Name);
                }
                else if (ContainerFormat.OfName(entry.Name) is not null)
                    files.Add((entry.Name, IsLink(entry)));
            }
            return (files, folders);

            static bool IsLink(FileSystemInfo entry) => entry.Attributes.HasFlag(FileAttributes.ReparsePoint);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            reason = e.Message.TrimEnd('.');
            return null;
        }
    }

    /// <summary>Whether directories of this name are looked into.</summary>
    public static bool IsEntered(string name) => !Ignored.Contains(name) && !IsInstalledMetadata(name);

    /// <summary>Whether a link leads to a file below a directory.</summary>
    /// <param name="root">Full path.</param>
    public static bool StaysBelow(string link, string root)
    {
        try
        {
            return new FileInfo(link).ResolveLinkTarget(returnFinalTarget: true) is not { } target
                || target is FileInfo { Exists: true }
                    && target.FullName.StartsWith(
                        Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar,
                        StringComparison.Ordinal
                    );
        }
        catch (IOException)
        {
            return false; // a link to itself
        }
    }

    /// <summary>Metadata of what is installed hold a PKG-INFO too, and are no trees.</summary>
    private static bool IsInstalledMetadata(string folder) =>
        folder.EndsWith(".dist-info", StringComparison.OrdinalIgnoreCase)
        || folder.EndsWith(".egg-info", StringComparison.OrdinalIgnoreCase)
        || folder.Equals("EGG-INFO", StringComparison.OrdinalIgnoreCase);
}
