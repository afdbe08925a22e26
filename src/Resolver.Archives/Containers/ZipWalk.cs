using System.Buffers.Binary;
using System.IO.Compression;

namespace Resolver.Archives.Containers;

/// <summary>Reads a zip by its central directory; only wanted contents are inflated.</summary>
internal static class ZipWalk
{
    private const int EndLength = 22;

    public static void Read(
        FileStream file,
        Func<ContainerEntry, bool> wants,
        ContainerLimits limits,
        ContainerContents contents
    )
    {
        JudgeEntryCount(file, limits);
        ZipArchive archive;
        try
        {
            archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
            _ = archive.Entries;
        }
        catch (InvalidDataException e)
        {
            throw new ContainerException("archive-corrupt", "its central directory cannot be read", e);
        }
        using (archive)
        {
            var left = Math.Min(limits.ExpandedBytes, Math.Max(limits.RatioFloor, file.Length * limits.ExpansionRatio));
            if (archive.Entries.Count > limits.Entries)
                throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");
            foreach (var raw in archive.Entries)
            {
                if (EntryPath.Normalize(raw.FullName, limits, out var reason) is not { } path)
                {
                    var (code, message, fatal) = ContainerContents.Unsafe(raw.FullName, reason!);
                    contents.Note(code, message, fatal);
                    continue;
                }
                if (path.Length == 0)
                    continue;
                var entry = new ContainerEntry(path, KindOf(raw), raw.Length);
                contents.Add(entry);
                if (path.Contains('\uFFFD', StringComparison.Ordinal))
                {
                    var (code, message, fatal) = ContainerContents.WrongEncoding(path);
                    contents.Note(code, message, fatal);
                }
                if (entry.Kind != EntryKind.File || !wants(entry) || !contents.HasRoomFor(entry))
                    continue;
                // Entries may share their bytes: what is inflated is bounded in all, as it is for a tar.
                if ((left -= entry.Size) < 0)
                    throw new ContainerException(
                        "archive-too-large",
                        "what is to be read of it expands to more than it may"
                    );
                contents.Keep(entry, Content(raw, entry));
            }
        }
    }

    internal static EntryKind KindOf(ZipArchiveEntry entry)
    {
        if (entry.FullName.EndsWith('/'))
            return EntryKind.Directory;
        // The upper half is the Unix mode where the archive was made on Unix, 0 otherwise.
        return (entry.ExternalAttributes >> 16 & 0xF000) switch
        {
            0xA000 => EntryKind.Link,
            0 or 0x8000 => EntryKind.File,
            0x4000 => EntryKind.Directory,
            _ => EntryKind.Special,
        };
    }

    private static byte[] Content(ZipArchiveEntry raw, ContainerEntry entry)
    {
        if (raw.IsEncrypted)
            throw new ContainerException("archive-encrypted", $"{entry.Path} is encrypted");
        var content = new byte[entry.Size];
        int read;
        bool more;
        try
        {
            using var stream = raw.Open();
            read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            more = read == content.Length && stream.ReadByte() >= 0;
        }
        catch (InvalidDataException e)
        {
            throw new ContainerException("archive-corrupt", $"{entry.Path} cannot be inflated", e);
        }
        if (read < content.Length || more)
            throw new ContainerException("archive-corrupt", $"{entry.Path} is not of the {entry.Size} bytes it states");
        if (Crc32.Of(content) != raw.Crc32)
            throw new ContainerException("archive-corrupt", $"{entry.Path} has a wrong checksum");
        return content;
    }

    /// <summary>Reads the number of entries and the place of their directory from the end record, before anything is
    /// made for each of them (APPNOTE 4.3.16, 4.3.14). The directory itself may have more entries than are said here;
    /// it is bounded by its bytes.</summary>
    internal static void JudgeEntryCount(FileStream file, ContainerLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, 65535 + EndLength + 20)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan(0, Math.Max(0, tail.Length - EndLength + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length)
            throw new ContainerException("archive-truncated", "it has no central directory: its end is missing");
        long count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        long start = BinaryPrimitives.ReadUInt32LittleEndian(tail.AsSpan(at + 16));
        if (
            (count == ushort.MaxValue || start == uint.MaxValue)
            && at >= 20
            && tail.AsSpan(at - 20).StartsWith("PK\u0006\u0007"u8)
        )
        {
            var where = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - 12));
            if (where < 0 || where > file.Length - 56)
                throw new ContainerException("archive-corrupt", "its zip64 record lies outside of it");
            var record = new byte[56];
            file.Position = where;
            file.ReadExactly(record);
            file.Position = 0;
            count = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32));
            start = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(48));
        }
        if (start < 0 || start > file.Length)
            throw new ContainerException("archive-corrupt", "its central directory lies outside of it");
        if (file.Length - start > limits.DirectoryBytes + tail.Length)
            throw new ContainerException(
                "archive-too-large",
                $"its central directory has more than {limits.DirectoryBytes} bytes"
            );
        if (count < 0 || count > limits.Entries || CountEntries(file, start, limits) > limits.Entries)
            throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");
    }

    /// <summary>The entries there are, whatever is said of their number: up to one more than there may be.</summary>
    private static int CountEntries(FileStream file, long start, ContainerLimits limits)
    {
        const int headerLength = 46;
        var header = new byte[headerLength];
        var count = 0;
        file.Position = start;
#pragma warning disable CA2000 // disposing it would close the file, which is the caller's
        var buffered = new BufferedStream(file, 64 << 10);
#pragma warning restore CA2000
        while (
            count <= limits.Entries
            && buffered.ReadAtLeast(header, headerLength, throwOnEndOfStream: false) == headerLength
            && header.AsSpan().StartsWith("PK\u0001\u0002"u8)
        )
        {
            count++;
            var rest =
                BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30))
                + BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
            buffered.Seek(rest, SeekOrigin.Current);
        }
        file.Position = 0;
        return count;
    }
}
