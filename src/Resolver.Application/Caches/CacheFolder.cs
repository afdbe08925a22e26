namespace Resolver.Application.Caches;

/// <summary>The folder of what can be had again: what was read of archives, what interpreters and build backends said,
/// built wheels. Only what bears the names that this program gives is looked at.</summary>
/// <param name="folder">Need not exist.</param>
public sealed class CacheFolder(string folder)
{
    private static readonly (CachePart Part, string Folder, string Pattern)[] Kinds =
    [
        (CachePart.Archives, "", "archives-*.sqlite"),
        (CachePart.Interpreters, "interpreters", "*.json"),
        (CachePart.Hooks, "hooks", "*"),
        (CachePart.Wheels, "wheels", "*"),
    ];

    /// <summary>What there is, by part and name.</summary>
    /// <exception cref="IOException">The folder cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<CacheItem> Items() =>
        [
            .. from kind in Kinds
            let place = Path.Combine(folder, kind.Folder)
            where Directory.Exists(place)
            from path in Directory.EnumerateFileSystemEntries(place, kind.Pattern).Order(StringComparer.Ordinal)
            select Read(kind.Part, path),
        ];

    /// <summary>Deletes what is there, or what has not been used for a time. What is deleted while another run uses it
    /// is made again by the next.</summary>
    /// <param name="unusedFor">Since when it must have been neither read nor written; null deletes all.</param>
    /// <param name="now">Universal Time.</param>
    /// <returns>What was deleted.</returns>
    /// <exception cref="IOException">Something cannot be deleted; what came before it is.</exception>
    /// <exception cref="UnauthorizedAccessException">Likewise.</exception>
    public IReadOnlyList<CacheItem> Delete(TimeSpan? unusedFor, DateTime now)
    {
        var deleted = new List<CacheItem>();
        foreach (var item in Items().Where(each => unusedFor is not { } time || each.LastUse < now - time))
        {
            foreach (var file in item.Files)
            {
                if (Directory.Exists(file) && new DirectoryInfo(file).LinkTarget is null)
                    Directory.Delete(file, recursive: true);
                else
                    File.Delete(file);
            }
            deleted.Add(item);
        }
        return deleted;
    }

    private static CacheItem Read(CachePart part, string path)
    {
        // SQLite keeps a log and its index beside the database.
        List<string> files = [path, .. new[] { path + "-wal", path + "-shm" }.Where(File.Exists)];
        var all = files.SelectMany(FilesOf).ToList();
        return new CacheItem(
            part,
            files,
            all.Sum(file => file.Length),
            all.SelectMany(file => (DateTime[])[file.LastWriteTimeUtc, file.LastAccessTimeUtc])
                .DefaultIfEmpty(Directory.GetLastWriteTimeUtc(path))
                .Max()
        );
    }

    private static IEnumerable<FileInfo> FilesOf(string path) =>
        Directory.Exists(path) && new DirectoryInfo(path).LinkTarget is null
            ? new DirectoryInfo(path).EnumerateFiles(
                "*",
                new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint }
            )
        : new FileInfo(path) is { Exists: true } file ? [file]
        : [];
}
