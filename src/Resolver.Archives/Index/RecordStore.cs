using System.Buffers.Binary;
using Microsoft.Win32.SafeHandles;

namespace Resolver.Archives.Index;

/// <summary>Records that are requested again by their place: in memory while they are few, the rest in a file that
/// has no name any more and is gone with the process.</summary>
/// <remarks>Added from any thread, and read, from any thread, once nothing more is added.</remarks>
/// <param name="folder">Where the file may lie; where none can be made, everything stays in memory.</param>
/// <param name="mostHeld">How many bytes may be in memory.</param>
internal sealed class RecordStore(string folder, int mostHeld)
{
    private const int BlockLength = 64 << 10,
        HeaderLength = sizeof(int);

    private static int stores;

    // What this thread read last: records lie mostly in the order in which they are requested.
    [ThreadStatic]
    private static Window? window;

    private readonly int id = Interlocked.Increment(ref stores);
    private readonly Lock gate = new();
    private readonly List<byte[]?> blocks = [];
    private SafeFileHandle? file;
    private bool isFull;
    private long length;

    /// <summary>Keeps a record.</summary>
    /// <returns>Its place.</returns>
    public long Add(ReadOnlySpan<byte> record)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        BinaryPrimitives.WriteInt32LittleEndian(header, record.Length);
        lock (gate)
        {
            var place = length;
            Append(header);
            Append(record);
            return place;
        }
    }

    /// <summary>The record of a place.</summary>
    public byte[] Read(long place)
    {
        Span<byte> header = stackalloc byte[HeaderLength];
        Copy(place, header);
        var record = new byte[BinaryPrimitives.ReadInt32LittleEndian(header)];
        Copy(place + HeaderLength, record);
        return record;
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var at = (int)(length % BlockLength);
            if (at == 0)
                blocks.Add(Vacated() ?? new byte[BlockLength]);
            var part = bytes[..Math.Min(bytes.Length, BlockLength - at)];
            part.CopyTo(blocks[^1].AsSpan(at));
            length += part.Length;
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>The last block, written to the file and free for another; null where one more may be held.</summary>
    private byte[]? Vacated()
    {
        if (blocks.Count < Math.Max(1, mostHeld / BlockLength) || isFull)
            return null;
        try
        {
            file ??= Open(folder);
            var block = blocks[^1]!;
            RandomAccess.Write(file, block, (blocks.Count - 1) * (long)BlockLength);
            blocks[^1] = null;
            return block;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            isFull = true;
            return null;
        }
    }

    private static SafeFileHandle Open(string folder)
    {
        var path = Path.Combine(folder, $"resolver-{Guid.NewGuid():N}.tmp");
        var handle = File.OpenHandle(
            path,
            FileMode.CreateNew,
            FileAccess.ReadWrite,
            FileShare.Delete,
            OperatingSystem.IsWindows() ? FileOptions.DeleteOnClose : FileOptions.None
        );
        // Without a name it is gone even where the process is killed.
        if (!OperatingSystem.IsWindows())
            File.Delete(path);
        return handle;
    }

    private void Copy(long place, Span<byte> into)
    {
        while (!into.IsEmpty)
        {
            var at = (int)(place % BlockLength);
            var part = into[..Math.Min(into.Length, BlockLength - at)];
            if (blocks[(int)(place / BlockLength)] is { } block)
                block.AsSpan(at, part.Length).CopyTo(part);
            else
                (window ??= new()).Copy(id, file!, place, part);
            place += part.Length;
            into = into[part.Length..];
        }
    }

    /// <summary>A piece of a store's file.</summary>
    private sealed class Window
    {
        private const int Near = 64 << 10,
            Far = 2 << 10;

        private readonly byte[] bytes = new byte[Near];
        private int store,
            count;
        private long start;

        public void Copy(int its, SafeFileHandle file, long place, Span<byte> into)
        {
            if (into.Length > Near)
            {
                Fill(file, place, into, into.Length);
                return;
            }
            if (its != store || place < start || place + into.Length > start + count)
            {
                // A reader that starts where this one ends continues with the next record.
                var goesOn = its == store && place >= start && place - (start + count) < Near;
                count = 0;
                count = Fill(file, place, bytes.AsSpan(0, goesOn ? Near : Math.Max(Far, into.Length)), into.Length);
                (store, start) = (its, place);
            }
            bytes.AsSpan((int)(place - start), into.Length).CopyTo(into);
        }

        /// <summary>Reads as much as there is, and at least so many bytes.</summary>
        private static int Fill(SafeFileHandle file, long place, Span<byte> into, int least)
        {
            var filled = 0;
            while (filled < least)
            {
                if (RandomAccess.Read(file, into[filled..], place + filled) is not (> 0 and var more))
                    throw new EndOfStreamException("a temporary file of the scan has been removed or truncated");
                filled += more;
            }
            return filled;
        }
    }
}
