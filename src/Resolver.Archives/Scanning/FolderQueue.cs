using Resolver.Archives.Files;

namespace Resolver.Archives.Scanning;

/// <summary>A directory's name in another, and whether it is a link.</summary>
internal readonly record struct FolderName(string Name, bool IsLink);

/// <summary>The directories of a walk that are still to be visited: each real one once, and those that are reached
/// without a link first, so that what lies there is named by its own path.</summary>
/// <remarks>Links are followed as pip follows them. A circle of links ends because each directory is known by its
/// path without links.</remarks>
internal sealed class FolderQueue
{
    private readonly Stack<(string Path, string Shown)> pending = new();
    private readonly SortedDictionary<string, string> links = new(StringComparer.Ordinal);

    /// <param name="root">The directory that was given, on disk.</param>
    /// <param name="shown">The same as given.</param>
    public FolderQueue(string root, string shown) =>
        pending.Push((DiskFile.RealPath(root) ?? Path.GetFullPath(root), Trimmed(shown)));

    /// <summary>Adds the directories inside one.</summary>
    /// <param name="path">Its path without links.</param>
    /// <param name="shown">Its path as given.</param>
    public void Enter(string path, string shown, IReadOnlyList<FolderName> folders)
    {
        var prefix = DirectoryWalk.Prefix(shown);
        foreach (var (name, isLink) in folders.Reverse())
        {
            if (isLink)
                links[prefix + name] = Path.Combine(path, name);
            else
                pending.Push((Path.Combine(path, name), prefix + name));
        }
    }

    /// <summary>The next directory: its path without links, and its path as given. Links that lead to no directory are
    /// passed over.</summary>
    public bool TryNext(out (string Path, string Shown) next)
    {
        if (pending.TryPop(out next))
            return true;
        while (links.Count > 0)
        {
            var (shown, link) = links.First();
            links.Remove(shown);
            if (
                DiskFile.KindOf(link) != FileKind.Directory
                || DiskFile.RealPath(link) is not { } real
                || !DirectoryWalk.IsEntered(Path.GetFileName(real))
            )
                continue;
            next = (real, shown);
            return true;
        }
        return false;
    }

    private static string Trimmed(string shown) => shown.Length > 1 ? shown.TrimEnd('/') : shown;
}
