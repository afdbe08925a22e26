namespace Resolver.Archives.Containers;

/// <summary>What one reading of a container gave.</summary>
public sealed class ContainerContents
{
    private readonly Dictionary<string, ContainerEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    private long keptBytes;

    /// <summary>Every safe entry by its path. Of several with one path the last counts, as unpacking would leave it.</summary>
    public IReadOnlyDictionary<string, ContainerEntry> Entries => entries;

    /// <summary>The contents that were wanted, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Kept => kept;

    /// <summary>What was odd but did not keep the container from being read, as (code, message without the file's name, fatal).</summary>
    public List<(string Code, string Message, bool Fatal)> Notes { get; } = [];

    /// <summary>Lower-case hex of the whole file; null where nobody asked.</summary>
    public string? Sha256 { get; internal set; }

    internal void Add(ContainerEntry entry)
    {
        if (!entries.TryAdd(entry.Path, entry))
        {
            if (kept.Remove(entry.Path, out var former))
            {
                keptBytes -= former.Length;
                Notes.Add(("archive-duplicate-entry", $"{entry.Path} stands in it more than once; the last one counts", false));
            }
            entries[entry.Path] = entry;
        }
    }

    /// <summary>Keeps a content; null (too large) and what exceeds the bound on all contents become notes.</summary>
    internal void Keep(ContainerEntry entry, byte[]? content, ContainerLimits limits)
    {
        if (content is null || keptBytes + content.Length > limits.KeptBytes)
        {
            Notes.Add(("metadata-too-large", $"{entry.Path} has {entry.Size} bytes; it is not read", false));
            return;
        }
        keptBytes += content.Length;
        kept[entry.Path] = content;
    }

    internal void NoteUnsafe(string path, string reason) => Notes.Add(Unsafe(path, reason));

    /// <summary>What is said of an entry that could name a place outside; only a backslash is not fatal.</summary>
    internal static (string Code, string Message, bool Fatal) Unsafe(string path, string reason) =>
        ("archive-unsafe-path", $"the entry '{Printable(path)}' {reason}", !reason.Contains("backslash", StringComparison.Ordinal));

    /// <summary>A name from a hostile file on one line of a terminal.</summary>
    private static string Printable(string path) =>
        string.Concat(path.Take(200).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString()));
}
