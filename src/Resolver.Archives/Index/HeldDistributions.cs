using System.Collections;
using System.Runtime.InteropServices;
using Resolver.Archives.Distributions;
using Resolver.Archives.Reading;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Index;

/// <summary>Distributions by path, of which nothing is held but their places in a store of what they are made from:
/// an archive of any size takes a few bytes for each.</summary>
/// <remarks>Each look makes a new, equal object. Safe to share between threads.</remarks>
internal sealed class HeldDistributions : ISummarizedDistributions
{
    private readonly RecordStore store;
    private readonly long[] places;
    private readonly Lazy<FileSummaries> summaries;

    // Those of whose name and version there is another content, and where that is.
    private Dictionary<int, int> others = [];

    private HeldDistributions(RecordStore store, long[] places)
    {
        (this.store, this.places) = (store, places);
        summaries = new(() => FileSummaries.Of(this));
    }

    public int Count => places.Length;

    /// <summary>The summary of each.</summary>
    public FileSummaries Summaries => summaries.Value;

    public Distribution this[int index]
    {
        get
        {
            Garbage.Bound();
            var each = KeptReading.OfRecord(store.Read(places[index])).Decode()[0];
            return others.TryGetValue(index, out var other) ? Conflicts.Marked(each, PathAt(other)) : each;
        }
    }

    /// <summary>Where one lies.</summary>
    public string PathAt(int index) => KeptReading.PathOf(store.Read(places[index]));

    /// <summary>Puts the problem on all of one name, version and kind with different contents, as
    /// <see cref="Conflicts.Mark"/> does.</summary>
    public HeldDistributions MarkConflicts()
    {
        // Those that may share their key lie side by side then: all that do, and hardly any more.
        var (keys, order) = (new int[Count], new int[Count]);
        for (var i = 0; i < order.Length; i++)
            (keys[i], order[i]) = (Summaries[i].Key, i);
        Array.Sort(keys, order);
        var found = new Dictionary<int, int>();
        for (int start = 0, end; start < order.Length; start = end)
        {
            for (end = start + 1; end < order.Length && keys[end] == keys[start]; end++) { }
            if (keys[start] == 0 || end - start == 1)
                continue;
            Array.Sort(order, start, end - start);
            Compare(order.AsSpan(start, end - start), found);
        }
        foreach (var index in found.Keys)
            Summaries[index] = Summaries[index] with { Remarks = Summaries[index].Remarks | Remark.Differing };
        others = found;
        return this;
    }

    /// <summary>Of each that shares its key with a different content: the first of these.</summary>
    private void Compare(ReadOnlySpan<int> indices, Dictionary<int, int> found)
    {
        var first = HashOf(indices[0]);
        var differ = false;
        foreach (var index in indices[1..])
            differ |= HashOf(index) != first;
        if (!differ)
            return;
        var groups =
            new Dictionary<(DistributionKind, PackageName?, Version?, string?), List<(int Index, UInt128 Hash)>>();
        foreach (var index in indices)
        {
            var each = this[index];
            var key =
                each.Kind == DistributionKind.Wheel
                    ? (each.Kind, null, null, Path.GetFileName(each.Path))
                    : (each.Kind, each.Name, each.Version, (string?)null);
            (CollectionsMarshal.GetValueRefOrAddDefault(groups, key, out _) ??= []).Add((index, HashOf(index)));
        }
        foreach (var group in groups.Values)
        {
            if (group.FindIndex(each => each.Hash != group[0].Hash) is not (> 0 and var other))
                continue;
            foreach (var (index, hash) in group)
                found[index] = group[hash == group[0].Hash ? other : 0].Index;
        }
    }

    // Half of a hash, of which no two are the same that anybody knows of.
    private UInt128 HashOf(int index) =>
        MemoryMarshal.Read<UInt128>(KeptReading.OfRecord(store.Read(places[index])).Sha256);

    public IEnumerator<Distribution> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
            yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>Distributions as they are found, from any thread and in any order.</summary>
    /// <param name="folder">Where what is found may be put aside.</param>
    /// <param name="mostHeld">How many bytes of it may be in memory.</param>
    /// <param name="runLength">How many are sorted at once; as many as take no more than that by default.</param>
    public sealed class Gathering(string folder, int mostHeld, int? runLength = null)
    {
        private const int BytesOfAnEntry = 160;

        private readonly int runLength = runLength ?? Math.Max(1, mostHeld / BytesOfAnEntry);
        private readonly RecordStore store = new(folder, mostHeld);
        private readonly Lock gate = new();
        private readonly List<long[]> runs = [];
        private List<Entry> run = [];

        /// <summary>All distributions of a file.</summary>
        public void Add(KeptReading reading)
        {
            if (FileReadingCodec.Count(reading.Data) == 1)
                AddOne(reading);
            else
                foreach (var each in reading.Decode())
                    Add(each);
        }

        public void Add(Distribution distribution) => AddOne(KeptReading.Of(distribution));

        private void AddOne(KeptReading reading)
        {
            var entry = new Entry(reading.Prefix, reading.Name, store.Add(reading.ToRecord()));
            List<Entry>? full = null;
            lock (gate)
            {
                run.Add(entry);
                if (run.Count == this.runLength)
                    (full, run) = (run, []);
            }
            if (full is not null)
                AddRun(full);
        }

        /// <summary>All that was added, by path.</summary>
        public HeldDistributions Ordered()
        {
            AddRun(run);
            run = [];
            return new HeldDistributions(store, runs is [var only] ? only : Merged());
        }

        private void AddRun(List<Entry> entries)
        {
            entries.Sort(static (a, b) => a.CompareTo(b));
            long[] sorted = [.. entries.Select(each => each.Place)];
            lock (gate)
                runs.Add(sorted);
        }

        /// <summary>Merges the runs: of each the paths are read again, one at a time.</summary>
        private long[] Merged()
        {
            var all = new long[runs.Sum(each => each.Length)];
            var heads = new PriorityQueue<(int Run, int At), string>(StringComparer.Ordinal);
            for (var i = 0; i < runs.Count; i++)
            {
                if (runs[i].Length > 0)
                    heads.Enqueue((i, 0), PathAt(i, 0));
            }
            for (var filled = 0; heads.TryDequeue(out var head, out _);)
            {
                // Most runs cover folders one after another, so a run is read until another one comes first.
                var (which, at) = head;
                string path;
                do
                {
                    all[filled++] = runs[which][at++];
                    if (at == runs[which].Length)
                        goto ended;
                    path = PathAt(which, at);
                } while (!heads.TryPeek(out _, out var next) || string.CompareOrdinal(path, next) <= 0);
                heads.Enqueue((which, at), path);
            ended:
                ;
            }
            return all;
        }

        private string PathAt(int which, int at)
        {
            Garbage.Bound();
            return KeptReading.PathOf(store.Read(runs[which][at]));
        }

        private readonly record struct Entry(string Prefix, string Name, long Place) : IComparable<Entry>
        {
            public int CompareTo(Entry other)
            {
                if (Prefix == other.Prefix)
                    return string.CompareOrdinal(Name, other.Name);
                // Prefix and name are one text in two pieces: what they have in common is compared piece by piece.
                for (var at = 0; ;)
                {
                    var left = Rest(at);
                    var right = other.Rest(at);
                    if (left.IsEmpty || right.IsEmpty)
                        return left.Length - right.Length;
                    var length = Math.Min(left.Length, right.Length);
                    var order = left[..length].SequenceCompareTo(right[..length]);
                    if (order != 0)
                        return order;
                    at += length;
                }
            }

            private ReadOnlySpan<char> Rest(int at) =>
                at < Prefix.Length ? Prefix.AsSpan(at) : Name.AsSpan(at - Prefix.Length);
        }
    }
}

/// <summary>The reading of one file as the index has it, and where the file lies: a few hundred bytes, of which
/// distributions are made when somebody looks.</summary>
/// <param name="Sha256">Empty where it is of no single file.</param>
internal sealed record KeptReading(string Prefix, string Name, byte[] Sha256, ReadOnlyMemory<byte> Data)
{
    /// <summary>One distribution by itself.</summary>
    public static KeptReading Of(Distribution distribution)
    {
        var path = distribution.Path!;
        var at = path.LastIndexOf('/') + 1;
        return new(
            path[..at],
            path[at..],
            distribution.Sha256 is { } sha256 ? Convert.FromHexString(sha256) : [],
            FileReadingCodec.Encode(new FileReading([distribution]))
        );
    }

    public Distribution[] Decode()
    {
        try
        {
            return FileReadingCodec.Decode(
                Data,
                Name,
                Sha256.Length == 0 ? null : Convert.ToHexStringLower(Sha256),
                Prefix
            );
        }
        catch (Exception e) when (ReadingFault.IsOfOneFile(e))
        {
            return [ReadingFault.Line(ArchiveFileReader.Blank(Prefix + Name, Name), e)];
        }
    }

    public byte[] ToRecord() => FileReadingCodec.EncodeRecord(this);

    public static KeptReading OfRecord(byte[] record) => FileReadingCodec.DecodeRecord(record);

    /// <summary>Where the file lies, of what <see cref="ToRecord"/> gave.</summary>
    public static string PathOf(byte[] record) => FileReadingCodec.RecordPath(record);
}
