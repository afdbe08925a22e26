using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Resolver.Archives.Tests;

/// <summary>A folder of its own for one test, gone afterwards, and small archives made in it.</summary>
internal sealed class Scratch : IDisposable
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("resolver archives é ").FullName;

    public string this[string relative] => Path.Combine(Folder, relative);

    public string Write(string relative, string text) => Write(relative, Encoding.UTF8.GetBytes(text));

    public string Write(string relative, byte[] bytes)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(this[relative])!);
        File.WriteAllBytes(this[relative], bytes);
        return this[relative];
    }

    /// <summary>An sdist of these files, gzipped.</summary>
    public string Sdist(string relative, params (string Path, string Text)[] files) =>
        Write(relative, Gzip(Tar(files)));

    /// <summary>A zip of these files.</summary>
    public string Zip(string relative, params (string Path, string Text)[] files) => Write(relative, ZipBytes(files));

    public static byte[] Tar(params (string Path, string Text)[] files) => Tar(TarEntryFormat.Pax, files);

    public static byte[] Tar(TarEntryFormat format, params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach (var (path, text) in files)
                writer.WriteEntry(Entry(format, TarEntryType.RegularFile, path, text));
        }
        return stream.ToArray();
    }

    public static TarEntry Entry(
        TarEntryFormat format,
        TarEntryType type,
        string path,
        string? content = null,
        string? link = null
    )
    {
        TarEntry entry = format switch
        {
            TarEntryFormat.V7 => new V7TarEntry(
                type == TarEntryType.RegularFile ? TarEntryType.V7RegularFile : type,
                path
            ),
            TarEntryFormat.Ustar => new UstarTarEntry(type, path),
            TarEntryFormat.Gnu => new GnuTarEntry(type, path),
            _ => new PaxTarEntry(type, path),
        };
        if (content is not null)
            entry.DataStream = new MemoryStream(Encoding.UTF8.GetBytes(content));
        if (link is not null)
            entry.LinkName = link;
        return entry;
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Optimal, leaveOpen: true))
            gzip.Write(bytes);
        return stream.ToArray();
    }

    public static byte[] ZipBytes(params (string Path, string Text)[] files)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (path, text) in files)
            {
                using var entry = zip.CreateEntry(path).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }
        return stream.ToArray();
    }

    /// <summary>A zip of one entry <c>a/x</c> whose content is not what its checksum says.</summary>
    public string DamagedZip()
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a/x", CompressionLevel.NoCompression).Open();
            entry.Write("sixteen letters!"u8);
        }
        var bytes = stream.ToArray();
        bytes[bytes.AsSpan().IndexOf("sixteen"u8)] ^= 1;
        return Write("a.zip", bytes);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
