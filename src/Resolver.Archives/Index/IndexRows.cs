using System.Buffers.Binary;
using System.Text;
using Resolver.Archives.Containers;
using Resolver.Archives.Files;
using Resolver.Archives.Scanning;

namespace Resolver.Archives.Index;

/// <summary>A directory as it is kept.</summary>
/// <param name="Path">Absolute, without a separator at the end.</param>
/// <param name="Identity">When its files and folders were last listed; null where they were not yet, or too soon
/// after a change to be trusted.</param>
/// <param name="Files">How many files were kept of it then.</param>
/// <param name="Folders">The directories in it that are looked into, and links that may lead to some.</param>
internal sealed record DirectoryRow(long Id, string Path, byte[]? Identity, int Files, FolderName[] Folders)
{
    private const int Length = FileIdentity.Length + 2 * sizeof(int);

    /// <summary>What is kept, or as if nothing were known of the directory where it is not what was kept.</summary>
    /// <param name="seal">What <see cref="Seal"/> gave.</param>
    public static DirectoryRow Of(long id, string path, byte[]? seal, string folders)
    {
        var isWhole =
            seal is { Length: Length }
            && BinaryPrimitives.ReadUInt32LittleEndian(seal.AsSpan(Length - sizeof(int))) == Check(path, seal, folders);
        return new(
            id,
            path,
            isWhole ? seal![..FileIdentity.Length] : null,
            isWhole ? BinaryPrimitives.ReadInt32LittleEndian(seal.AsSpan(FileIdentity.Length)) : 0,
            FoldersOf(folders)
        );
    }

    /// <summary>Names as one text: separated by <c>/</c>, which is in no name; a link is followed by two.</summary>
    public static string TextOf(IEnumerable<FolderName> folders) =>
        string.Join('/', folders.Select(each => each.IsLink ? each.Name + "/" : each.Name));

    private static FolderName[] FoldersOf(string text)
    {
        var parts = text.Split('/');
        return
        [
            .. parts
                .Select((name, i) => new FolderName(name, i + 1 < parts.Length && parts[i + 1].Length == 0))
                .Where(each => each.Name.Length > 0),
        ];
    }

    /// <summary>The identity, the number of files, and a checksum over all that is kept of a directory: a disk may
    /// give back what was never written.</summary>
    public static byte[] Seal(string path, byte[] identity, int files, string folders)
    {
        var seal = new byte[Length];
        identity.CopyTo(seal, 0);
        BinaryPrimitives.WriteInt32LittleEndian(seal.AsSpan(FileIdentity.Length), files);
        BinaryPrimitives.WriteUInt32LittleEndian(seal.AsSpan(Length - sizeof(int)), Check(path, seal, folders));
        return seal;
    }

    private static uint Check(string path, byte[] seal, string folders) =>
        Checks.Of(path, seal.AsSpan(0, Length - sizeof(int)), Encoding.UTF8.GetBytes(folders));
}

/// <summary>A file as it is kept.</summary>
/// <param name="Stamp">See <see cref="FileStamp"/>.</param>
/// <param name="Data">See <see cref="ContentData"/>.</param>
internal sealed record FileRow(long Directory, string Name, byte[] Stamp, long Content, byte[] Sha256, byte[] Data)
{
    /// <summary>Whether the row is one that was written, whatever its content is.</summary>
    public bool IsWhole => FileStamp.IsWhole(Stamp, Name, Sha256);
}

/// <summary>A reading to be kept.</summary>
/// <param name="Directory">Absolute path.</param>
internal sealed record FileWrite(
    string Directory,
    string Name,
    byte[] Stamp,
    byte[] Sha256,
    ReadOnlyMemory<byte> Data,
    IReadOnlyList<string> Projects,
    bool IsDefective
);

/// <summary>That everything in a directory is known.</summary>
/// <param name="Identity">From before it was listed; null where that cannot be trusted.</param>
/// <param name="Gone">Names of files that are no longer there.</param>
internal sealed record DirectoryWrite(
    string Path,
    byte[]? Identity,
    IReadOnlyList<FolderName> Folders,
    IReadOnlyList<string> Gone
);

/// <summary>A file's identity, whether it was found by a link, and a checksum of these, its name and its content's
/// hash.</summary>
internal static class FileStamp
{
    private const int LinkAt = FileIdentity.Length,
        CheckAt = LinkAt + 1,
        Length = CheckAt + sizeof(uint);

    public static byte[] Of(FileIdentity identity, bool isLink, bool withDevice, string name, byte[] sha256) =>
        Made(identity.ToBytes(withDevice), isLink, name, sha256);

    /// <summary>One that no file has: what was read is kept for the next time its content is met, and never by its
    /// identity.</summary>
    public static byte[] Never(bool isLink, string name, byte[] sha256) =>
        Made(new byte[FileIdentity.Length], isLink, name, sha256);

    public static bool IsLink(byte[] stamp) => stamp[LinkAt] != 0;

    public static bool Is(byte[] stamp, FileIdentity identity, bool withDevice) =>
        identity.Is(stamp.AsSpan(0, FileIdentity.Length), withDevice);

    public static bool IsWhole(byte[] stamp, string name, byte[] sha256) =>
        stamp.Length == Length
        && BinaryPrimitives.ReadUInt32LittleEndian(stamp.AsSpan(CheckAt))
            == Checks.Of(name, stamp.AsSpan(0, CheckAt), sha256);

    private static byte[] Made(byte[] identity, bool isLink, string name, byte[] sha256)
    {
        byte[] stamp = [.. identity, isLink ? (byte)1 : (byte)0, 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32LittleEndian(
            stamp.AsSpan(CheckAt),
            Checks.Of(name, stamp.AsSpan(0, CheckAt), sha256)
        );
        return stamp;
    }
}

/// <summary>What <see cref="FileReadingCodec"/> made of a reading, and a checksum of it, the file's name and the
/// content's hash.</summary>
internal static class ContentData
{
    public static byte[] Seal(string name, byte[] sha256, ReadOnlySpan<byte> reading)
    {
        var data = new byte[reading.Length + sizeof(uint)];
        reading.CopyTo(data);
        BinaryPrimitives.WriteUInt32LittleEndian(data.AsSpan(reading.Length), Checks.Of(name, sha256, reading));
        return data;
    }

    /// <summary>The reading, or null where it is not what was kept.</summary>
    public static ReadOnlyMemory<byte>? Open(string name, byte[] sha256, byte[] data) =>
        data.Length > sizeof(uint)
        && sha256.Length == 32
        && data.AsMemory(0, data.Length - sizeof(uint)) is var reading
        && BinaryPrimitives.ReadUInt32LittleEndian(data.AsSpan(reading.Length)) == Checks.Of(name, sha256, reading.Span)
            ? reading
            : (ReadOnlyMemory<byte>?)null;
}

/// <summary>Checksums of rows: what a disk damages in the middle of a row, a database does not see.</summary>
internal static class Checks
{
    public static uint Of(string text, ReadOnlySpan<byte> first, ReadOnlySpan<byte> second)
    {
        Span<byte> bytes = text.Length < 256 ? stackalloc byte[text.Length * 3] : new byte[text.Length * 3];
        return Crc32.Of(second, Crc32.Of(first, Crc32.Of(bytes[..Encoding.UTF8.GetBytes(text, bytes)])));
    }
}
