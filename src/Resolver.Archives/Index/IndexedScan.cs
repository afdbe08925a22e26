using System.Collections.Concurrent;
using System.Security.Cryptography;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>Reads what is new or changed in directories, takes the rest from the index, and keeps what was read.</summary>
internal sealed class IndexedScan(IndexDatabase database, ScanOptions options, Action<IndexException> unwritable, CancellationToken cancellation)
{
    // So many readings are kept at once: few enough to lose little when the run is killed, enough that the transaction costs nothing.
    private const int BatchLength = 2000;
    private const int ChunkLength = 256;

    private readonly ConcurrentBag<Held> found = [];
    private readonly List<FileWrite> pending = [];
    private readonly Lock writing = new();
    private bool isUnwritable;

    /// <summary>Everything in the directories, and the files given by name, in any order.</summary>
    public IReadOnlyCollection<Held> Run(IndexedWalk walk, IEnumerable<IndexedDirectory> directories)
    {
        var completions = new ConcurrentBag<DirectoryWrite>();
        Parallel.ForEach(
            Partitioner.Create(Work(walk, directories, completions), EnumerablePartitionerOptions.NoBuffering),
            new ParallelOptions { MaxDegreeOfParallelism = Math.Max(1, options.Jobs), CancellationToken = cancellation },
            work => work());
        Flush(force: true);
        if (!isUnwritable) Write(() => database.Write([], [.. completions], walk.Gone));
        return found;
    }

    /// <summary>The file as it is now: as it was kept where it is still the same, else read.</summary>
    /// <param name="row">What is kept of it, or null.</param>
    /// <param name="prefix">What stands before its name as given.</param>
    /// <returns>Null where there is no such file any more.</returns>
    public IEnumerable<Held>? Current(FileRow? row, string path, string directory, string name, bool isLink, string prefix)
    {
        var now = options.Now();
        if (FileIdentity.Of(path) is not { } identity) return null;
        if (row is not null && FileStamp.Is(row.Stamp, identity, database.WithDevice))
            return new KeptReading(prefix, name, row.Sha256, row.Data!).Parts;
        if (Known(path, name, prefix) is { } known)
        {
            Keep(Written(new FileReading(known.Decode()), known.Sha256, known.Data));
            return known.Parts;
        }
        var reading = new FileReading(ArchiveFileReader.Read(path, FileReading.Shown(name), null, options.Limits, cancellation));
        if (!reading.CanBeKept) return reading.At(prefix).Select(each => new Held(null, each));
        var encoded = FileReadingCodec.Encode(reading);
        // As it is kept it is a fraction of the size: what nobody looks at is not made.
        var kept = new KeptReading(prefix, name, Convert.FromHexString(reading.Distributions[0].Sha256!), encoded);
        Keep(Written(reading, kept.Sha256, encoded));
        return kept.Parts;

        FileWrite Written(FileReading read, byte[] hash, byte[] bytes) => new(directory, name, StampOf(path, identity, isLink, now), hash, bytes, [.. read.Projects], read.IsDefective);
    }

    /// <summary>Keeps what was read and is not kept yet.</summary>
    public void Flush(bool force)
    {
        List<FileWrite> batch;
        lock (writing)
        {
            if (pending.Count == 0 || (!force && pending.Count < BatchLength)) return;
            batch = [.. pending];
            pending.Clear();
        }
        if (!isUnwritable) Write(() => database.Write(batch, [], []));
    }

    private IEnumerable<Action> Work(IndexedWalk walk, IEnumerable<IndexedDirectory> directories, ConcurrentBag<DirectoryWrite> completions)
    {
        foreach (var (path, shown, subdirectory) in walk.Files)
            yield return () => Emit(subdirectory is null ? GivenByName(path, shown) : Read(path, shown, subdirectory));
        foreach (var (path, shown) in walk.Trees) yield return () => Emit([new Held(null, GivenPlaces.ReadTree(path, shown))]);
        foreach (var directory in directories)
        {
            IEnumerable<FileRow> rows = directory.Row is { } row ? database.FilesOf(row.Id) : [];
            if (directory.Files is not { } files)
            {
                foreach (var chunk in rows.Chunk(ChunkLength))
                {
                    yield return () =>
                    {
                        foreach (var each in chunk) Look(walk, directory, each, each.Name, FileStamp.IsLink(each.Stamp));
                    };
                }
                continue;
            }
            var kept = rows.ToDictionary(each => each.Name, StringComparer.Ordinal);
            // A cold file takes long: each is work of its own, so that the last ones do not wait for one another.
            foreach (var chunk in files.Chunk(kept.Count > 0 ? ChunkLength : 1))
            {
                yield return () =>
                {
                    foreach (var (name, isLink) in chunk) Look(walk, directory, kept.GetValueOrDefault(name), name, isLink);
                };
            }
            var names = files.Select(file => file.Name).ToHashSet(StringComparer.Ordinal);
            completions.Add(new DirectoryWrite(directory.Path, directory.Identity, directory.Folders, [.. kept.Keys.Where(name => !names.Contains(name))]));
        }
    }

    private void Look(IndexedWalk walk, IndexedDirectory directory, FileRow? row, string name, bool isLink)
    {
        cancellation.ThrowIfCancellationRequested();
        var path = directory.FileAt(name);
        if (directory.PrefixOf(name, isLink) is not { } prefix || walk.IsGivenByName(path)) return;
        if (Current(row, path, directory.Path, name, isLink, prefix) is { } current) Emit(current);
    }

    private IEnumerable<Held> GivenByName(string path, string shown)
    {
        var full = Path.GetFullPath(path);
        var (directory, name) = (Path.GetDirectoryName(full)!, Path.GetFileName(full));
        return Current(database.FileIn(directory, name), full, directory, name, File.ResolveLinkTarget(full, returnFinalTarget: false) is not null, shown[..^name.Length])
            ?? Read(path, shown, null); // gone by now: it says so
    }

    private IEnumerable<Held> Read(string path, string shown, string? subdirectory) =>
        ArchiveFileReader.Read(path, shown, subdirectory, options.Limits, cancellation).Select(each => new Held(null, each));

    private void Emit(IEnumerable<Held> distributions)
    {
        foreach (var each in distributions) found.Add(each);
        options.Progress?.Invoke();
    }

    /// <summary>What the index says of this content under this name: a file that was copied, or merely touched, is hashed and not read.</summary>
    private KeptReading? Known(string path, string name, string prefix)
    {
        if (database.Contents(name) is not { Count: > 0 } contents) return null;
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0, FileOptions.SequentialScan);
            if (file.Length == 0) return null; // a pipe would block
            var hash = SHA256.HashData(file);
            foreach (var (known, reading) in contents)
            {
                if (known.AsSpan().SequenceEqual(hash)) return new KeptReading(prefix, name, known, reading);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Reading it says why.
        }
        return null;
    }

    /// <summary>The stamp to keep: one that never fits where the file changed while it was read, or may have.</summary>
    private byte[] StampOf(string path, FileIdentity before, bool isLink, long now) =>
        before.IsSettled(now) && FileIdentity.Of(path) == before ? FileStamp.Of(before, isLink, database.WithDevice) : FileStamp.Never(isLink);

    private void Keep(FileWrite write)
    {
        lock (writing) pending.Add(write);
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
