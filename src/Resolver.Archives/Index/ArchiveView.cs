using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;

namespace Resolver.Archives.Index;

/// <summary>An archive as far as a plan looks at it: what had to be read, and the rest of it project by
/// project.</summary>
/// <remarks>Safe to share between threads.</remarks>
public abstract class ArchiveView
{
    /// <summary>Whether a rule of the user yanks the version: then every file of it counts as yanked.</summary>
    public virtual bool IsYanked(PackageName project, Packaging.Versions.Version version) => false;

    /// <summary>What is known without being requested by project: all of the archive, or what of it must be told
    /// about whatever is requested. By path.</summary>
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

/// <summary>An archive of which what is new or changed was read, and the rest is as the index has it: a project's
/// files are made into objects when the search first asks for them, those of the index after each was confirmed by
/// its identity.</summary>
internal sealed class IndexedView : ArchiveView
{
    private readonly IndexDatabase? database;
    private readonly IndexedWalk walk;
    private readonly IndexedScan scan;
    private readonly ArchiveDeclarations declarations;
    private readonly Dictionary<long, IndexedDirectory> unread;
    private readonly HashSet<(long, string)> apart = [];
    private readonly HeldDistributions read;
    private readonly HashSet<int> told;
    private readonly Func<IndexedView> readWhole;
    private readonly Action<IndexException> unreadable;
    private readonly Lock gate = new();
    private IndexedView? whole;

    /// <param name="paths">As given: every path named here must be reported.</param>
    /// <param name="readWhole">Reads all of the archive without the index, where that fails half-way.</param>
    /// <param name="unreadable">Told that it did.</param>
    public IndexedView(
        IndexDatabase? database,
        IReadOnlyList<string> paths,
        IndexedWalk walk,
        IndexedScan scan,
        ArchiveDeclarations declarations,
        Func<IndexedView> readWhole,
        Action<IndexException> unreadable
    )
    {
        (this.database, this.walk, this.scan, this.declarations, this.readWhole, this.unreadable) = (
            database,
            walk,
            scan,
            declarations,
            readWhole,
            unreadable
        );
        unread = walk.Directories.Where(directory => directory.IsKnown).ToDictionary(directory => directory.Row!.Id);
        // What is new or changed is read now and found in the index the next time.
        read = scan.Run(walk, walk.Directories.Where(directory => !directory.IsKnown));
        var declared = declarations.FileNames.ToHashSet(StringComparer.Ordinal);
        told = ToldOf(read, paths, declared);
        var present = new List<Distribution>(told.Select(index => read[index]));
        if (unread.Count > 0)
        {
            foreach (var row in database!.DefectiveFiles())
                Set(row, present);
            foreach (var name in declared)
            {
                foreach (var directory in unread.Values)
                {
                    if (database.FileIn(directory.Path, name) is { } row)
                        Set(row, present);
                }
            }
        }
        scan.Flush(force: true);
        Present = declarations.ApplyTo([.. GivenPlaces.Ordered(present)]);
    }

    public override IReadOnlyList<Distribution> Present { get; }

    public override bool IsYanked(PackageName project, Packaging.Versions.Version version) =>
        declarations.IsYanked(project, version);

    public override IEnumerable<PackageName> FurtherProjects
    {
        get
        {
            lock (gate)
            {
                try
                {
                    if (whole is not null)
                        return
                        [
                            .. whole.FurtherProjects,
                            .. whole.Present.Select(each => each.Name).OfType<PackageName>(),
                        ];
                    IEnumerable<string> names =
                        unread.Count == 0 ? []
                        : database!.DirectoryCount() == unread.Count ? database.Projects()
                        : database.Projects(unread.Keys.ToHashSet());
                    return
                    [
                        .. names
                            .Concat(read.Count == 0 ? [] : read.Summaries.Projects)
                            .Select(PackageName.TryParse)
                            .Where(name => name.Success)
                            .Select(name => name.Value),
                    ];
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
        lock (gate)
        {
            try
            {
                if (whole is not null)
                    return FromWhole(project);
                var further = new List<Distribution>();
                if (read.Count > 0)
                    further.AddRange(
                        read.Summaries.Of(project).Where(index => !told.Contains(index)).Select(index => read[index])
                    );
                if (unread.Count > 0)
                {
                    foreach (var row in database!.FilesOfProject(project.Normalized))
                    {
                        if (!apart.Contains((row.Directory, row.Name)))
                            further.AddRange(Current(row).Where(each => each.Name == project));
                    }
                    scan.Flush(force: false);
                }
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

    /// <summary>What must be reported of what was read: distributions that cannot be chosen, with all of their file;
    /// what was given by name; and what a declaration by path may make another project of.</summary>
    private static HashSet<int> ToldOf(HeldDistributions read, IReadOnlyList<string> paths, HashSet<string> declared)
    {
        var (told, files) = (
            new HashSet<int>(),
            paths
                .Select(path => (OperatingSystem.IsWindows() ? path.Replace('\\', '/') : path).TrimEnd('/'))
                .ToHashSet(StringComparer.Ordinal)
        );
        for (var i = 0; i < read.Count; i++)
        {
            if ((read.Summaries[i].Remarks & (Remark.Unreadable | Remark.Unversioned)) == 0)
                continue;
            told.Add(i);
            files.Add(FileOf(read.PathAt(i)));
        }
        for (var i = 0; i < read.Count; i++)
        {
            var path = read.PathAt(i);
            if (
                files.Contains(path)
                || files.Contains(FileOf(path))
                || declared.Contains(Path.GetFileName(path))
                || declared.Contains(Path.GetFileName(FileOf(path)))
            )
                told.Add(i);
        }
        return told;

        static string FileOf(string path) => DistributionPath.Parse(path).File;
    }

    private void Set(FileRow row, List<Distribution> present)
    {
        if (unread.ContainsKey(row.Directory) && apart.Add((row.Directory, row.Name)))
            present.AddRange(Current(row));
    }

    private IReadOnlyList<Distribution> Current(FileRow row)
    {
        if (!row.IsWhole)
            throw database!.Damaged();
        if (!unread.TryGetValue(row.Directory, out var directory))
            return [];
        var (path, isLink) = (directory.FileAt(row.Name), FileStamp.IsLink(row.Stamp));
        if (walk.IsGivenByName(path) || (isLink && walk.IsElsewhere(path)))
            return [];
        return scan.Current(row, path, directory.Path, row.Name, isLink, directory.Prefix)?.Distributions ?? [];
    }

    private List<Distribution> FromWhole(PackageName project)
    {
        var known = Present.Select(each => each.Path).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. whole!
                .Further(project)
                .Concat(whole.Present.Where(each => each.Name == project))
                .Where(each => !known.Contains(each.Path)),
        ];
    }

    private void ReadWhole(IndexException reason)
    {
        unreadable(reason);
        whole = readWhole();
    }
}
