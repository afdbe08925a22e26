namespace Resolver.Archives.Index;

/// <summary>A directory as it is kept.</summary>
/// <param name="Path">Absolute, without a separator at the end.</param>
/// <param name="Identity">When its files and folders were last listed; null where they were not yet, or too soon after a change to be trusted.</param>
/// <param name="Folders">Names of the directories in it that are looked into.</param>
internal sealed record DirectoryRow(long Id, string Path, byte[]? Identity, string[] Folders);

/// <summary>A file as it is kept.</summary>
/// <param name="Stamp">See <see cref="FileStamp"/>.</param>
/// <param name="Data">What <see cref="FileReadingCodec"/> made of its reading; null where nobody asked.</param>
internal sealed record FileRow(long Directory, string Name, byte[] Stamp, long Content, byte[] Sha256, byte[]? Data);

/// <summary>A reading to be kept.</summary>
/// <param name="Directory">Absolute path.</param>
internal sealed record FileWrite(string Directory, string Name, byte[] Stamp, byte[] Sha256, ReadOnlyMemory<byte> Data, IReadOnlyList<string> Projects, bool IsDefective);

/// <summary>That everything in a directory is known.</summary>
/// <param name="Identity">From before it was listed; null where that cannot be trusted.</param>
/// <param name="Gone">Names of files that are no longer there.</param>
internal sealed record DirectoryWrite(string Path, byte[]? Identity, IReadOnlyList<string> Folders, IReadOnlyList<string> Gone);

/// <summary>A file's identity and whether it was found by a link.</summary>
internal static class FileStamp
{
    public static byte[] Of(FileIdentity identity, bool isLink, bool withDevice) => [.. identity.ToBytes(withDevice), isLink ? (byte)1 : (byte)0];

    /// <summary>One that no file has: what was read is kept for the next time its content is met, and never by its identity.</summary>
    public static byte[] Never(bool isLink) => [.. new byte[FileIdentity.Length], isLink ? (byte)1 : (byte)0];

    public static bool IsLink(byte[] stamp) => stamp[^1] != 0;

    public static bool Is(byte[] stamp, FileIdentity identity, bool withDevice) => identity.Is(stamp.AsSpan(0, FileIdentity.Length), withDevice);
}
