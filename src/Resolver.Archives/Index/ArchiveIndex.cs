using Resolver.Archives.Containers;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>What was read of archives earlier, so that it need not be read again. Whatever happens to it, the answers
/// are those of <see cref="ArchiveScanner"/>: where it cannot be used, one warning says so.</summary>
/// <remarks>Safe to share between threads, and with other processes.</remarks>
public sealed class ArchiveIndex : IDisposable
{
    private readonly IndexDatabase? database;
    private readonly string? file;
    private readonly Action<string> warn;
    private readonly List<IndexedView> views = [];
    private int warned;

    private ArchiveIndex(Action<string> warn, string? file, string? url)
    {
        (this.file, this.warn) = (file, warn);
        if (file is not null)
            database = new SqliteIndex(file);
        else if (url is not null)
            database = new PostgresIndex(url, ReaderVersion.Text);
    }

    /// <summary>An index over a database of the caller's; disposed with the index.</summary>
    internal ArchiveIndex(IndexDatabase database, string? file, Action<string> warn) =>
        (this.database, this.file, this.warn) = (database, file, warn);

    /// <summary>No index: every file is read every time.</summary>
    public static ArchiveIndex None { get; } = new(_ => { }, null, null);

    /// <summary>An index in a directory, which is made when the first archive is read.</summary>
    /// <param name="warn">Told in one line, at most once, why it is not used.</param>
    public static ArchiveIndex InDirectory(string directory, Action<string> warn) =>
        new(warn, Path.Combine(Path.GetFullPath(directory), $"archives-{ReaderVersion.Text}.sqlite"), null);

    /// <summary>An index in PostgreSQL, which many hosts may share.</summary>
    /// <param name="url"><c>postgres://USER:PASSWORD@HOST:PORT/DATABASE</c>.</param>
    /// <param name="warn">Told in one line, at most once, why it is not used.</param>
    /// <exception cref="FormatException">It is no such URL.</exception>
    public static ArchiveIndex InPostgres(string url, Action<string> warn) => new(warn, null, url);

    /// <summary>As <see cref="ArchiveScanner.Scan"/>, with every file checked by its identity and read only where
    /// that is not the one that was kept.</summary>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public IReadOnlyList<Distribution> Scan(
        IReadOnlyList<string> paths,
        ScanOptions options,
        CancellationToken cancellation = default
    )
    {
        if (paths.Count == 0)
            return [];
        return With(options, Scanned) ?? Scanned(null);

        HeldDistributions Scanned(IndexDatabase? database)
        {
            var walk = new IndexedWalk(database, paths, options, cancellation);
            return new IndexedScan(database, Spill, options, Warn, cancellation)
                .Run(walk, walk.Directories)
                .MarkConflicts();
        }
    }

    /// <summary>The archive for a plan: every directory is checked by its identity, and each file when its project is
    /// requested.</summary>
    /// <param name="declarations">What is declared of its distributions; applied to all that the view gives.</param>
    /// <exception cref="FileNotFoundException">A given path does not exist.</exception>
    public ArchiveView View(
        IReadOnlyList<string> paths,
        ArchiveDeclarations declarations,
        ScanOptions options,
        CancellationToken cancellation = default
    )
    {
        if (paths.Count == 0)
            return ArchiveView.Whole([]);
        var view = With(options, Viewed) ?? Viewed(null);
        if (database is not null)
            views.Add(view);
        return view;

        IndexedView Viewed(IndexDatabase? database) =>
            new(
                database,
                paths,
                new IndexedWalk(database, paths, options, cancellation),
                new IndexedScan(database, Spill, options, Warn, cancellation),
                declarations,
                () => Viewed(null),
                Warn
            );
    }

    /// <summary>Where what a scan finds may be put aside.</summary>
    private string Spill => file is null ? Path.GetTempPath() : Path.GetDirectoryName(file)!;

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in views)
            view.Finish();
        database?.Dispose();
    }

    /// <summary>What the index answers, or null where it cannot.</summary>
    private T? With<T>(ScanOptions options, Func<IndexDatabase, T> answer)
        where T : class
    {
        // What other limits let through, or kept out, says nothing about these.
        if (database is null || options.Limits != ContainerLimits.Default)
            return null;
        try
        {
            return answer(database);
        }
        catch (IndexException e)
        {
            Warn(e);
            return null;
        }
        catch (AggregateException e) when (e.InnerExceptions is [IndexException inner, ..])
        {
            Warn(inner);
            return null;
        }
    }

    private void Warn(IndexException reason)
    {
        if (Interlocked.Exchange(ref warned, 1) != 0)
            return;
        if (reason.IsDamaged && file is not null)
        {
            SqliteIndex.Delete(file);
            warn($"the index of the archive was corrupt and has been rebuilt: {reason.Message}");
        }
        else
            warn($"going on without the index of the archive: {reason.Message}");
    }
}
