using Resolver.Archives.Files;

namespace Resolver.Archives.Scanning;

/// <summary>A directory's name in another, and whether it is a link.</summary>
internal readonly record struct FolderName(string Name, bool IsLink);

/// <summary>A directory of a walk.</summary>
/// <param name="Path">Its path without links.</param>
/// <param name="Shown">Its path as given.</param>
/// <param name="Parts">In a repository, the paths of its projects, which are known already; null elsewhere.</param>
/// <param name="Root">Where the walk began, without links.</param>
internal readonly record struct QueuedFolder(string Path, string Shown, HashSet<string>? Parts, string Root)
{
    /// <summary>Whether the walk began here.</summary>
    public bool IsRoot => Path == Root;

    /// <summary>Tells of the trees that the directory is or holds. In a repository only its parts are trees; archives
    /// may lie anywhere in it.</summary>
    /// <param name="tree">Called with (path on disk, path as given).</param>
    /// <returns>The directory to look into, or null where it is a tree.</returns>
    public QueuedFolder? WithoutTrees(Action<string, string> tree)
    {
        if (Parts is not null)
            return this;
        var look = FolderLook.At(Path);
        if (look.IsTree ? IsRoot : !look.IsRepository)
        {
            // A tree by its name only: reading it says where the link leads, and that it is not followed.
            if (!IsRoot && !look.IsTree && FolderLook.LeadsOutOf(Root, Path))
                tree(Path, Shown);
            return this;
        }
        GivenPlaces.Trees(Path, Shown, look, tree);
        return look.IsTree ? null : this with { Parts = look.PathsIn(Path) };
    }
}

/// <summary>The directories of a walk that are still to be visited: each real one once, and those that are reached
/// without a link first, so that what lies there is named by its own path.</summary>
/// <remarks>Links are followed as pip follows them. A cycle of links ends because each directory is known by its
/// path without links.</remarks>
internal sealed class FolderQueue
{
    private readonly Stack<QueuedFolder> pending = new();
    private readonly SortedDictionary<string, QueuedFolder> links = new(StringComparer.Ordinal);

    /// <param name="root">The directory that was given, on disk.</param>
    /// <param name="shown">The same as given.</param>
    public FolderQueue(string root, string shown)
    {
        var real = DiskFile.RealPath(root) ?? Path.GetFullPath(root);
        pending.Push(new QueuedFolder(real, Trimmed(shown), null, real));
    }

    /// <summary>Adds the directories inside one.</summary>
    public void Enter(QueuedFolder folder, IReadOnlyList<FolderName> names)
    {
        var prefix = DirectoryWalk.Prefix(folder.Shown);
        foreach (var (name, isLink) in names.Reverse())
        {
            var inside = new QueuedFolder(Path.Combine(folder.Path, name), prefix + name, folder.Parts, folder.Root);
            if (folder.Parts?.Contains(inside.Path) == true)
                continue;
            if (isLink)
                links[inside.Shown] = inside;
            else
                pending.Push(inside);
        }
    }

    /// <summary>The next directory. Links that lead to no directory are passed over.</summary>
    public bool TryNext(out QueuedFolder next)
    {
        if (pending.TryPop(out next))
            return true;
        while (links.Count > 0)
        {
            var (shown, link) = links.First();
            links.Remove(shown);
            if (
                DiskFile.KindOf(link.Path) != FileKind.Directory
                || DiskFile.RealPath(link.Path) is not { } real
                || link.Parts?.Contains(real) == true
                || !DirectoryWalk.IsEntered(Path.GetFileName(real))
            )
                continue;
            next = link with { Path = real };
            return true;
        }
        return false;
    }

    private static string Trimmed(string shown) => shown.Length > 1 ? shown.TrimEnd('/') : shown;
}
