namespace Resolver.Packaging.Lockfiles;

/// <summary>A file of a locked package: <c>packages.sdist</c>, one of <c>packages.wheels</c>, or
/// <c>packages.archive</c> (PEP 751).</summary>
public sealed record LockedFile
{
    /// <summary>The file's name as written; null where the path or the URL ends in it. Archives have none.</summary>
    public string? Name { get; init; }

    /// <summary>When it was uploaded, in UTC.</summary>
    public DateTimeOffset? UploadTime { get; init; }

    /// <summary>Where it can be fetched; this or <see cref="Path"/> is given.</summary>
    public string? Url { get; init; }

    /// <summary>Where it is, relative to the lock file's folder where it is relative.</summary>
    public string? Path { get; init; }

    /// <summary>Bytes.</summary>
    public long? Size { get; init; }

    /// <summary>Algorithm (lower case) and digest (as written), sorted by algorithm; at least one.</summary>
    public required IReadOnlyList<KeyValuePair<string, string>> Hashes { get; init; }

    /// <summary>The folder of an archive that holds the project; null for its root, and always for sdists and
    /// wheels.</summary>
    public string? Subdirectory { get; init; }

    /// <summary>The name that counts: what is written, else the end of the path, else the end of the URL (PEP 751, as
    /// clarified in March 2026); empty where none has one.</summary>
    public string FileName => Name ?? (Path is { Length: > 0 } path ? LastOfPath(path) : LastOfUrl(Url ?? ""));

    /// <summary>The digest of an algorithm in lower case, or null.</summary>
    public string? Hash(string algorithm) =>
        Hashes.Where(h => h.Key == algorithm).Select(h => h.Value.ToLowerInvariant()).FirstOrDefault();

    private static string LastOfPath(string path) =>
        path[(path.LastIndexOf(path.Contains('/', StringComparison.Ordinal) ? '/' : '\\') + 1)..];

    private static string LastOfUrl(string url)
    {
        var end = url.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? url : url[..end];
        return Uri.UnescapeDataString(path[(path.LastIndexOf('/') + 1)..]);
    }
}
