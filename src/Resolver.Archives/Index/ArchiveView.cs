using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Index;

/// <summary>An archive as far as a plan looks at it: what had to be read, and the rest of it project by project.</summary>
/// <remarks>Safe to share between threads.</remarks>
public abstract class ArchiveView
{
    /// <summary>What is known without being asked for by project: all of the archive, or what of it had to be read or must be told about. By path.</summary>
    public abstract IReadOnlyList<Distribution> Present { get; }

    /// <summary>The distributions of a project that are not among <see cref="Present"/>.</summary>
    public abstract IReadOnlyList<Distribution> Further(PackageName project);

    /// <summary>The projects of which there may be more than <see cref="Present"/> has.</summary>
    public abstract IEnumerable<PackageName> FurtherProjects { get; }

    /// <summary>An archive that was read whole.</summary>
    public static ArchiveView Whole(IReadOnlyList<Distribution> distributions) => new WholeArchive(distributions);

    private sealed class WholeArchive(IReadOnlyList<Distribution> distributions) : ArchiveView
    {
        public override IReadOnlyList<Distribution> Present => distributions;

        public override IEnumerable<PackageName> FurtherProjects => [];

        public override IReadOnlyList<Distribution> Further(PackageName project) => [];
    }
}

/// <summary>An archive whose directories are as the index has them: a project's files are taken from it, each confirmed by its identity, when the search first asks for them.</summary>
internal sealed class IndexedView : ArchiveView
{
    private readonly IndexDatabase database;
    private readonly IndexedWalk walk;
    private readonly IndexedScan scan;
    private readonly ArchiveDeclarations declarations;
    private readonly Dictionary<long, IndexedDirectory> unread;
    private readonly HashSet<(long, string)> apart = [];
    private readonly Func<IReadOnlyList<Distribution>> readWhole;
    private readonly Action<IndexException> unreadable;
    private readonly Lock gate = new();
    private ILookup<PackageName?, Distribution>? whole;

    /// <param name="readWhole">Reads all of the archive without the index, where that fails half-way.</param>
    /// <param name="unreadable">Told that it did.</param>
    public IndexedView(IndexDatabase database, IndexedWalk walk, IndexedScan scan, ArchiveDeclarations declarations, Func<IReadOnlyList<Distribution>> readWhole, Action<IndexException> unreadable)
    {
        (this.database, this.walk, this.scan, this.declarations, this.readWhole, this.unreadable) = (database, walk, scan, declarations, readWhole, unreadable);
        unread = walk.Directories.Where(directory => directory.Files is null).ToDictionary(directory => directory.Row!.Id);
        var present = new List<Distribution>(walk.Unreadable);
        // What is new or changed is read now and found in the index the next time.
        var read = scan.Run(walk, walk.Directories.Where(directory => directory.Files is not null));
        foreach (var row in unread.Count > 0 ? database.DefectiveFiles() : []) Set(row, present);
        // What a declaration by path makes of a file only shows once it is looked at.
        foreach (var name in declarations.FileNames)
        {
            foreach (var directory in unread.Values)
            {
                if (database.FileIn(directory.Path, name) is { } row) Set(row, present);
            }
        }
        scan.Flush(force: true);
        Present = declarations.ApplyTo(Conflicts.Mark(new HeldDistributions([.. read, .. present.Select(each => new Held(null, each))])));
    }

    public override IReadOnlyList<Distribution> Present { get; }

    public override IEnumerable<PackageName> FurtherProjects
    {
        get
        {
            if (unread.Count == 0) return [];
            lock (gate)
            {
                try
                {
                    if (whole is not null) return [.. whole.Select(group => group.Key).OfType<PackageName>()];
                    var names = database.DirectoryCount() == unread.Count ? database.Projects() : database.Projects(unread.Keys.ToHashSet());
                    return [.. names.Select(PackageName.Parse)];
                }
                catch (IndexException e)
                {
                    ReadWhole(e);
                    return FurtherProjects;
                }
            }
        }
    }

    public override IReadOnlyList<Distribution> Further(PackageName project)
    {
        if (unread.Count == 0) return [];
        lock (gate)
        {
            try
            {
                if (whole is not null) return [.. whole[project]];
                var further = new List<Distribution>();
                foreach (var row in database.FilesOfProject(project.Normalized))
                {
                    if (!apart.Contains((row.Directory, row.Name))) further.AddRange(Current(row).Where(each => each.Name == project));
                }
                scan.Flush(force: false);
                return declarations.ApplyTo(further);
            }
            catch (IndexException e)
            {
                ReadWhole(e);
                return Further(project);
            }
        }
    }

    /// <summary>Keeps what was found changed on the way.</summary>
    public void Finish() => scan.Flush(force: true);

    private void Set(FileRow row, List<Distribution> present)
    {
        if (unread.ContainsKey(row.Directory) && apart.Add((row.Directory, row.Name))) present.AddRange(Current(row));
    }

    private IReadOnlyList<Distribution> Current(FileRow row)
    {
        if (!unread.TryGetValue(row.Directory, out var directory)) return [];
        var (path, isLink) = (directory.FileAt(row.Name), FileStamp.IsLink(row.Stamp));
        if (directory.PrefixOf(row.Name, isLink) is not { } prefix || walk.IsGivenByName(path)) return [];
        return [.. (scan.Current(row, path, directory.Path, row.Name, isLink, prefix) ?? []).Select(each => each.Distribution)];
    }

    private void ReadWhole(IndexException reason)
    {
        unreadable(reason);
        var known = Present.Select(each => each.Path).ToHashSet(StringComparer.Ordinal);
        whole = declarations.ApplyTo(readWhole()).Where(each => !known.Contains(each.Path)).ToLookup(each => each.Name);
    }
}
