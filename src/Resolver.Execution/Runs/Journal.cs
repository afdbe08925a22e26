namespace Resolver.Execution.Runs;

/// <summary>What a run did, in order, one JSON object a line. A line is on disk before the next thing happens, so
/// that whatever ends the process, the journal says what may have happened at most and what has happened at least.
/// Safe for several threads.</summary>
internal sealed class Journal : IDisposable
{
    /// <summary>Its name in the run's folder.</summary>
    public const string FileName = "journal.jsonl";

    private readonly Lock gate = new();
    private readonly FileStream stream;
    private readonly Action<int>? written;
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
        DropTornLine();
    }

    /// <summary>Writes a line and waits until the disk has it.</summary>
    public void Write(JournalEvent entry)
    {
        var line = (entry with { Time = DateTime.UtcNow }).ToLine();
        lock (gate)
        {
            var before = stream.Position;
            try
            {
                stream.Write(line);
                stream.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                // A full disk may have taken half a line; the next line must not be joined to it.
                stream.SetLength(before);
                throw;
            }
            written?.Invoke(++lines);
        }
    }

    public void Dispose() => stream.Dispose();

    /// <summary>The lines of a run's journal.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="FormatException">A line that is not the last is none.</exception>
    public static IReadOnlyList<JournalEvent> Read(string runFolder)
    {
        var bytes = ReadAll(System.IO.Path.Combine(runFolder, FileName));
        var events = new List<JournalEvent>();
        for (var start = 0; start < bytes.Length;)
        {
            var length = bytes.AsSpan(start).IndexOf((byte)'\n');
            if (length < 0)
                break;
            events.Add(
                JournalEvent.Read(bytes.AsMemory(start, length))
                    ?? throw new FormatException(
                        $"{System.IO.Path.Combine(runFolder, FileName)}: line {events.Count + 1} is no line of a journal"
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

    private void DropTornLine()
    {
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        stream.SetLength(bytes.AsSpan().LastIndexOf((byte)'\n') + 1);
        stream.Seek(0, SeekOrigin.End);
    }
}
