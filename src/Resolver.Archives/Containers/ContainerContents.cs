namespace Resolver.Archives.Containers;

/// <summary>What one reading of a container gave.</summary>
public sealed class ContainerContents
{
    private const int MostNotes = 20;

    private readonly Dictionary<string, ContainerEntry> entries = new(StringComparer.Ordinal);
    private readonly Dictionary<string, byte[]> kept = new(StringComparer.Ordinal);
    private readonly Dictionary<(string, bool), int> counts = [];
    private readonly ContainerLimits limits;
    private long keptBytes;
    private long pathCharacters;

    internal ContainerContents(ContainerLimits limits) => this.limits = limits;

    /// <summary>Every safe entry by its path. Of several with one path the last counts, as unpacking would leave
    /// it.</summary>
    public IReadOnlyDictionary<string, ContainerEntry> Entries => entries;

    /// <summary>The contents that were wanted, by path.</summary>
    public IReadOnlyDictionary<string, byte[]> Kept => kept;

    /// <summary>What was odd but did not keep the container from being read, as (code, message without the file's
    /// name, fatal).</summary>
    public List<(string Code, string Message, bool Fatal)> Notes { get; } = [];

    /// <summary>Lower-case hex of the whole file; null where nobody asked.</summary>
    public string? Sha256 { get; internal set; }

    /// <summary>Whether names in it begin with <c>./</c>, as of a tar that was made of <c>.</c> or
    /// <c>./FOLDER</c>.</summary>
    public bool HasDotPaths { get; internal set; }

    /// <exception cref="ContainerException">There are more names than can be remembered.</exception>
    internal void Add(ContainerEntry entry)
    {
        pathCharacters += entry.Path.Length + (entry.LinkTarget?.Length ?? 0);
        if (pathCharacters > limits.PathCharacters)
            throw new ContainerException(
                "archive-too-large",
                $"the names in it have more than {limits.PathCharacters} characters"
            );
        if (!entries.TryAdd(entry.Path, entry))
        {
            if (kept.Remove(entry.Path, out var former))
            {
                keptBytes -= former.Length;
                Note("archive-duplicate-entry", $"{entry.Path} occurs more than once; the last entry counts", false);
            }
            entries[entry.Path] = entry;
        }
    }

    /// <summary>Whether a content can be kept; where it cannot, that is noted, and nothing need be read of
    /// it.</summary>
    internal bool HasRoomFor(ContainerEntry entry)
    {
        if (entry.Size <= limits.ContentBytes && keptBytes + entry.Size <= limits.KeptBytes)
            return true;
        Note("metadata-too-large", $"{entry.Path} has {entry.Size} bytes; it is not read", false);
        return false;
    }

    /// <summary>Keeps a content there is room for.</summary>
    internal void Keep(ContainerEntry entry, byte[] content)
    {
        keptBytes += content.Length;
        kept[entry.Path] = content;
    }

    /// <summary>Takes a note. Of many notes of one kind, only the first are reported.</summary>
    internal void Note(string code, string message, bool fatal)
    {
        var count = counts[(code, fatal)] = counts.GetValueOrDefault((code, fatal)) + 1;
        if (count <= MostNotes)
            Notes.Add((code, message, fatal));
        else if (count == MostNotes + 1)
            Notes.Add((code, "there are more of these", fatal));
    }

    /// <summary>What is said of an entry that could name a place outside; only a backslash is not fatal.</summary>
    internal static (string Code, string Message, bool Fatal) Unsafe(string path, string reason) =>
        (
            "archive-unsafe-path",
            $"the entry '{Printable(path)}' {reason}",
            !reason.Contains("backslash", StringComparison.Ordinal)
        );

    /// <summary>What is said of a name that is no UTF-8.</summary>
    internal static (string Code, string Message, bool Fatal) WrongEncoding(string path) =>
        ("archive-name-encoding", $"the name '{Printable(path)}' is not UTF-8", false);

    /// <summary>What is said of an entry with holes.</summary>
    internal static (string Code, string Message, bool Fatal) Sparse(string path) =>
        ("archive-sparse-entry", $"the entry '{Printable(path)}' is sparse; its content is not read", false);

    /// <summary>A name from a hostile file on one line of a terminal.</summary>
    private static string Printable(string path) =>
        string.Concat(
            path.Take(200).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? $"\\u{(int)c:x4}" : c.ToString())
        );
}
