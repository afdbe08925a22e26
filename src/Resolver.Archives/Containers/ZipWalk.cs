using System.IO.Compression;

namespace Resolver.Archives.Containers;

/// <summary>Reads a zip by its central directory; only wanted contents are inflated.</summary>
internal static class ZipWalk
{
    public static void Read(
        FileStream file,
        Func<ContainerEntry, bool> wants,
        ContainerLimits limits,
        ContainerContents contents
    )
    {
        ZipDirectory.Judge(file, limits);
        OpenedZip archive;
        try
        {
            archive = new OpenedZip(file);
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
                    throw new ContainerException("archive-too-large", "its metadata expands to more than is allowed");
                contents.Keep(entry, Content(archive, raw, entry));
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

    private static byte[] Content(OpenedZip archive, ZipArchiveEntry raw, ContainerEntry entry)
    {
        if (raw.IsEncrypted)
            throw new ContainerException("archive-encrypted", $"{entry.Path} is encrypted");
        var content = new byte[entry.Size];
        int read;
        bool more;
        try
        {
            using var stream = archive.Open(raw);
            read = stream.ReadAtLeast(content, content.Length, throwOnEndOfStream: false);
            more = read == content.Length && stream.ReadByte() >= 0;
        }
        catch (InvalidDataException e)
        {
            if (e.InnerException is ContainerException refused)
                throw new ContainerException(refused.Code, $"{entry.Path}: {refused.Message}", e);
            throw new ContainerException("archive-corrupt", $"{entry.Path} cannot be decompressed", e);
        }
        if (read < content.Length || more)
            throw new ContainerException("archive-corrupt", $"{entry.Path} is not of the {entry.Size} bytes it states");
        if (Crc32.Of(content) != raw.Crc32)
            throw new ContainerException("archive-corrupt", $"{entry.Path} has a wrong checksum");
        return content;
    }
}
