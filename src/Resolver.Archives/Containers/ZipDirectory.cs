using System.Buffers.Binary;

namespace Resolver.Archives.Containers;

/// <summary>Reads the directory at the end of a zip (APPNOTE 4.3.12 to 4.3.16), as far as the framework does not tell
/// what it says.</summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int HeaderLength = 46;
    private const int LocalLength = 30;

    /// <summary>Reads the number of entries and the place of their directory from the end record, before anything is
    /// made for each of them. The directory itself may have more entries than are said here; it is bounded by its
    /// bytes.</summary>
    public static void Judge(FileStream file, ContainerLimits limits)
    {
        var (count, start, tail) = End(file);
        if (file.Length - start > limits.DirectoryBytes + tail)
            throw new ContainerException(
                "archive-too-large",
                $"its central directory has more than {limits.DirectoryBytes} bytes"
            );
        if (
            count < 0
            || count > limits.Entries
            || Headers(file, start).Take(limits.Entries + 1).Count() > limits.Entries
        )
            throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");
        file.Position = 0;
    }

    /// <summary>What it says of each entry, in its order.</summary>
    /// <exception cref="ContainerException">There is none.</exception>
    public static IReadOnlyList<ZipMember> Members(FileStream file) => [.. Headers(file, End(file).Start)];

    /// <summary>Where the content of an entry begins: behind its local header, whose lengths are its own.</summary>
    /// <exception cref="InvalidDataException">There is no such header.</exception>
    public static long ContentOf(FileStream file, long header)
    {
        Span<byte> local = stackalloc byte[LocalLength];
        file.Position = header;
        if (
            file.ReadAtLeast(local, LocalLength, throwOnEndOfStream: false) < LocalLength
            || !local.StartsWith("PK\u0003\u0004"u8)
        )
            throw CorruptData.Exception("it has no local header at the position that the directory names");
        return header
            + LocalLength
            + BinaryPrimitives.ReadUInt16LittleEndian(local[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(local[28..]);
    }

    private static (long Count, long Start, int Tail) End(FileStream file)
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
        return (count, start, tail.Length);
    }

    /// <summary>The entries there are, whatever is said of their number.</summary>
    private static IEnumerable<ZipMember> Headers(FileStream file, long start)
    {
        var header = new byte[HeaderLength];
        file.Position = start;
#pragma warning disable CA2000 // disposing it would close the file, which is the caller's
        var buffered = new BufferedStream(file, 64 << 10);
#pragma warning restore CA2000
        while (
            buffered.ReadAtLeast(header, HeaderLength, throwOnEndOfStream: false) == HeaderLength
            && header.AsSpan().StartsWith("PK\u0001\u0002"u8)
        )
        {
            var name = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(28));
            var extra = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(30));
            var comment = BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(32));
            long local = BinaryPrimitives.ReadUInt32LittleEndian(header.AsSpan(42));
            if (local == uint.MaxValue)
            {
                buffered.Seek(name, SeekOrigin.Current);
                var fields = new byte[extra];
                if (buffered.ReadAtLeast(fields, extra, throwOnEndOfStream: false) < extra)
                    yield break;
                local = Zip64Header(header, fields);
                buffered.Seek(comment, SeekOrigin.Current);
            }
            else
                buffered.Seek(name + extra + comment, SeekOrigin.Current);
            yield return new ZipMember(BinaryPrimitives.ReadUInt16LittleEndian(header.AsSpan(10)), local);
        }
    }

    /// <summary>The place of the local header where 32 bits are too few (APPNOTE 4.5.3): behind those sizes that are
    /// too large as well; -1 where it is not said.</summary>
    private static long Zip64Header(ReadOnlySpan<byte> header, ReadOnlySpan<byte> fields)
    {
        var before = 0;
        foreach (var size in (ReadOnlySpan<int>)[20, 24])
            before += BinaryPrimitives.ReadUInt32LittleEndian(header[size..]) == uint.MaxValue ? 8 : 0;
        for (var at = 0; at + 4 <= fields.Length;)
        {
            var length = BinaryPrimitives.ReadUInt16LittleEndian(fields[(at + 2)..]);
            if (
                BinaryPrimitives.ReadUInt16LittleEndian(fields[at..]) == 1
                && length >= before + 8
                && at + 4 + before + 8 <= fields.Length
            )
                return BinaryPrimitives.ReadInt64LittleEndian(fields[(at + 4 + before)..]);
            at += 4 + length;
        }
        return -1;
    }
}
