using System.Security.Cryptography;
using Resolver.Archives.Files;

namespace Resolver.Archives.Containers;

/// <summary>Reads containers of any known format, decided by their first bytes. Nothing is ever written, and nothing
/// inside is run or followed.</summary>
/// <remarks>A container is read to its end even when every wanted file has been seen: a cut or corrupt archive is
/// found now and not when it is installed, projects in subfolders are found, and the hash needs every byte anyway.
/// Decompression is what it costs.</remarks>
public static class ContainerReader
{
    /// <summary>Reads one file.</summary>
    /// <param name="wants">Whether an entry's content is wanted; asked once for each file and for each link that
    /// leads to another path inside.</param>
    /// <exception cref="ContainerException">It is no container, is broken, or exceeds the limits.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The file may not be read.</exception>
    public static ContainerContents Read(
        string path,
        Func<ContainerEntry, bool> wants,
        ContainerLimits limits,
        bool hash,
        CancellationToken cancellation = default
    ) => Read(path, wants, limits, hash, out _, cancellation);

    /// <summary>Reads one file; the hash is given even where the container is refused.</summary>
    /// <param name="sha256">Lower-case hex of the whole file, or null where <paramref name="hash"/> is false. Set
    /// before any <see cref="ContainerException"/> is thrown.</param>
    /// <param name="hash">Whether to hash.</param>
    internal static ContainerContents Read(
        string path,
        Func<ContainerEntry, bool> wants,
        ContainerLimits limits,
        bool hash,
        out string? sha256,
        CancellationToken cancellation
    )
    {
        sha256 = null;
        using var file = DiskFile.OpenRead(path);
        Span<byte> head = stackalloc byte[ContainerFormat.HeadLength];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        var length = file.Length;
        var format = ContainerFormat.Detect(head);
        var contents = new ContainerContents(limits);
        var before = Stamp(file);
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = new SourceStream(file, digest);
        ContainerException? failure = null;
        try
        {
            if (format is null)
            {
                var claimed = ContainerFormat.OfName(Path.GetFileName(path));
                throw length == 0
                    ? new ContainerException("archive-truncated", "it is empty")
                    : new ContainerException(
                        "not-an-archive",
                        claimed is null
                            ? "it is neither a tar nor a zip"
                            : $"it is called a {claimed}, but its first bytes are those of neither a tar nor a zip"
                    );
            }
            if (ContainerFormat.OfName(Path.GetFileName(path)) is { } named && named != format)
                contents.Note("archive-suffix", $"its name says {named}, but it is a {format}", false);
            if (format.Value.IsZip)
            {
                ZipWalk.Read(file, wants, limits, contents);
                file.Position = 0;
            }
            else
                ReadTar(
                    path,
                    file,
                    source,
                    format.Value.Compression,
                    head,
                    wants,
                    limits,
                    contents,
                    length,
                    cancellation
                );
        }
        catch (ContainerException e)
        {
            if (format?.IsZip != false)
                file.Position = 0;
            failure = e;
        }
        catch (Exception e)
            when (e is not (IOException or UnauthorizedAccessException or OperationCanceledException)
                || e is EndOfStreamException
            )
        {
            if (format?.IsZip == true)
                file.Position = 0;
            failure = source.AskedBeyondEnd
                ? new ContainerException("archive-truncated", "it ends too early", e)
                : CorruptData.Of("decompressed", format?.IsZip == true, e);
        }
        if (hash)
            contents.Sha256 = sha256 = source.FinishHash();
        if (Stamp(file) != before)
            throw new ContainerException("archive-changed", "it was changed while it was read", failure);
        if (failure is not null)
            throw failure;
        NoteCaseCollisions(contents);
        return contents;
    }

    private static void ReadTar(
        string path,
        FileStream file,
        SourceStream source,
        Compression compression,
        ReadOnlySpan<byte> head,
        Func<ContainerEntry, bool> wants,
        ContainerLimits limits,
        ContainerContents contents,
        long length,
        CancellationToken cancellation
    )
    {
        using var opened = Decompressor.Open(source, compression, head);
        using var bounded = new BoundedStream(
            opened,
            compression == Compression.None ? limits.ExpandedBytes : length,
            limits
        );
        try
        {
            var walk = new TarWalk(bounded, limits, contents.Note);
            while (walk.Next() is { } entry)
            {
                cancellation.ThrowIfCancellationRequested();
                contents.Add(entry);
                if (entry.Kind == EntryKind.File && wants(entry) && contents.HasRoomFor(entry))
                    contents.Keep(entry, walk.Content(entry));
            }
            contents.HasDotPaths = walk.HasDotPaths;
            Drain(bounded);
            if (compression == Compression.Gzip && !GzipEnd.IsWhole(path, file, bounded.Position))
                throw new ContainerException("archive-truncated", "it ends too early");
        }
        catch (ContainerException e)
            when (e.Code is "archive-corrupt" && source.AskedBeyondEnd && compression is not Compression.None)
        {
            throw new ContainerException("archive-truncated", "it ends too early", e);
        }
    }

    /// <summary>Reads on behind the end of the tar, so that the compression judges its own end and checksum.</summary>
    private static void Drain(Stream stream)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (stream.Read(buffer, 0, buffer.Length) > 0) { }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Of contents that were kept: paths that differ only by case become one file where the file system does
    /// not distinguish them.</summary>
    private static void NoteCaseCollisions(ContainerContents contents)
    {
        foreach (
            var group in contents.Kept.Keys.GroupBy(p => p, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1)
        )
            contents.Note(
                "archive-case-collision",
                $"{string.Join(" and ", group.Order(StringComparer.Ordinal))} differ only by case",
                false
            );
    }

    /// <summary>What changes when someone writes into the file; it is asked of what is open, which another file under
    /// the same name does not touch.</summary>
    private static (long Length, DateTime Written) Stamp(FileStream file) =>
        (RandomAccess.GetLength(file.SafeFileHandle), File.GetLastWriteTimeUtc(file.SafeFileHandle));
}
