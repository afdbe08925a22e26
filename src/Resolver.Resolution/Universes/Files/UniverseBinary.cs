using System.Runtime.InteropServices;
using System.Text;
using Resolver.Resolution.Universes.Tables;

namespace Resolver.Resolution.Universes.Files;

/// <summary>
/// The compact binary form of an <see cref="OrdinalUniverse"/>: its arrays as they lie in memory, so that reading is
/// copying.
/// </summary>
/// <remarks>
/// <code>
/// "RUV1"  byte order mark (int 1)  scheme  listed projects  distinct versions (0 or 1)  number of queries
/// name
/// texts: bytes, ends          project names      candidate starts   places          version texts   lists
/// list ends   list items      requirement texts  targets            interval ends   intervals
/// queries: name, root ids, expectation as three optional parts
/// </code>
/// Every array and string is its length as an int and then its elements, in the byte order of the machine that wrote
/// it; another order is refused. Everything that is later used as an index is checked on reading: a corrupt file is
/// an error, never a crash.
/// </remarks>
internal static class UniverseBinary
{
    private const int NativeOrder = 1;

    public static ReadOnlySpan<byte> Magic => "RUV1"u8;

    public static void Write(OrdinalUniverse universe, Stream stream)
    {
        stream.Write(Magic);
        WriteInts(
            stream,
            [
                NativeOrder,
                (int)universe.Scheme,
                universe.ListedProjects,
                universe.HasDistinctVersions ? 1 : 0,
                universe.Queries.Count,
            ]
        );
        WriteText(stream, universe.Name);
        WriteArray(stream, universe.Texts.Items);
        WriteArray(stream, universe.Texts.Ends);
        WriteArray<int>(stream, universe.ProjectNames);
        WriteArray<int>(stream, universe.CandidateStarts);
        WriteArray<long>(stream, universe.Places);
        WriteArray<int>(stream, universe.VersionTexts);
        WriteArray<int>(stream, universe.Lists);
        WriteArray<int>(stream, universe.ListEnds);
        WriteArray<int>(stream, universe.ListItems);
        WriteArray<int>(stream, universe.RequirementTexts);
        WriteArray<int>(stream, universe.Targets);
        WriteArray<int>(stream, universe.IntervalEnds);
        WriteArray<long>(stream, universe.Intervals);
        foreach (var query in universe.Queries)
        {
            WriteText(stream, query.Name);
            WriteArray<int>(stream, query.RootIds);
            WriteInts(
                stream,
                [
                    query.Expected is null ? -1
                    : query.Expected.Satisfiable is { } verdict
                        ? verdict ? 1
                            : 0
                    : 2,
                ]
            );
            WritePairs(stream, query.Expected?.Solution);
            WritePairs(stream, query.Expected?.RootMax);
        }
    }

    public static OrdinalUniverse Read(Stream stream, string source)
    {
        var input = new Input(stream, source);
        input.Skip(Magic.Length);
        if (input.Int() != NativeOrder)
            throw input.Corrupt("it was written on a machine of another byte order");
        var scheme = (UniverseScheme)input.Int();
        var listed = input.Int();
        var distinct = input.Int() != 0;
        var queryCount = input.Int();
        input.Check(scheme is UniverseScheme.Number or UniverseScheme.SemVer && queryCount > 0);
        var name = input.Text();
        var texts = new TextTable(input.Array<byte>(), input.Array<int>());
        var universe = new OrdinalUniverse(name, scheme, new UniverseQuery[queryCount])
        {
            Texts = texts,
            ListedProjects = listed,
            HasDistinctVersions = distinct,
            ProjectNames = input.Array<int>(),
            CandidateStarts = input.Array<int>(),
            Places = input.Array<long>(),
            VersionTexts = input.Array<int>(),
            Lists = input.Array<int>(),
            ListEnds = input.Array<int>(),
            ListItems = input.Array<int>(),
            RequirementTexts = input.Array<int>(),
            Targets = input.Array<int>(),
            IntervalEnds = input.Array<int>(),
            Intervals = input.Array<long>(),
        };
        CheckIndices(universe, input);
        var queries = (UniverseQuery[])universe.Queries;
        for (var i = 0; i < queryCount; i++)
            queries[i] = ReadQuery(universe, input);
        return universe;
    }

    private static UniverseQuery ReadQuery(OrdinalUniverse universe, Input input)
    {
        var name = input.Text();
        var ids = input.Array<int>();
        input.Check(AreBelow(ids, universe.Targets.Length));
        var verdict = input.Int();
        var solution = input.Pairs();
        var rootMax = input.Pairs();
        var root = ids.Select(id => universe.Texts.StringOf(universe.RequirementTexts[id])).ToArray();
        var expected =
            verdict < 0 ? null : new UniverseExpectation(verdict == 2 ? null : verdict == 1, solution, rootMax);
        return new UniverseQuery(name, root, expected) { RootIds = ids };
    }

    private static void CheckIndices(OrdinalUniverse universe, Input input)
    {
        var texts = universe.Texts.Count;
        input.Check(IsAscendingTo(universe.Texts.Ends, universe.Texts.Capacity));
        input.Check(
            universe.CandidateStarts.Length == universe.ProjectNames.Length + 1 && universe.CandidateStarts[0] == 0
        );
        input.Check(IsAscendingTo(universe.CandidateStarts, universe.Places.Length));
        input.Check(universe.ListedProjects >= 0 && universe.ListedProjects <= universe.ProjectNames.Length);
        input.Check(
            AreBelow(universe.ProjectNames, texts)
                && AreBelow(universe.VersionTexts, texts)
                && AreBelow(universe.RequirementTexts, texts)
        );
        input.Check(
            universe.VersionTexts.Length == universe.Places.Length && universe.Lists.Length == universe.Places.Length
        );
        input.Check(
            AreBelow(universe.Lists, universe.ListEnds.Length)
                && IsAscendingTo(universe.ListEnds, universe.ListItems.Length)
        );
        input.Check(
            AreBelow(universe.ListItems, universe.Targets.Length)
                && AreBelow(universe.Targets, universe.ProjectNames.Length)
        );
        input.Check(
            universe.RequirementTexts.Length == universe.Targets.Length
                && universe.IntervalEnds.Length == universe.Targets.Length
        );
        input.Check(
            IsAscendingTo(universe.IntervalEnds, universe.Intervals.Length)
                && Array.TrueForAll(universe.IntervalEnds, end => end % 2 == 0)
        );
        input.Check(universe.Intervals.AsSpan().IndexOfAnyExceptInRange(0, long.MaxValue) < 0);
    }

    private static bool AreBelow(ReadOnlySpan<int> values, int limit) =>
        values.IsEmpty || (limit > 0 && values.IndexOfAnyExceptInRange(0, limit - 1) < 0);

    private static bool IsAscendingTo(ReadOnlySpan<int> values, int end)
    {
        var last = 0;
        foreach (var value in values)
        {
            if (value < last)
                return false;
            last = value;
        }

        return last == end;
    }

    private static void WriteInts(Stream stream, ReadOnlySpan<int> values) =>
        stream.Write(MemoryMarshal.AsBytes(values));

    private static void WriteArray<T>(Stream stream, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        WriteInts(stream, [values.Length]);
        stream.Write(MemoryMarshal.AsBytes(values));
    }

    private static void WriteText(Stream stream, string text) => WriteArray<byte>(stream, Encoding.UTF8.GetBytes(text));

    private static void WritePairs(Stream stream, IReadOnlyList<KeyValuePair<string, string>>? pairs)
    {
        WriteInts(stream, [pairs?.Count ?? -1]);
        foreach (var (key, value) in pairs ?? [])
        {
            WriteText(stream, key);
            WriteText(stream, value);
        }
    }

    /// <summary>Reads what <see cref="Write"/> wrote. Lengths are believed only as far as the stream has bytes for
    /// them.</summary>
    private sealed class Input(Stream stream, string source)
    {
        private const int Step = 1 << 24;
        private long position;

        public UniverseFormatException Corrupt(string reason) => new(source, $"byte {position}", reason);

        public void Check(bool holds)
        {
            if (!holds)
                throw Corrupt("the binary universe is corrupt");
        }

        public void Skip(int count)
        {
            Span<byte> skipped = stackalloc byte[count];
            Fill(skipped);
        }

        public int Int()
        {
            Span<byte> bytes = stackalloc byte[sizeof(int)];
            Fill(bytes);
            return MemoryMarshal.Read<int>(bytes);
        }

        public string Text() => Encoding.UTF8.GetString(Array<byte>());

        public T[] Array<T>()
            where T : unmanaged
        {
            var length = Int();
            Check(length >= 0);
            // A corrupt length must not ask for gigabytes: what is large grows as bytes arrive.
            var array = GC.AllocateUninitializedArray<T>(Math.Min(length, Step));
            Fill(MemoryMarshal.AsBytes(array.AsSpan()));
            while (array.Length < length)
            {
                var read = array.Length;
                System.Array.Resize(ref array, (int)Math.Min(length, (long)read * 2));
                Fill(MemoryMarshal.AsBytes(array.AsSpan(read)));
            }

            return array;
        }

        public List<KeyValuePair<string, string>>? Pairs()
        {
            var count = Int();
            if (count < 0)
                return null;
            var pairs = new List<KeyValuePair<string, string>>();
            for (var i = 0; i < count; i++)
                pairs.Add(new(Text(), Text()));
            return pairs;
        }

        private void Fill(Span<byte> bytes)
        {
            var read = stream.ReadAtLeast(bytes, bytes.Length, false);
            position += read;
            if (read < bytes.Length)
                throw Corrupt("the binary universe ends too early");
        }
    }
}
