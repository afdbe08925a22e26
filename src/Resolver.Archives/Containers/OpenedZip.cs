using System.Buffers.Binary;
using System.IO.Compression;
using Resolver.Archives.Files;
using SharpCompress.Compressors.BZip2;
using SharpCompress.Compressors.LZMA;

namespace Resolver.Archives.Containers;

/// <summary>A zip that is read, with the compressions that Python's zipfile reads: the framework knows stored and
/// deflated entries only, and pip installs wheels of bzip2 and LZMA as well. Not thread safe.</summary>
public sealed class OpenedZip : IDisposable
{
    private readonly FileStream file;
    private readonly bool ownsFile;
    private readonly ZipArchive archive;
    private Dictionary<ZipArchiveEntry, ZipMember>? members;

    /// <param name="file">Must be a zip; stays open.</param>
    /// <exception cref="InvalidDataException">Its directory cannot be read.</exception>
    internal OpenedZip(FileStream file)
        : this(file, ownsFile: false) { }

    private OpenedZip(FileStream file, bool ownsFile)
    {
        this.file = file;
        this.ownsFile = ownsFile;
        archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);
        _ = archive.Entries;
    }

    /// <summary>Its entries, in the order of its directory.</summary>
    public IReadOnlyList<ZipArchiveEntry> Entries => archive.Entries;

    /// <summary>Opens a file.</summary>
    /// <exception cref="InvalidDataException">It is no zip.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static OpenedZip OpenRead(string path)
    {
        var file = DiskFile.OpenRead(path);
        try
        {
            return new OpenedZip(file, ownsFile: true);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>The content of an entry. One at a time, as all read the same file.</summary>
    /// <returns>A stream that throws <see cref="InvalidDataException"/> where the content is corrupt.</returns>
    /// <exception cref="InvalidDataException">It is encrypted or corrupt, or compressed in another way.</exception>
    public Stream Open(ZipArchiveEntry entry)
    {
        try
        {
            return entry.Open();
        }
        catch (InvalidDataException) when (!entry.IsEncrypted && IsPackedOtherwise(entry))
        {
            return OpenedOtherwise(entry, members![entry]);
        }
    }

    /// <summary>Whether the entry is compressed in a way that the framework does not read. The directory is read once
    /// more for this, which nearly no zip needs.</summary>
    private bool IsPackedOtherwise(ZipArchiveEntry entry)
    {
        members ??= Members();
        return members.TryGetValue(entry, out var member)
            && member.Method is not (ZipMethod.Stored or ZipMethod.Deflate);
    }

    private UniformErrors OpenedOtherwise(ZipArchiveEntry entry, ZipMember member)
    {
        if (member.Method is not (ZipMethod.Bzip2 or ZipMethod.Lzma))
            throw ZipMethod.Unsupported(member.Method);
#pragma warning disable CA2000 // it holds nothing of its own: the file stays open
        var packed = new ZipMemberStream(file, ZipDirectory.ContentOf(file, member.Header), entry.CompressedLength);
#pragma warning restore CA2000
        return new UniformErrors(() =>
            member.Method == ZipMethod.Bzip2
                ? BZip2Stream.Create(
                    packed,
                    SharpCompress.Compressors.CompressionMode.Decompress,
                    decompressConcatenated: false,
                    leaveOpen: false
                )
                : OpenLzma(packed, entry.Length)
        );
    }

    /// <summary>APPNOTE 5.8.8: the version of the library, the length of the properties, the properties.</summary>
    private static LzmaStream OpenLzma(ZipMemberStream packed, long length)
    {
        Span<byte> head = stackalloc byte[4];
        packed.ReadExactly(head);
        if (BinaryPrimitives.ReadUInt16LittleEndian(head[2..]) != 5)
            throw CorruptData.Exception("it has LZMA properties of an unknown kind");
        var properties = new byte[5];
        packed.ReadExactly(properties);
        Decompressor.JudgeDictionary(BinaryPrimitives.ReadUInt32LittleEndian(properties.AsSpan(1)));
        return LzmaStream.Create(properties, packed, packed.Length - packed.Position, length, leaveOpen: false);
    }

    private Dictionary<ZipArchiveEntry, ZipMember> Members()
    {
        try
        {
            var listed = ZipDirectory.Members(file);
            // Both read the same directory; where they disagree, the framework's reading counts and knows less.
            if (listed.Count == archive.Entries.Count)
                return archive.Entries.Zip(listed).ToDictionary(each => each.First, each => each.Second);
        }
        catch (ContainerException)
        {
            // The framework found a directory where it is not looked for here.
        }
        return [];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        archive.Dispose();
        if (ownsFile)
            file.Dispose();
    }
}
