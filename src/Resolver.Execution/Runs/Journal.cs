namespace Resolver.Execution.Runs;

/// <summary>What a run did, in order, one JSON object a line. A line is on disk before the next thing happens, so
/// that whatever ends the process, the journal says what may have happened at most and what has happened at least.
/// Each line carries a checksum of itself and of the lines before it (<see cref="JournalChecksum"/>). Safe for several
/// threads.</summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Its name in the run's folder.</summary>
    public const string FileName = "journal.jsonl";

    private readonly Lock gate = new();
    private readonly FileStream stream;
    private readonly Action<int>? written;
    private readonly JournalChecksum? checksum;
    private int lines;

    /// <param name="runFolder">Must exist.</param>
    /// <param name="written">Called after each line, with how many this object has written; for tests that end the
    /// process there.</param>
    public Journal(string runFolder, Action<int>? written)
    {
        stream = new FileStream(
            System.IO.Path.Combine(runFolder, FileName),
            FileMode.OpenOrCreate,
            FileAccess.ReadWrite,
            FileShare.Read,
            bufferSize: 0
        );
        this.written = written;
        checksum = JournalChecksum.After(DropTornLine());
    }

    /// <summary>Writes a line and waits until the disk has it.</summary>
    public void Write(JournalEvent entry)
    {
        var line = (entry with { Time = DateTime.UtcNow }).ToLine();
        lock (gate)
        {
            var before = stream.Position;
            line = checksum?.Add(line) ?? line;
            try
            {
                stream.Write(line);
                stream.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // A full disk may have taken half a line; the next line must not be joined to it.
                stream.SetLength(before);
                checksum?.Forget();
                throw;
            }
            written?.Invoke(++lines);
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>The lines of a run's journal.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">A line is damaged, or missing.</exception>
    public static IReadOnlyList<JournalEvent> Read(string runFolder)
    {
        var path = System.IO.Path.Combine(runFolder, FileName);
        var bytes = ReadAll(path);
        var events = new List<JournalEvent>();
        var chain = JournalChecksum.After([]);
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
                break;
            var line = bytes.AsMemory(start, length);
            // A journal of an earlier version has no checksums, from its first line to its last.
            if (events.Count == 0 && !JournalChecksum.Has(line.Span) && !JournalChecksum.IsIn(bytes))
                chain = null;
            var isWhole = chain is null || chain.Fits(line.Span);
            events.Add(
                (isWhole ? JournalEvent.Read(line) : null)
                    ?? throw new FormatException(
                        $"{path}: line {events.Count + 1} is corrupt, so what the run has done since is unknown: nothing was changed; restore the file, or put the destination in order by hand"
                    )
            );
            start += length + 1;
        }
        return events;
    }

    private static byte[] ReadAll(string path)
    {
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    /// <returns>What is left.</returns>
    private byte[] DropTornLine()
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        var length = bytes.AsSpan().LastIndexOf((byte)'\n') + 1;
        stream.SetLength(length);
        stream.Seek(0, SeekOrigin.End);
        return bytes[..length];
    }
}
