using System.Collections.Concurrent;
using System.Text;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Archives.Index;

/// <summary>Readings as bytes and back. What is parsed when it is read first is kept as the text it was parsed from,
/// and parsed again when it is requested.</summary>
/// <remarks>Numbers are little-endian base 128, texts UTF-8 behind their length plus one (0 is null). There is no
/// version in it: the index as a whole has one.</remarks>
internal static class FileReadingCodec
{
    // Few of these are different in a whole archive.
    private static readonly ConcurrentDictionary<string, IReadOnlyDictionary<string, MetadataSource?>> KnownMaps = new(
        StringComparer.Ordinal
    );
    private static readonly ConcurrentDictionary<string, SpecifierSet> PythonBounds = new(StringComparer.Ordinal);
    private const int MostRemembered = 10_000;

    public static byte[] Encode(FileReading reading)
    {
        var bytes = new MemoryStream();
        Number(bytes, reading.Distributions.Count);
        foreach (var each in reading.Distributions)
            Write(bytes, each);
        return bytes.ToArray();
    }

    /// <param name="bytes">What <see cref="Encode"/> gave.</param>
    /// <param name="name">The file's name.</param>
    /// <param name="sha256">The file's hash, lower-case hex; null where there is no single file.</param>
    /// <param name="prefix">What stands before the file's name in its path as given.</param>
    /// <returns>What <see cref="FileReading.At(string)"/> gives.</returns>
    public static Distribution[] Decode(ReadOnlyMemory<byte> bytes, string name, string? sha256, string prefix)
    {
        var reader = new Reader(bytes);
        var distributions = new Distribution[reader.Number()];
        for (var i = 0; i < distributions.Length; i++)
            distributions[i] = reader.Distribution(name, sha256, prefix);
        return distributions;
    }

    /// <summary>How many distributions there are.</summary>
    public static int Count(ReadOnlyMemory<byte> bytes) => new Reader(bytes).Number();

    /// <summary>A reading with its place, as one piece.</summary>
    public static byte[] EncodeRecord(KeptReading reading)
    {
        var bytes = new MemoryStream(reading.Data.Length + 256);
        Text(bytes, reading.Prefix);
        Text(bytes, reading.Name);
        bytes.WriteByte((byte)reading.Sha256.Length);
        bytes.Write(reading.Sha256);
        bytes.Write(reading.Data.Span);
        return bytes.ToArray();
    }

    public static KeptReading DecodeRecord(byte[] record)
    {
        var reader = new Reader(record);
        return new KeptReading(reader.Text()!, reader.Text()!, reader.Bytes(), reader.Rest());
    }

    /// <summary>The path in a record.</summary>
    public static string RecordPath(byte[] record)
    {
        var reader = new Reader(record);
        return reader.Text() + reader.Text();
    }

    private static void Write(MemoryStream bytes, Distribution each)
    {
        Text(bytes, each.Path);
        bytes.WriteByte((byte)each.Kind);
        bytes.WriteByte(
            (byte)(
                (each.Wheel is null ? 0 : 1)
                | (each.Size is null ? 0 : 2)
                | (each.RequiresDist is null ? 0 : 4)
                | (each.BuildRequires is null ? 0 : 8)
            )
        );
        if (each.Size is { } size)
            Number(bytes, size);
        Text(bytes, each.RawName);
        Text(bytes, each.Version?.ToString());
        Text(bytes, each.RequiresPython?.ToString());
        if (each.RequiresDist is { } requires)
            Write(bytes, requires);
        if (each.BuildRequires is { } builds)
            Write(bytes, builds);
        Texts(bytes, each.Extras.Select(e => e.Normalized));
        Text(bytes, each.BuildBackend);
        Texts(bytes, each.BackendPath);
        Text(bytes, string.Join(',', each.Known.Select(k => $"{k.Key}={(k.Value is { } source ? (int)source : -1)}")));
        Texts(bytes, each.VersionVariables);
        Number(bytes, each.Problems.Count);
        foreach (var problem in each.Problems)
        {
            Text(bytes, problem.Code);
            Text(bytes, problem.Place);
            Text(bytes, problem.Reason);
            bytes.WriteByte((byte)((problem.Fatal ? 1 : 0) | ((int)problem.Advice << 1)));
        }
    }

    /// <summary>Requirements: the text that each is parsed from, and what it prints as where that is something
    /// else.</summary>
    public static List<(string Text, string? Printed)> Requirements(ReadOnlyMemory<byte> bytes, int count)
    {
        var reader = new Reader(bytes);
        var requirements = new List<(string, string?)>(count);
        for (var i = 0; i < count; i++)
            requirements.Add((reader.Text()!, reader.Text()));
        return requirements;
    }

    /// <summary>Their number, their length in bytes, so that they can be passed over, and they.</summary>
    private static void Write(MemoryStream bytes, IReadOnlyList<Requirement> requirements)
    {
        var its = new MemoryStream();
        foreach (var requirement in requirements)
        {
            Text(its, requirement.Text);
            Text(its, requirement.ToString() is var printed && printed == requirement.Text ? null : printed);
        }
        Number(bytes, requirements.Count);
        Number(bytes, its.Length);
        its.WriteTo(bytes);
    }

    private static void Texts(MemoryStream bytes, IEnumerable<string> texts)
    {
        var all = texts.ToList();
        Number(bytes, all.Count);
        foreach (var text in all)
            Text(bytes, text);
    }

    private static void Text(MemoryStream bytes, string? text)
    {
        if (text is null)
        {
            Number(bytes, 0);
            return;
        }
        // Half a surrogate pair, from the name of a hostile file, would not survive UTF-8: such a text is kept by its
        // code units.
        if (
            Encoding.UTF8.GetByteCount(text) is var length
            && Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) != text
        )
        {
            Number(bytes, 1);
            Number(bytes, text.Length);
            foreach (var unit in text)
                Number(bytes, unit);
            return;
        }
        Number(bytes, length + 2);
        Span<byte> encoded = length <= 512 ? stackalloc byte[length] : new byte[length];
        Encoding.UTF8.GetBytes(text, encoded);
        bytes.Write(encoded);
    }

    private static void Number(MemoryStream bytes, long number)
    {
        for (var rest = (ulong)number; ; rest >>= 7)
        {
            if (rest < 0x80)
            {
                bytes.WriteByte((byte)rest);
                return;
            }
            bytes.WriteByte((byte)(rest | 0x80));
        }
    }

    private static IReadOnlyDictionary<string, MetadataSource?> KnownOf(string text)
    {
        if (KnownMaps.TryGetValue(text, out var known))
            return known;
        var made = new SortedDictionary<string, MetadataSource?>(StringComparer.Ordinal);
        foreach (var pair in text.Split(',', StringSplitOptions.RemoveEmptyEntries))
        {
            var equals = pair.IndexOf('=', StringComparison.Ordinal);
            var source = int.Parse(pair.AsSpan(equals + 1));
            made[pair[..equals]] = source < 0 ? null : (MetadataSource)source;
        }
        if (KnownMaps.Count < MostRemembered)
            KnownMaps[text] = made;
        return made;
    }

    private static SpecifierSet PythonBound(string text)
    {
        if (PythonBounds.TryGetValue(text, out var bound))
            return bound;
        bound = SpecifierSet.Parse(text);
        if (PythonBounds.Count < MostRemembered)
            PythonBounds[text] = bound;
        return bound;
    }

    private ref struct Reader(ReadOnlyMemory<byte> bytes)
    {
        private ReadOnlySpan<byte> rest = bytes.Span;

        public int Number() => checked((int)LongNumber());

        public Distribution Distribution(string name, string? sha256, string prefix)
        {
            var path = FileReading.PathAt(Text()!, prefix);
            var kind = (DistributionKind)Byte();
            var flags = Byte();
            long? size = (flags & 2) != 0 ? LongNumber() : null;
            var (rawName, version, python) = (Text(), Text(), Text());
            return new Distribution
            {
                Path = path,
                Kind = kind,
                Sha256 = sha256,
                Size = size,
                RawName = rawName,
                Name = rawName is null ? null : PackageName.Parse(rawName),
                Version = version is null ? null : Version.Parse(version),
                RequiresPython = python is null ? null : PythonBound(python),
                RequiresDist = (flags & 4) != 0 ? Requirements() : null,
                BuildRequires = (flags & 8) != 0 ? Requirements() : null,
                Extras = Texts() is { Length: > 0 } extras ? [.. extras.Select(ExtraName.Parse)] : [],
                BuildBackend = Text(),
                BackendPath = Texts(),
                WheelName = (flags & 1) != 0 ? name : null,
                Known = KnownOf(Text()!),
                VersionVariables = Texts(),
                Problems = Problems(prefix),
            };
        }

        private RequirementTexts Requirements()
        {
            var (count, length) = (Number(), Number());
            var its = bytes.Slice(bytes.Length - rest.Length, length);
            rest = rest[length..];
            return count == 0 ? RequirementTexts.None : new RequirementTexts(its, count);
        }

        private ArchiveProblem[] Problems(string prefix)
        {
            if (Number() is not (> 0 and var count))
                return [];
            var problems = new ArchiveProblem[count];
            for (var i = 0; i < count; i++)
            {
                var (code, place, reason, flags) = (Text()!, FileReading.At(Text()!, prefix), Text()!, Byte());
                problems[i] = new ArchiveProblem(code, place, reason, (flags & 1) != 0)
                {
                    Advice = (ProblemAdvice)(flags >> 1),
                };
            }
            return problems;
        }

        private string[] Texts()
        {
            if (Number() is not (> 0 and var count))
                return [];
            var texts = new string[count];
            for (var i = 0; i < count; i++)
                texts[i] = Text()!;
            return texts;
        }

        public string? Text()
        {
            var length = Number();
            if (length == 0)
                return null;
            if (length == 1)
            {
                var units = new char[Number()];
                for (var i = 0; i < units.Length; i++)
                    units[i] = (char)Number();
                return new string(units);
            }
            var text = Encoding.UTF8.GetString(rest[..(length - 2)]);
            rest = rest[(length - 2)..];
            return text;
        }

        /// <summary>Bytes behind their number.</summary>
        public byte[] Bytes()
        {
            var found = rest.Slice(1, rest[0]).ToArray();
            rest = rest[(1 + found.Length)..];
            return found;
        }

        /// <summary>All that is left.</summary>
        public readonly ReadOnlyMemory<byte> Rest() => bytes[(bytes.Length - rest.Length)..];

        private byte Byte()
        {
            var value = rest[0];
            rest = rest[1..];
            return value;
        }

        private long LongNumber()
        {
            ulong number = 0;
            for (var shift = 0; ; shift += 7)
            {
                var value = Byte();
                number |= (ulong)(value & 0x7F) << shift;
                if (value < 0x80)
                    return (long)number;
            }
        }
    }
}
