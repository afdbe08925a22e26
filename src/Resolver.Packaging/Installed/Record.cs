using System.Globalization;
using System.Text;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Installed;

/// <summary>The list of a distribution's files, <c>RECORD</c> (PEP 376, 627; also within wheels, PEP 427).</summary>
/// <remarks>Surprises: it is CSV as Python's <c>csv</c> reads it, so paths may hold commas, quotes and line breaks;
/// hash and size may be empty for any file and are for RECORD itself; paths may be absolute; a distribution without
/// RECORD must not be removed or upgraded. Immutable; safe to share between threads.</remarks>
public sealed class Record
{
    /// <param name="entries">In the order of the file.</param>
    public Record(IReadOnlyList<RecordEntry> entries)
        : this(entries, []) { }

    private Record(IReadOnlyList<RecordEntry> entries, IReadOnlyList<DocumentError> defects) =>
        (Entries, Defects) = (entries, defects);

    /// <summary>In the order of the file.</summary>
    public IReadOnlyList<RecordEntry> Entries { get; }

    /// <summary>Lines read in part or left out, by line.</summary>
    public IReadOnlyList<DocumentError> Defects { get; }

    /// <summary>Reads a RECORD; always an answer, see <see cref="Defects"/>.</summary>
    /// <param name="text">The file, decoded from UTF-8.</param>
    /// <param name="file">How messages name it.</param>
    public static Record Read(string text, string file = "RECORD")
    {
        var entries = new List<RecordEntry>();
        var defects = new List<DocumentError>();
        foreach (var (line, fields) in CommaSeparated.Rows(text.StartsWith('\uFEFF') ? text[1..] : text))
        {
            if (fields is [""])
                continue;
            if (fields.Count < 3)
                Report($"{fields.Count} fields", "path, hash and size");
            else if (fields.Count > 3)
                Report($"{fields.Count} fields", "three: path, hash and size");
            if (fields[0].Length == 0)
            {
                Report("no path", "a path");
                continue;
            }
            var hash = fields.Count > 1 ? fields[1] : "";
            var equals = hash.IndexOf('=', StringComparison.Ordinal);
            if (hash.Length > 0 && (equals <= 0 || equals == hash.Length - 1))
            {
                Report($"the hash {OneLine.Quote(hash)}", "ALGORITHM=DIGEST");
                equals = -1;
            }
            var size = default(long?);
            if (fields.Count > 2 && fields[2].Length > 0)
            {
                if (long.TryParse(fields[2], NumberStyles.None, CultureInfo.InvariantCulture, out var bytes))
                    size = bytes;
                else
                    Report($"the size {OneLine.Quote(fields[2])}", "a number of bytes");
            }
            entries.Add(
                new RecordEntry(
                    fields[0],
                    equals > 0 ? hash[..equals] : null,
                    equals > 0 ? hash[(equals + 1)..] : null,
                    size
                )
            );

            void Report(string found, string expected) =>
                defects.Add(new DocumentError(file, line, 0, found, expected));
        }
        return new Record(entries, defects);
    }

    /// <summary>The file's text: one line an entry, <c>\n</c> after each, quotes only where they are needed.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var entry in Entries)
        {
            CommaSeparated.Append(text, entry.Path);
            text.Append(',');
            if (entry.Algorithm is not null)
                CommaSeparated.Append(text, $"{entry.Algorithm}={entry.Digest}");
            text.Append(',');
            if (entry.Size is { } size)
                text.Append(size);
            text.Append('\n');
        }
        return text.ToString();
    }
}
