using System.Buffers.Binary;

namespace Resolver.Archives.Files;

/// <summary>What tells a file from another that took its place: device, inode, size, time of the last change of its
/// content and of its inode, to the nanosecond.</summary>
/// <remarks>The inode's own time cannot be set back, so a content that was put in place of another under the old size
/// and time is seen. Where the system does not tell all of it (it is no Linux), what it tells counts.</remarks>
internal readonly record struct FileIdentity(ulong Device, ulong Inode, long Size, long Modified, long Changed)
{
    /// <summary>Bytes of <see cref="ToBytes"/>.</summary>
    public const int Length = 5 * sizeof(long);

    private const long NanosecondsPerSecond = 1_000_000_000;

    // Kernels stamp files with the time of their last tick, 10 ms at the longest; some file systems (and what is
    // unpacked by them) only know whole or even seconds.
    private const long Tick = 50_000_000,
        CoarseTick = 2 * NanosecondsPerSecond + Tick;

    /// <summary>Of the file or directory behind a path, links followed; null where there is none.</summary>
    public static FileIdentity? Of(string path) => Of(path, out _);

    /// <summary>The same, and what it is.</summary>
    public static FileIdentity? Of(string path, out FileKind kind)
    {
        if (FileStatus.TryRead(path, followLinks: true, out var read))
        {
            kind = read?.Kind ?? FileKind.Missing;
            return read is { } status
                ? new(
                    ((ulong)status.DeviceMajor << 32) | status.DeviceMinor,
                    status.Inode,
                    (long)status.Size,
                    status.ModifiedSeconds * NanosecondsPerSecond + status.ModifiedNanoseconds,
                    status.ChangedSeconds * NanosecondsPerSecond + status.ChangedNanoseconds
                )
                : null;
        }
        kind = DiskFile.KindOf(path);
        FileSystemInfo info = Directory.Exists(path) ? new DirectoryInfo(path) : new FileInfo(path);
        if (!info.Exists)
            return null;
        if (info.ResolveLinkTarget(returnFinalTarget: true) is { } target)
            info = target;
        return new(
            0,
            0,
            info is FileInfo file ? file.Length : 0,
            (info.LastWriteTimeUtc - DateTime.UnixEpoch).Ticks * 100,
            (info.CreationTimeUtc - DateTime.UnixEpoch).Ticks * 100
        );
    }

    /// <summary>Whether a later change of the content must show in the identity. It need not while the file is as
    /// young as the steps in which its file system counts time: what was read then is never trusted again.</summary>
    /// <param name="now">When the file was about to be read, in nanoseconds since 1970.</param>
    public bool IsSettled(long now)
    {
        var latest = Math.Max(Modified, Changed);
        var step = Changed % NanosecondsPerSecond == 0 ? CoarseTick : Tick;
        return latest + step < now;
    }

    /// <summary>The time for <see cref="IsSettled"/>.</summary>
    public static long Now() => (DateTime.UtcNow - DateTime.UnixEpoch).Ticks * 100;

    /// <summary>As it is kept. The device is left out where several hosts share what is kept: each numbers its
    /// devices for itself.</summary>
    public byte[] ToBytes(bool withDevice)
    {
        var bytes = new byte[Length];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, withDevice ? Device : 0);
        BinaryPrimitives.WriteUInt64LittleEndian(bytes.AsSpan(8), Inode);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(16), Size);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(24), Modified);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(32), Changed);
        return bytes;
    }

    /// <summary>Whether kept bytes are those of this identity.</summary>
    public bool Is(ReadOnlySpan<byte> kept, bool withDevice) =>
        kept.Length == Length
        && (!withDevice || BinaryPrimitives.ReadUInt64LittleEndian(kept) == Device)
        && BinaryPrimitives.ReadUInt64LittleEndian(kept[8..]) == Inode
        && BinaryPrimitives.ReadInt64LittleEndian(kept[16..]) == Size
        && BinaryPrimitives.ReadInt64LittleEndian(kept[24..]) == Modified
        && BinaryPrimitives.ReadInt64LittleEndian(kept[32..]) == Changed;
}
