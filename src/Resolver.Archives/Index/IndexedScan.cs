using System.Collections.Concurrent;
using System.Security.Cryptography;
using Resolver.Archives.Distributions;
using Resolver.Archives.Files;
using Resolver.Archives.Reading;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>Reads what is new or changed in directories, takes the rest from the index, and keeps what was
/// read.</summary>
/// <remarks>Of an archive no more is held at any time than the names of one directory's files, the readings that are
/// to be written next, and what <see cref="HeldDistributions"/> needs.</remarks>
/// <param name="database">Null keeps nothing.</param>
/// <param name="spill">Where what is found may be put aside.</param>
internal sealed class IndexedScan(
    IndexDatabase? database,
    string spill,
    ScanOptions options,
    Action<IndexException> unwritable,
    CancellationToken cancellation
)
{
    // So many readings are kept at once: few enough to lose little when the run is killed, enough that the
    // transaction costs nothing.
    private const int BatchLength = 2000,
        BatchBytes = 8 << 20;
    private const int ChunkLength = 256;

    private readonly HeldDistributions.Gathering found = new(spill, options.MostHeld);
    private readonly ConcurrentDictionary<string, byte> unkept = new(StringComparer.Ordinal);
    private readonly Lock writing = new();
    private List<FileWrite> pending = [];
    private long pendingBytes;
    private bool isUnwritable;

    /// <summary>Everything in the directories, the trees, and the files given by name.</summary>
    public HeldDistributions Run(IndexedWalk walk, IEnumerable<IndexedDirectory> directories)
    {
        var completions = new ConcurrentBag<DirectoryWrite>();
        options.Found?.Invoke(walk.Files.Count + walk.Trees.Count);
        Parallel.ForEach(
            Partitioner.Create(Work(walk, directories, completions), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, options.Jobs),
                CancellationToken = cancellation,
            },
            work => work()
        );
        Flush(force: true);
        if (database is not null && !isUnwritable)
            Write(() =>
                database.Write(
                    [],
                    [
                        .. completions.Select(each =>
                            unkept.ContainsKey(each.Path) ? each with { Identity = null } : each
                        ),
                    ],
                    walk.Gone
                )
            );
        foreach (var each in walk.Unreadable)
            found.Add(each);
        return found.Ordered();
    }

    /// <summary>The file as it is now: as it was kept where it is still the same, else read.</summary>
    /// <param name="row">What is kept of it, or null.</param>
    /// <param name="prefix">What stands before its name as given.</param>
    /// <returns>Null where there is no such file any more.</returns>
    public CurrentFile? Current(FileRow? row, string path, string directory, string name, bool isLink, string prefix)
    {
        try
        {
            return Compared(row, path, directory, name, isLink, prefix);
        }
        catch (Exception e) when (e is not IndexException && ReadingFault.IsOfOneFile(e))
        {
            unkept.TryAdd(directory, 0);
            return new CurrentFile(null, [ReadingFault.Line(ArchiveFileReader.Blank(prefix + name, name), e)]);
        }
    }

    private CurrentFile? Compared(FileRow? row, string path, string directory, string name, bool isLink, string prefix)
    {
        options.Step?.Invoke(path, ReadingStep.Identity);
        var now = options.Now();
        var its = FileIdentity.Of(path, out var kind);
        if (kind == FileKind.Directory || (kind == FileKind.Missing && !isLink))
            return null;
        if (its is not { } identity || kind != FileKind.Regular || PathBytes.AreEscaped(path))
        {
            // It says what it is; nothing of it can be kept.
            unkept.TryAdd(directory, 0);
            return new CurrentFile(null, Read(path, prefix + name));
        }
        if (
            row is { IsWhole: true }
            && FileStamp.Is(row.Stamp, identity, database!.WithDevice)
            && ContentData.Open(name, row.Sha256, row.Data) is { } data
        )
            return new CurrentFile(new KeptReading(prefix, name, row.Sha256, data), null);
        if (Known(path, name, prefix) is { } known)
        {
            Keep(Written(new FileReading(known.Decode()), known.Sha256, known.Data));
            return new CurrentFile(known, null);
        }
        var reading = new FileReading(
            ArchiveFileReader.Read(path, FileReading.Shown(name), null, options, cancellation)
        );
        if (!reading.CanBeKept)
        {
            unkept.TryAdd(directory, 0);
            return new CurrentFile(null, reading.At(prefix));
        }
        options.Step?.Invoke(path, ReadingStep.Keep);
        // As it is kept it is a fraction of the size: what nobody looks at is not made.
        var kept = new KeptReading(
            prefix,
            name,
            Convert.FromHexString(reading.Distributions[0].Sha256!),
            FileReadingCodec.Encode(reading)
        );
        if (database is not null)
            Keep(Written(reading, kept.Sha256, kept.Data));
        return new CurrentFile(kept, null);

        FileWrite Written(FileReading read, byte[] hash, ReadOnlyMemory<byte> bytes) =>
            new(
                directory,
                name,
                StampOf(path, identity, isLink, now, name, hash),
                hash,
                bytes,
                [.. read.Projects],
                read.IsDefective
            );
    }

    /// <summary>Keeps what was read and is not kept yet.</summary>
    public void Flush(bool force)
    {
        List<FileWrite> batch;
        lock (writing)
        {
            if (pending.Count == 0 || (!force && pending.Count < BatchLength && pendingBytes < BatchBytes))
                return;
            (batch, pending, pendingBytes) = (pending, [], 0);
        }
        if (!isUnwritable)
            Write(() => database!.Write(batch, [], []));
    }

    private IEnumerable<Action> Work(
        IndexedWalk walk,
        IEnumerable<IndexedDirectory> directories,
        ConcurrentBag<DirectoryWrite> completions
    )
    {
        foreach (var (path, shown, subdirectory) in walk.Files)
            yield return () =>
                Emit(
                    subdirectory is null
                        ? GivenByName(path, shown)
                        : new CurrentFile(null, Read(path, shown, subdirectory))
                );
        foreach (var (path, shown) in walk.Trees)
            yield return () => Emit(new CurrentFile(null, [GivenPlaces.ReadTree(path, shown, options)]));
        foreach (var directory in directories)
        {
            foreach (
                var work in directory is { IsKnown: true, Row: { } row } && database!.FileCount(row.Id) == row.Files
                    ? Known(walk, directory, row)
                    : Listed(walk, directory, completions)
            )
                yield return work;
        }
    }

    /// <summary>The files of a directory that is as it was kept.</summary>
    private IEnumerable<Action> Known(IndexedWalk walk, IndexedDirectory directory, DirectoryRow row)
    {
        var count = 0;
        options.Found?.Invoke(row.Files);
        foreach (var page in database!.FilesOf(row.Id).Chunk(ChunkLength))
        {
            // Which file it would be of, nobody knows: it may be any.
            if (!Array.TrueForAll(page, each => each.IsWhole))
                throw database.Damaged();
            count += page.Length;
            // Here, where one comes after another: which of several links counts depends on their order alone.
            var told = page.Where(each =>
                    !FileStamp.IsLink(each.Stamp) || !walk.IsElsewhere(directory.FileAt(each.Name))
                )
                .ToList();
            yield return () =>
            {
                foreach (var each in told)
                    Look(walk, directory, each, each.Name, FileStamp.IsLink(each.Stamp));
            };
        }
        if (count != row.Files)
            throw database.Damaged();
    }

    /// <summary>The files of a directory that is new or changed, side by side with what is kept of them: both come in
    /// the order of their names.</summary>
    private IEnumerable<Action> Listed(
        IndexedWalk walk,
        IndexedDirectory directory,
        ConcurrentBag<DirectoryWrite> completions
    )
    {
        if (DirectoryWalk.Files(directory.Path, out var reason) is not { } files)
        {
            walk.Unreadable.Add(
                GivenPlaces.Unreadable(directory.Prefix.TrimEnd('/') is { Length: > 0 } shown ? shown : "/", reason!)
            );
            yield break;
        }
        options.Found?.Invoke(files.Count);
        var gone = new List<string>();
        string? after = null;
        // A cold file takes long: each is work of its own, so that the last ones do not wait for one another.
        foreach (var chunk in files.Chunk(directory.Row is null ? 1 : ChunkLength))
        {
            var kept = Kept(directory, after, after = chunk[^1].Name);
            gone.AddRange(kept.Keys.Except(chunk.Select(each => each.Name)));
            var told = chunk.Where(each => !each.IsLink || !walk.IsElsewhere(directory.FileAt(each.Name))).ToList();
            // What is not looked at is not kept, and what is not kept makes a directory one to be listed again.
            if (told.Count < chunk.Length)
                unkept.TryAdd(directory.Path, 0);
            yield return () =>
            {
                foreach (var (name, isLink) in told)
                    Look(walk, directory, kept.GetValueOrDefault(name), name, isLink);
            };
        }
        gone.AddRange(Kept(directory, after, null).Keys);
        if (!PathBytes.AreEscaped(directory.Path))
            completions.Add(new DirectoryWrite(directory.Path, directory.Identity, directory.Folders, gone));
    }

    /// <summary>What is kept of a directory's files behind one name, up to another and with it.</summary>
    private Dictionary<string, FileRow> Kept(IndexedDirectory directory, string? after, string? last)
    {
        var kept = new Dictionary<string, FileRow>(StringComparer.Ordinal);
        foreach (var each in directory.Row is { } row ? database!.FilesBetween(row.Id, after, last) : [])
            kept[each.Name] = each;
        return kept;
    }

    private void Look(IndexedWalk walk, IndexedDirectory directory, FileRow? row, string name, bool isLink)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = directory.FileAt(name);
        if (walk.IsGivenByName(path))
            return;
        if (Current(row, path, directory.Path, name, isLink, directory.Prefix) is { } current)
            Emit(current);
    }

    private CurrentFile GivenByName(string path, string shown)
    {
        var full = Path.GetFullPath(path);
        var (directory, name) = (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        return Current(
            database?.FileIn(directory, name),
            full,
            directory,
            name,
            DiskFile.IsLink(full),
            shown[..^name.Length]
        ) ?? new CurrentFile(null, Read(path, shown)); // gone by now: it says so
    }

    private IReadOnlyList<Distribution> Read(string path, string shown, string? subdirectory = null) =>
        ArchiveFileReader.Read(path, shown, subdirectory, options, cancellation);

    private void Emit(CurrentFile current)
    {
        Garbage.Bound();
        if (current.Kept is { } kept)
            found.Add(kept);
        else
            foreach (var each in current.Distributions)
                found.Add(each);
        options.Progress?.Invoke();
    }

    /// <summary>What the index says of this content under this name: a file that was copied, or merely touched, is
    /// hashed and not read.</summary>
    private KeptReading? Known(string path, string name, string prefix)
    {
        if (database?.Contents(name) is not { Count: > 0 } contents)
            return null;
        try
        {
            using var file = DiskFile.OpenRead(path);
            var hash = SHA256.HashData(file);
            foreach (var (known, reading) in contents)
            {
                if (known.AsSpan().SequenceEqual(hash) && ContentData.Open(name, known, reading) is { } data)
                    return new KeptReading(prefix, name, known, data);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading it says why.
        }
        return null;
    }

    /// <summary>The stamp to keep: one that never fits where the file changed while it was read, or may have.</summary>
    private byte[] StampOf(string path, FileIdentity before, bool isLink, long now, string name, byte[] sha256) =>
        before.IsSettled(now) && FileIdentity.Of(path) == before
            ? FileStamp.Of(before, isLink, database!.WithDevice, name, sha256)
            : FileStamp.Never(isLink, name, sha256);

    private void Keep(FileWrite write)
    {
        lock (writing)
        {
            pending.Add(write);
            pendingBytes += write.Data.Length;
        }
        Flush(force: false);
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (IndexException e)
        {
            // A full disk spoils nothing but the next run's speed.
            isUnwritable = true;
            unwritable(e);
        }
    }
}

/// <summary>A file as it is now.</summary>
/// <param name="Kept">As it is kept; null where it is not.</param>
/// <param name="Found">What it holds, where it is not kept.</param>
internal readonly record struct CurrentFile(KeptReading? Kept, IReadOnlyList<Distribution>? Found)
{
    public IReadOnlyList<Distribution> Distributions => Kept?.Decode() ?? Found!;
}
