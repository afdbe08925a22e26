using System.Globalization;
using System.Text;

namespace Resolver.Archives.Containers;

/// <summary>Walks the headers of a tar stream once, forward. An own walk rather than System.Formats.Tar: every bound
/// is checked before memory is taken, each defect has its own code, and nothing is made of entries whose content
/// nobody wants.</summary>
/// <param name="note">Told what is odd, as (code, message, fatal); entries with unsafe paths are passed over.</param>
internal sealed class TarWalk(Stream stream, ContainerLimits limits, Action<string, string, bool> note)
{
    // The year 10000, beyond which no date can be told.
    private const decimal LastSecond = 253402300800;

    private readonly byte[] block = new byte[TarHeader.BlockLength];
    private long toSkip;
    private long globalBytes;
    private bool isOddName;
    private string? longName;
    private string? longLink;
    private Dictionary<string, string> pax = [];
    private readonly Dictionary<string, string> globalPax = [];

    /// <summary>The next entry, or null at the end. Its content can be read by <see cref="Content"/> until the next
    /// call.</summary>
    /// <exception cref="ContainerException">The stream is no tar, broken, or ends too early.</exception>
    public ContainerEntry? Next()
    {
        while (true)
        {
            Skip();
            if (!ReadBlock(out var atEnd))
            {
                if (atEnd && Entries > 0)
                    return null; // some writers leave out the two blocks of zeros; the compression's own end guards against a cut
                throw new ContainerException(
                    atEnd ? "not-an-archive" : "archive-truncated",
                    atEnd ? "it holds no tar" : "it ends inside a header"
                );
            }
            var header = new TarHeader(block);
            if (header.IsZero)
            {
                if (!ReadBlock(out _) || new TarHeader(block).IsZero)
                    return null;
                header = new TarHeader(block); // one stray block of zeros is passed over, as tar itself does
            }
            if (!header.IsValid)
                throw new ContainerException(
                    Entries == 0 ? "not-an-archive" : "archive-corrupt",
                    Entries == 0 ? "it is no tar inside" : $"header {Entries + 1} has a wrong checksum"
                );
            if (header.Size < 0)
                throw new ContainerException("archive-corrupt", $"header {Entries + 1} has no readable size");
            if (++Entries > limits.Entries)
                throw new ContainerException("archive-too-large", $"it has more than {limits.Entries} entries");

            var (type, size) = (header.Type, header.Size);
            switch (type)
            {
                case 'x':
                    pax = ReadPax(size);
                    continue;
                case 'g':
                    if ((globalBytes += size) > limits.HeaderBytes)
                        throw new ContainerException(
                            "archive-too-large",
                            $"its global headers have more than {limits.HeaderBytes} bytes"
                        );
                    foreach (var (key, value) in ReadPax(size))
                        globalPax[key] = value;
                    continue;
                case 'L':
                    var bytes = ReadSmall(size);
                    longName = TarHeader.Text(bytes);
                    isOddName = !System.Text.Unicode.Utf8.IsValid(TarHeader.UpToNull(bytes));
                    continue;
                case 'K':
                    longLink = TarHeader.Text(ReadSmall(size));
                    continue;
                default:
                    if (Describe(header, type, size) is { } entry)
                        return entry;
                    continue;
            }
        }
    }

    /// <summary>Headers seen so far.</summary>
    public int Entries { get; private set; }

    /// <summary>Whether a name seen so far began with <c>./</c>.</summary>
    public bool HasDotPaths { get; private set; }

    /// <summary>Permission bits of the entry last returned.</summary>
    public int Mode { get; private set; }

    /// <summary>Seconds since 1970 when the entry last returned was changed; -1 where that is not stated.</summary>
    public long Modified { get; private set; }

    /// <summary>The same with the fraction of a second, which tells what was generated from what; null where it is not
    /// stated, or no calendar has it.</summary>
    public DateTime? ModifiedTime { get; private set; }

    /// <summary>Whether the entry last returned is a symbolic link.</summary>
    public bool IsSymbolicLink { get; private set; }

    /// <summary>Copies the content of the entry last returned, once and in place of <see cref="Content"/>.</summary>
    public void CopyContent(ContainerEntry entry, Stream destination)
    {
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            for (var left = entry.Size; left > 0;)
            {
                var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
                ReadExactly(piece);
                destination.Write(piece);
                left -= piece.Length;
                toSkip -= piece.Length;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>The content of the entry last returned, which the caller has found to be small enough.</summary>
    public byte[] Content(ContainerEntry entry)
    {
        var content = new byte[entry.Size];
        ReadExactly(content);
        toSkip -= entry.Size;
        return content;
    }

    private ContainerEntry? Describe(TarHeader header, char type, long size)
    {
        var name = Pax("path") ?? longName ?? header.Name;
        var link = Pax("linkpath") ?? longLink ?? header.LinkName;
        if (Pax("size") is { } text && (!long.TryParse(text, System.Globalization.NumberStyles.None, null, out size)))
            throw new ContainerException("archive-corrupt", $"entry {Entries} has no readable size");
        var sparse = type == 'S' || pax.Keys.Any(k => k.StartsWith("GNU.sparse", StringComparison.Ordinal));
        var exact =
            Pax("mtime") is { } time
            && decimal.TryParse(
                time,
                NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
                CultureInfo.InvariantCulture,
                out var seconds
            )
                ? seconds
                : header.Modified;
        Modified = exact < 0 ? -1 : (long)Math.Min(exact, long.MaxValue);
        ModifiedTime = exact is >= 0 and < LastSecond
            ? DateTime.UnixEpoch.AddTicks((long)(exact * TimeSpan.TicksPerSecond))
            : null;
        var isOdd = Pax("path") is null && (longName is null ? !header.HasPlainName : isOddName);
        (longName, longLink, pax, isOddName) = (null, null, [], false);
        Mode = header.Mode;
        IsSymbolicLink = type == '2';
        if (header.IsExtended)
            SkipHoles();

        // Only files, and what an unknown type might carry, have content; links that state a size (old tars) have none.
        var kind = type switch
        {
            '0' or '\0' or '7' => name.EndsWith('/') ? EntryKind.Directory
            : sparse ? EntryKind.Special
            : EntryKind.File,
            '1' or '2' => EntryKind.Link,
            '5' => EntryKind.Directory,
            _ => EntryKind.Special,
        };
        if (kind is EntryKind.Link || type is '3' or '4' or '6')
            size = 0;
        toSkip = size % TarHeader.BlockLength is var rest and > 0 ? checked(size + TarHeader.BlockLength - rest) : size;
        if (toSkip > limits.ExpandedBytes)
            throw new ContainerException("archive-too-large", $"an entry says it has {size} bytes");

        if (EntryPath.Normalize(name, limits, out var reason) is not { } path)
        {
            Tell(ContainerContents.Unsafe(name, reason!));
            return null;
        }
        HasDotPaths |= name.StartsWith("./", StringComparison.Ordinal);
        if (path.Length == 0)
            return null;
        if (isOdd)
            Tell(ContainerContents.WrongEncoding(path));
        if (sparse)
            Tell(ContainerContents.Sparse(path));
        return new ContainerEntry(
            path,
            kind,
            kind == EntryKind.File ? size : 0,
            kind == EntryKind.Link ? EntryPath.Resolve(path, link, relative: type == '2') : null
        );
    }

    private void Tell((string Code, string Message, bool Fatal) odd) => note(odd.Code, odd.Message, odd.Fatal);

    /// <summary>Blocks that stand between the header and the content, each saying whether another follows.</summary>
    private void SkipHoles()
    {
        do
        {
            if (!ReadBlock(out _))
                throw new ContainerException("archive-truncated", $"it ends inside entry {Entries}");
        } while (block[504] != 0);
    }

    private string? Pax(string key) => pax.GetValueOrDefault(key) ?? globalPax.GetValueOrDefault(key);

    /// <summary>Records <c>LENGTH KEY=VALUE\n</c>, LENGTH counting all of it (POSIX.1-2001, pax).</summary>
    private Dictionary<string, string> ReadPax(long size)
    {
        var records = new Dictionary<string, string>(StringComparer.Ordinal);
        ReadOnlySpan<byte> rest = ReadSmall(size);
        while (rest.Length > 0 && rest[0] != 0)
        {
            var space = rest.IndexOf((byte)' ');
            if (
                space is < 1 or > 10
                || !int.TryParse(rest[..space], System.Globalization.NumberStyles.None, null, out var length)
                || length <= space + 1
                || length > rest.Length
            )
                throw new ContainerException("archive-corrupt", $"the extended header {Entries} has a wrong length");
            var record = rest[(space + 1)..(length - 1)];
            var equals = record.IndexOf((byte)'=');
            if (equals < 0)
                throw new ContainerException("archive-corrupt", $"the extended header {Entries} lacks a '='");
            var value = record[(equals + 1)..];
            // A NUL inside a path is kept, so that the path is refused rather than cut.
            records[Encoding.UTF8.GetString(record[..equals])] = System.Text.Unicode.Utf8.IsValid(value)
                ? Encoding.UTF8.GetString(value)
                : Encoding.Latin1.GetString(value);
            rest = rest[length..];
        }
        return records;
    }

    /// <summary>The content of an extended header.</summary>
    private byte[] ReadSmall(long size)
    {
        if (size > limits.HeaderBytes)
            throw new ContainerException("archive-too-large", $"the extended header {Entries} has {size} bytes");
        var bytes = new byte[size];
        ReadExactly(bytes);
        toSkip = (TarHeader.BlockLength - size % TarHeader.BlockLength) % TarHeader.BlockLength;
        return bytes;
    }

    private void Skip()
    {
        if (toSkip <= 0)
            return;
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(64 << 10);
        try
        {
            while (toSkip > 0)
            {
                var read = stream.Read(buffer, 0, (int)Math.Min(buffer.Length, toSkip));
                if (read == 0)
                    throw new ContainerException("archive-truncated", $"it ends inside entry {Entries}");
                toSkip -= read;
            }
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void ReadExactly(Span<byte> bytes)
    {
        if (stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false) < bytes.Length)
            throw new ContainerException("archive-truncated", $"it ends inside entry {Entries}");
    }

    private bool ReadBlock(out bool atEnd)
    {
        var read = stream.ReadAtLeast(block, block.Length, throwOnEndOfStream: false);
        atEnd = read == 0;
        return read == block.Length;
    }
}
