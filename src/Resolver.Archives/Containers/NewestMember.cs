using System.IO.Compression;
using System.Security.Cryptography;

namespace Resolver.Archives.Containers;

/// <summary>When the content of a container or a folder last changed: the date of its newest file. Of an archive it is
/// part of the content, so it is the same on every machine.</summary>
public static class NewestMember
{
    /// <summary>Folders that no build reads, whose files are newer than the source.</summary>
    private static readonly string[] NotSource = [".git", ".hg", ".svn", "__pycache__"];

    /// <summary>The date of the newest file.</summary>
    /// <param name="path">A tar, a zip or a folder.</param>
    /// <returns>Seconds since 1970; null where no file states a date, or the container cannot be read.</returns>
    /// <remarks>A zip states local times without a zone; they are read as UTC, as reproducible builds write
    /// them.</remarks>
    public static long? Of(string path, ContainerLimits limits, CancellationToken cancellation = default)
    {
        try
        {
            var dates = Directory.Exists(path) ? OfFolder(path, limits) : OfContainer(path, limits);
            long? newest = null;
            foreach (var date in dates)
            {
                cancellation.ThrowIfCancellationRequested();
                if (date >= 0 && !(newest >= date))
                    newest = date;
            }
            return newest;
        }
        catch (Exception exception)
            when (exception is ContainerException or IOException or InvalidDataException or UnauthorizedAccessException)
        {
            // Whoever builds it reports what is wrong with it.
            return null;
        }
    }

    private static IEnumerable<long> OfFolder(string path, ContainerLimits limits) =>
        new System.IO.Enumeration.FileSystemEnumerable<long>(
            path,
            (ref System.IO.Enumeration.FileSystemEntry entry) => entry.LastWriteTimeUtc.ToUnixTimeSeconds(),
            new EnumerationOptions
            {
                RecurseSubdirectories = true,
                IgnoreInaccessible = true,
                AttributesToSkip = 0,
            }
        )
        {
            ShouldIncludePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) =>
                !entry.IsDirectory && (entry.Attributes & FileAttributes.ReparsePoint) == 0,
            ShouldRecursePredicate = (ref System.IO.Enumeration.FileSystemEntry entry) =>
                (entry.Attributes & FileAttributes.ReparsePoint) == 0 && !NotSource.Contains(entry.FileName.ToString()),
        }.Take(limits.Entries);

    private static IEnumerable<long> OfContainer(string path, ContainerLimits limits)
    {
        using var file = new FileStream(
            path,
            FileMode.Open,
            FileAccess.Read,
            FileShare.Read,
            bufferSize: 0,
            FileOptions.SequentialScan
        );
        var head = new byte[ContainerFormat.HeadLength];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        if (ContainerFormat.Detect(head) is not { } format)
            yield break;
        if (format.IsZip)
        {
            ZipDirectory.Judge(file, limits);
            using var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            foreach (var entry in archive.Entries.Where(each => !each.FullName.EndsWith('/')))
                yield return new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero).ToUnixTimeSeconds();
            yield break;
        }
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = new SourceStream(file, digest);
        using var opened = Decompressor.Open(source, format.Compression, head);
        using var bounded = new BoundedStream(
            opened,
            format.Compression == Compression.None ? limits.ExpandedBytes : file.Length,
            limits
        );
        var walk = new TarWalk(bounded, limits, (_, _, _) => { });
        while (walk.Next() is { } entry)
        {
            if (entry.Kind == EntryKind.File)
                yield return walk.Modified;
        }
    }
}
