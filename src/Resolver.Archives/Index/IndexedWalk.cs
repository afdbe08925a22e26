using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Metadata;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>The directories of given paths, as the index knows it and the directories' identities confirm it: the
/// same files and trees lie in them as <see cref="ArchiveScanner"/> finds.</summary>
internal sealed class IndexedWalk
{
    private readonly IndexDatabase? database;
    private readonly Dictionary<string, IndexedDirectory> directories = new(StringComparer.Ordinal);
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
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

    private void AddFile(string path, string shown, string? subdirectory)
    {
        if (
            subdirectory is null
            && directories.TryGetValue(Path.GetDirectoryName(Path.GetFullPath(path))!, out var directory)
            && Containers.ContainerFormat.OfName(Path.GetFileName(path)) is not null
            && directory.PrefixOf(
                Path.GetFileName(path),
                File.ResolveLinkTarget(path, returnFinalTarget: false) is not null
            )
                is not null
        )
            return;
        if (seen.Add(GivenPlaces.Key(path, subdirectory)))
            Files.Add((path, shown, subdirectory));
    }

    private void AddTree(string path, string shown)
    {
        if (seen.Add(Path.GetFullPath(path)))
            Trees.Add((path, shown));
    }

    private void Below(string folder, string given, ScanOptions options, CancellationToken cancellation)
    {
        var root = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var rows = new Dictionary<string, DirectoryRow>(StringComparer.Ordinal);
        foreach (var row in database?.DirectoriesBelow(root) ?? [])
            rows[row.Path] = row;
        var pending = new Stack<(string Path, string Shown)>();
        pending.Push((root, given.Length > 1 ? given.TrimEnd('/') : given));
        while (pending.TryPop(out var current))
        {
            cancellation.ThrowIfCancellationRequested();
            var now = options.Now();
            var identity = FileIdentity.Of(current.Path);
            var row = rows.GetValueOrDefault(current.Path);
            rows.Remove(current.Path);
            var place = (DirectoryWalk.Prefix(current.Shown), root);
            IReadOnlyList<string> folders;
            if (directories.TryGetValue(current.Path, out var known))
            {
                known.Places.Add(place);
                folders = known.Folders;
            }
            else if (identity is { } is1 && row is { Identity: { } kept } && is1.Is(kept, database!.WithDevice))
            {
                directories[current.Path] = new IndexedDirectory(
                    current.Path,
                    [place],
                    kept,
                    row,
                    IsKnown: true,
                    row.Folders
                );
                folders = row.Folders;
            }
            else if (current.Path != root && SourceProject.IsOne(new TreeFiles(current.Path)))
            {
                AddTree(current.Path, current.Shown);
                continue;
            }
            else if (DirectoryWalk.Folders(current.Path, out var reason) is { } listed)
            {
                var settled =
                    identity is { } is2 && is2.IsSettled(now) ? is2.ToBytes(database?.WithDevice ?? true) : null;
                directories[current.Path] = new IndexedDirectory(
                    current.Path,
                    [place],
                    settled,
                    row,
                    IsKnown: false,
                    listed
                );
                folders = listed;
            }
            else
            {
                Unreadable.Add(GivenPlaces.Unreadable(current.Shown, reason!));
                continue;
            }
            var prefix = DirectoryWalk.Prefix(current.Shown);
            foreach (var name in folders.Reverse())
                pending.Push((Path.Combine(current.Path, name), prefix + name));
        }
        // What this walk did not come to may still be another's archive.
        gone.AddRange(rows.Keys.Where(path => !Directory.Exists(path)));
    }
}
