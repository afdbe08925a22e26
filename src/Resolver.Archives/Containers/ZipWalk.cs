using System.Buffers.Binary;
using System.IO.Compression;

namespace Resolver.Archives.Containers;

/// <summary>Reads a zip by its central directory; only wanted contents are inflated.</summary>
internal static class ZipWalk
{
    private const int EndLength = 22;

    public static void Read(FileStream file, Func<ContainerEntry, bool> wants, ContainerLimits limits, ContainerContents contents)
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
            if (archive.Entries.Count > limits.Entries) throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");
            foreach (var raw in archive.Entries)
            {
                if (EntryPath.Normalize(raw.FullName, limits, out var reason) is not { } path)
                {
                    contents.NoteUnsafe(raw.FullName, reason!);
                    continue;
                }
                if (path.Length == 0) continue;
                var entry = new ContainerEntry(path, KindOf(raw), raw.Length);
                contents.Add(entry);
                if (entry.Kind == EntryKind.File && wants(entry)) contents.Keep(entry, Content(raw, entry, limits), limits);
            }
        }
    }

    internal static EntryKind KindOf(ZipArchiveEntry entry)
    {
        if (entry.FullName.EndsWith('/')) return EntryKind.Directory;
        // The upper half is the Unix mode where the archive was made on Unix, 0 otherwise.
        return (entry.ExternalAttributes >> 16 & 0xF000) switch { 0xA000 => EntryKind.Link, 0 or 0x8000 => EntryKind.File, 0x4000 => EntryKind.Directory, _ => EntryKind.Special };
    }

    private static byte[]? Content(ZipArchiveEntry raw, ContainerEntry entry, ContainerLimits limits)
    {
        if (raw.IsEncrypted) throw new ContainerException("archive-encrypted", $"{entry.Path} is encrypted");
        if (entry.Size > limits.ContentBytes) return null;
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
        if (read < content.Length || more) throw new ContainerException("archive-corrupt", $"{entry.Path} is not of the {entry.Size} bytes it states");
        if (Crc32.Of(content) != raw.Crc32) throw new ContainerException("archive-corrupt", $"{entry.Path} has a wrong checksum");
        return content;
    }

    /// <summary>Reads the number of entries from the end record, before anything is made for each of them (APPNOTE 4.3.16, 4.3.14).</summary>
    internal static void JudgeEntryCount(FileStream file, ContainerLimits limits)
    {
        var tail = new byte[Math.Min(file.Length, 65535 + EndLength + 20)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        file.Position = 0;
        var at = tail.AsSpan(0, Math.Max(0, tail.Length - EndLength + 4)).LastIndexOf("PK\u0005\u0006"u8);
        if (at < 0 || at + EndLength > tail.Length) throw new ContainerException("archive-truncated", "it has no central directory: its end is missing");
        long count = BinaryPrimitives.ReadUInt16LittleEndian(tail.AsSpan(at + 10));
        if (count == ushort.MaxValue && at >= 20 && tail.AsSpan(at - 20).StartsWith("PK\u0006\u0007"u8))
        {
            var where = BinaryPrimitives.ReadInt64LittleEndian(tail.AsSpan(at - 12));
            if (where < 0 || where > file.Length - 56) throw new ContainerException("archive-corrupt", "its zip64 record lies outside of it");
            var record = new byte[56];
            file.Position = where;
            file.ReadExactly(record);
            file.Position = 0;
            count = BinaryPrimitives.ReadInt64LittleEndian(record.AsSpan(32));
        }
        if (count < 0 || count > limits.Entries) throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");
    }
}
