using System.Formats.Tar;
using System.IO.Compression;
using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>The date of a source is that of its newest file.</summary>
public sealed class NewestMemberTests : IDisposable
{
    private static readonly DateTimeOffset Old = new(2001, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly DateTimeOffset New = new(2024, 10, 16, 1, 2, 4, TimeSpan.Zero);

    private readonly string folder = Directory.CreateTempSubdirectory("resolver-newest-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData(TarEntryFormat.Ustar)]
    [InlineData(TarEntryFormat.Pax)]
    [InlineData(TarEntryFormat.Gnu)]
    public void Tar_has_the_date_of_its_newest_file(TarEntryFormat format)
    {
        var file = Path.Combine(folder, "a.tar.gz");
        using (var gzip = new GZipStream(File.Create(file), CompressionLevel.Fastest))
        using (var tar = new TarWriter(gzip, format))
        {
            Add(tar, "a/old.py", Old);
            Add(tar, "a/new.py", New);
            Add(tar, "a/older.py", Old.AddYears(-1));
        }

        Assert.Equal(New.ToUnixTimeSeconds(), NewestMember.Of(file, ContainerLimits.Default));
    }

    [Fact]
    public void Zip_has_the_date_of_its_newest_file()
    {
        var file = Path.Combine(folder, "a.zip");
        using (var zip = ZipFile.Open(file, ZipArchiveMode.Create))
        {
            zip.CreateEntry("a/new.py").LastWriteTime = New;
            zip.CreateEntry("a/old.py").LastWriteTime = Old;
        }

        Assert.Equal(New.ToUnixTimeSeconds(), NewestMember.Of(file, ContainerLimits.Default));
    }

    [Fact]
    public void Folder_has_the_date_of_its_newest_file_without_what_version_control_and_python_keep()
    {
        foreach (
            var (path, date) in ((string, DateTimeOffset)[])
                [
                    ("pkg/old.py", Old),
                    ("pkg/new.py", New),
                    (".git/index", New.AddDays(1)),
                    ("pkg/__pycache__/a.pyc", New.AddDays(2)),
                ]
        )
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllText(file, "x");
            File.SetLastWriteTimeUtc(file, date.UtcDateTime);
        }
        File.CreateSymbolicLink(Path.Combine(folder, "link"), "nowhere");

        Assert.Equal(New.ToUnixTimeSeconds(), NewestMember.Of(folder, ContainerLimits.Default));
    }

    [Fact]
    public void What_cannot_be_read_has_no_date()
    {
        var file = Path.Combine(folder, "a.tar.gz");
        File.WriteAllText(file, "no archive");

        Assert.Null(NewestMember.Of(file, ContainerLimits.Default));
        Assert.Null(NewestMember.Of(Path.Combine(folder, "absent"), ContainerLimits.Default));
    }

    private static void Add(TarWriter tar, string path, DateTimeOffset date)
    {
        TarEntry entry = tar.Format switch
        {
            TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, path),
            TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, path),
            _ => new PaxTarEntry(TarEntryType.RegularFile, path),
        };
        entry.ModificationTime = date;
        entry.DataStream = new MemoryStream("x"u8.ToArray());
        tar.WriteEntry(entry);
    }
}
