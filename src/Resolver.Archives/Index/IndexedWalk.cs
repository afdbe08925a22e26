using System.Collections.Concurrent;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>The directories of given paths, as the index knows it and the directories' identities confirm it: the
/// same files and trees lie in them as <see cref="ArchiveScanner"/> finds.</summary>
internal sealed class IndexedWalk
{
    private readonly IndexDatabase? database;
    private readonly Dictionary<string, IndexedDirectory> directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> claimed = new(StringComparer.Ordinal);
    private readonly List<string> gone = [];

    /// <param name="database">Null where nothing is known of before.</param>
    public IndexedWalk(
        IndexDatabase? database,
        IReadOnlyList<string> paths,
        ScanOptions options,
        CancellationToken cancellation
    )
    {
        this.database = database;
        GivenPlaces.Visit(
            paths,
            options.Limits,
            AddFile,
            AddTree,
            (folder, shown) => Below(folder, shown, options, cancellation)
        );
    }

    public IReadOnlyCollection<IndexedDirectory> Directories => directories.Values;

    /// <summary>Files that were given by name before any directory that holds them, as (path on disk, path as given,
    /// subdirectory or null).</summary>
    public List<(string Path, string Shown, string? Subdirectory)> Files { get; } = [];

    /// <summary>Unpacked trees, as (path on disk, path as given). What is in them may change without a trace in any
    /// directory, so they are read every time.</summary>
    public List<(string Path, string Shown)> Trees { get; } = [];

    /// <summary>Lines of directories that cannot be listed.</summary>
    public List<Distribution> Unreadable { get; } = [];

    /// <summary>Directories that are kept and do not exist any more.</summary>
    public IReadOnlyList<string> Gone => gone;

    /// <summary>Whether a file of a directory was given by name before: then it counts there.</summary>
    public bool IsGivenByName(string path) => Files.Count > 0 && seen.Contains(GivenPlaces.Key(path, null));

    /// <summary>Whether a file that is a link has its line elsewhere: where it really lies, by a link that came before
    /// it, or because it was given by name.</summary>
    public bool IsElsewhere(string link)
    {
        lock (seen)
            return IsAt(link) || claimed.GetOrAdd(GivenPlaces.Key(link, null), link) != link;
    }

    private void AddFile(string path, string shown, string? subdirectory)
    {
        if (
            subdirectory is null
            && Containers.ContainerFormat.OfName(Path.GetFileName(path)) is not null
            && (
                IsAt(path)
                || DiskFile.RealPath(Path.GetDirectoryName(Path.GetFullPath(path))!) is { } parent
                    && directories.ContainsKey(parent)
            )
        )
            return;
        if (seen.Add(GivenPlaces.Key(path, subdirectory)))
            Files.Add((path, shown, subdirectory));
    }

    /// <summary>Whether the file that a path leads to lies in a directory of the walk.</summary>
    private bool IsAt(string path) =>
        DiskFile.RealPath(path) is { } real
        && directories.ContainsKey(Path.GetDirectoryName(real)!)
        && DirectoryWalk.IsSameFile(path, real);

    private void AddTree(string path, string shown)
    {
        if (seen.Add(GivenPlaces.Key(path, null)))
            Trees.Add((path, shown));
    }

    private void Below(string folder, string given, ScanOptions options, CancellationToken cancellation)
    {
        var queue = new FolderQueue(folder, given);
        var rows = new Dictionary<string, DirectoryRow>(StringComparer.Ordinal);
        var asked = new List<string>();
        while (queue.TryNext(out var next))
        {
            cancellation.ThrowIfCancellationRequested();
            if (next.WithoutTrees(AddTree) is not { } current)
                continue;
            // A link may lead out of what was given: what is known there is requested when it does.
            if (!asked.Exists(each => IsBelow(current.Path, each)))
            {
                asked.Add(current.Path);
                foreach (var each in database?.DirectoriesBelow(current.Path) ?? [])
                    rows.TryAdd(each.Path, each);
            }
            if (directories.ContainsKey(current.Path))
            {
                if (current.IsRoot)
                    queue.Enter(current, directories[current.Path].Folders);
                continue;
            }
            var now = options.Now();
            var identity = FileIdentity.Of(current.Path);
            var row = rows.GetValueOrDefault(current.Path);
            if (identity is { } is1 && row is { Identity: { } kept } && is1.Is(kept, database!.WithDevice))
                Add(kept, row, isKnown: true, row.Folders);
            else if (DirectoryWalk.Folders(current.Path, out var reason) is { } listed)
            {
                var isSettled = identity is { } is2 && is2.IsSettled(now) && !HasEscapes(current.Path, listed);
                Add(isSettled ? identity!.Value.ToBytes(database?.WithDevice ?? true) : null, row, false, listed);
            }
            else
                Unreadable.Add(GivenPlaces.Unreadable(current.Shown, reason!));

            void Add(byte[]? its, DirectoryRow? row, bool isKnown, IReadOnlyList<FolderName> folders)
            {
                directories[current.Path] = new IndexedDirectory(
                    current.Path,
                    DirectoryWalk.Prefix(current.Shown),
                    its,
                    row,
                    isKnown,
                    folders
                );
                queue.Enter(current, folders);
            }
        }
        // What this walk did not come to may still be another's archive.
        gone.AddRange(rows.Keys.Where(path => !directories.ContainsKey(path) && !Directory.Exists(path)));
    }

    private static bool IsBelow(string path, string folder) =>
        path == folder || path.StartsWith(DirectoryWalk.Prefix(folder), StringComparison.Ordinal);

    // A database keeps UTF-8: what is none is listed every time.
    private static bool HasEscapes(string path, IReadOnlyList<FolderName> folders) =>
        PathBytes.AreEscaped(path) || folders.Any(each => PathBytes.AreEscaped(each.Name));
}
