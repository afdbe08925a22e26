using System.IO.Compression;
using System.Security.Cryptography;
using Resolver.Archives.Files;

namespace Resolver.Archives.Containers;

/// <summary>Unpacks a container into a folder by the rules of PEP 706 and PEP 721, which tools without Python's data
/// filter must keep themselves: nothing is written outside, no link leads out, there are no devices, and no file is
/// more open than its owner's.</summary>
/// <remarks>Files come first and links last, so that nothing is ever written through a link. A link is made only
/// where it leads, through real folders, to something that was unpacked. Within these rules a build finds what it finds
/// when pip unpacks: symbolic links of a tar stay such, those of a zip become files that hold where they lead, hard
/// links become copies; files have the dates that a tar states.</remarks>
public static class Unpacker
{
    private const int ForEveryoneToRead = 0b110_100_100;
    private const int ForEveryoneToRun = 0b001_001_001;

    /// <summary>Unpacks.</summary>
    /// <param name="path">The container.</param>
    /// <param name="folder">Exists and is empty.</param>
    /// <returns>The folder that everything lies in, as pip sees it: the single one at the top, else
    /// <paramref name="folder"/> itself.</returns>
    /// <exception cref="ContainerException">It is no container, is broken, exceeds the limits or would write outside;
    /// what was unpacked until then stays.</exception>
    /// <exception cref="IOException">It cannot be read, or the folder not written.</exception>
    public static string Unpack(
        string path,
        string folder,
        ContainerLimits limits,
        CancellationToken cancellation = default
    )
    {
        var unpacked = new UnpackedFolder(folder);
        using var file = DiskFile.OpenRead(path);
        Span<byte> head = stackalloc byte[ContainerFormat.HeadLength];
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        file.Position = 0;
        var format =
            ContainerFormat.Detect(head)
            ?? throw new ContainerException("not-an-archive", "it is neither a tar nor a zip");
        try
        {
            if (format.IsZip)
                FromZip(file, unpacked, limits, cancellation);
            else
                FromTar(file, format.Compression, head, unpacked, limits, cancellation);
        }
        catch (Exception e)
            when (e is InvalidDataException or EndOfStreamException
                || e
                    is not (
                        ContainerException
                        or IOException
                        or UnauthorizedAccessException
                        or OperationCanceledException
                    )
            )
        {
            throw CorruptData.Of("unpacked", format.IsZip, e);
        }
        unpacked.MakeLinks();
        return
            Directory.GetFileSystemEntries(folder) is [var only]
            && new DirectoryInfo(only) is { Exists: true, LinkTarget: null }
            ? only
            : folder;
    }

    private static void FromTar(
        FileStream file,
        Compression compression,
        ReadOnlySpan<byte> head,
        UnpackedFolder unpacked,
        ContainerLimits limits,
        CancellationToken cancellation
    )
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var source = new SourceStream(file, digest);
        using var opened = Decompressor.Open(source, compression, head);
        using var bounded = new BoundedStream(
            opened,
            compression == Compression.None ? limits.ExpandedBytes : file.Length,
            limits
        );
        var walk = new TarWalk(bounded, limits, Refuse);
        while (walk.Next() is { } entry)
        {
            cancellation.ThrowIfCancellationRequested();
            switch (entry.Kind)
            {
                case EntryKind.Directory:
                    unpacked.Folder(entry.Path);
                    break;
                case EntryKind.Link:
                    unpacked.Link(entry.Path, entry.LinkTarget, walk.IsSymbolicLink);
                    break;
                case EntryKind.File:
                    using (var content = unpacked.File(entry.Path, ModeOf(walk.Mode)))
                    {
                        walk.CopyContent(entry, content);
                        // What is older than what it was made from is made again by some backends.
                        if (walk.ModifiedTime is { } modified)
                        {
                            content.Flush();
                            File.SetLastWriteTimeUtc(content.SafeFileHandle, modified);
                        }
                    }
                    break;
            }
        }
    }

    private static void FromZip(
        FileStream file,
        UnpackedFolder unpacked,
        ContainerLimits limits,
        CancellationToken cancellation
    )
    {
        ZipDirectory.Judge(file, limits);
        using var archive = new OpenedZip(file);
        var left = Math.Min(limits.ExpandedBytes, Math.Max(limits.RatioFloor, file.Length * limits.ExpansionRatio));
        foreach (var raw in archive.Entries)
        {
            cancellation.ThrowIfCancellationRequested();
            if (EntryPath.Normalize(raw.FullName, limits, out var reason) is not { } path)
            {
                var (code, message, fatal) = ContainerContents.Unsafe(raw.FullName, reason!);
                Refuse(code, message, fatal);
                continue;
            }
            var kind = ZipWalk.KindOf(raw);
            if (path.Length == 0 || kind == EntryKind.Special)
                continue;
            if (kind == EntryKind.Directory)
            {
                unpacked.Folder(path);
                continue;
            }
            if (raw.IsEncrypted)
                throw new ContainerException("archive-encrypted", $"{path} is encrypted");
            left = Copy(archive, raw, unpacked, path, kind == EntryKind.Link ? 0 : raw.ExternalAttributes >> 16, left);
        }
    }

    /// <returns>How many bytes may still be unpacked.</returns>
    private static long Copy(
        OpenedZip archive,
        ZipArchiveEntry entry,
        UnpackedFolder unpacked,
        string path,
        int mode,
        long left
    )
    {
        using var content = archive.Open(entry);
        using var destination = unpacked.File(path, ModeOf(mode));
        var buffer = new byte[64 << 10];
        long copied = 0;
        uint checksum = 0;
        for (int read; (read = content.Read(buffer, 0, buffer.Length)) > 0;)
        {
            if ((copied += read) > left)
                throw new ContainerException("archive-too-large", $"it expands to more than it may: {entry.FullName}");
            checksum = Crc32.Of(buffer.AsSpan(0, read), checksum);
            destination.Write(buffer, 0, read);
        }
        if (copied != entry.Length)
            throw new ContainerException(
                "archive-corrupt",
                $"{entry.FullName} is not of the {entry.Length} bytes it states"
            );
        if (checksum != entry.Crc32)
            throw new ContainerException("archive-corrupt", $"{entry.FullName} has a wrong checksum");
        return left - copied;
    }

    /// <summary>A backslash is another path on Windows than elsewhere, and is passed over; everything else that is
    /// unsafe ends it.</summary>
    private static void Refuse(string code, string message, bool fatal)
    {
        if (fatal)
            throw new ContainerException(code, message);
    }

    /// <summary>As PEP 706 has it, the owner may read and write, nobody else may write, and nothing is setuid. As pip
    /// has it beyond that, and so the wheels that it builds: what anyone may run, everyone may run.</summary>
    private static UnixFileMode ModeOf(int mode) =>
        (UnixFileMode)(ForEveryoneToRead | ((mode & ForEveryoneToRun) != 0 ? ForEveryoneToRun : 0));
}
