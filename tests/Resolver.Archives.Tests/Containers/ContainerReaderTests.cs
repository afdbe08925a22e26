using System.Formats.Tar;
using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>Containers of every kind are read alike, by content.</summary>
public sealed class ContainerReaderTests
{
    private static readonly (string, string)[] Small = [("a-1/PKG-INFO", "Name: a\n"), ("a-1/src/a.py", "x = 1\n")];

    private static ContainerContents Read(string path, ContainerLimits? limits = null) =>
        ContainerReader.Read(path, e => e.Path.EndsWith("PKG-INFO", StringComparison.Ordinal), limits ?? ContainerLimits.Default, hash: true, TestContext.Current.CancellationToken);

    public static TheoryData<string> Compressions => ["none", "gzip", "bzip2", "zstd", "zip"];

    internal static byte[] Container(string compression, params (string, string)[] files)
    {
        var tar = Scratch.Tar(files);
        using var stream = new MemoryStream();
        switch (compression)
        {
            case "none":
                return tar;
            case "gzip":
                return Scratch.Gzip(tar);
            case "zip":
                return Scratch.ZipBytes(files);
            case "bzip2":
                using (var bzip2 = SharpCompress.Compressors.BZip2.BZip2Stream.Create(stream, SharpCompress.Compressors.CompressionMode.Compress, false, leaveOpen: true)) bzip2.Write(tar);
                return stream.ToArray();
            default:
                using (var zstd = new ZstdSharp.CompressionStream(stream, leaveOpen: true)) zstd.Write(tar);
                return stream.ToArray();
        }
    }

    [Theory]
    [MemberData(nameof(Compressions))]
    public void Content_and_not_the_suffix_decides(string compression)
    {
        using var scratch = new Scratch();
        var path = scratch.Write("a-1.anything", Container(compression, Small));

        var contents = Read(path);

        Assert.Equal("Name: a\n"u8.ToArray(), contents.Kept["a-1/PKG-INFO"]);
        Assert.Contains("a-1/src/a.py", contents.Entries.Keys);
        Assert.Single(contents.Kept);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))), contents.Sha256);
    }

    [Fact]
    public void A_suffix_that_lies_is_noted()
    {
        using var scratch = new Scratch();

        var contents = Read(scratch.Write("a-1.tar.gz", Scratch.ZipBytes(Small)));

        Assert.Contains(contents.Notes, n => n is { Code: "archive-suffix", Fatal: false });
    }

    [Theory]
    [InlineData(TarEntryFormat.V7, 90)]
    [InlineData(TarEntryFormat.Ustar, 140)]
    [InlineData(TarEntryFormat.Gnu, 300)]
    [InlineData(TarEntryFormat.Pax, 300)]
    public void Long_names_are_read_in_every_tar_format(TarEntryFormat format, int length)
    {
        using var scratch = new Scratch();
        var name = string.Join('/', Enumerable.Repeat("folder789", length / 10)) + "/PKG-INFO";

        var contents = Read(scratch.Write("a.tar", Scratch.Tar(format, (name, "long"))));

        Assert.Equal("long"u8.ToArray(), contents.Kept[name]);
    }

    /// <summary>Cut at every byte, an archive is never taken for a whole one, and never for something that throws otherwise.</summary>
    [Theory]
    [MemberData(nameof(Compressions))]
    public void A_cut_archive_is_never_taken_for_a_whole_one(string compression)
    {
        using var scratch = new Scratch();
        var whole = Container(compression, Small);
        // A tar without compression has no end mark that is required; its last blocks of zeros may be missing.
        var end = compression == "none" ? Array.FindLastIndex(whole, b => b != 0) : whole.Length;
        var step = compression == "none" ? 7 : 1;

        for (var length = 0; length < end; length += step)
        {
            var path = scratch.Write("cut", whole[..length]);
            var refused = Assert.Throws<ContainerException>(() => Read(path));
            Assert.Contains(refused.Code, (string[])["archive-truncated", "archive-corrupt", "not-an-archive"]);
        }
    }

    /// <summary>The framework cannot write these two; Python's lzma module can.</summary>
    [Theory]
    [InlineData("FORMAT_XZ")]
    [InlineData("FORMAT_ALONE")]
    public void Xz_and_lzma_are_read_whole_and_refused_cut(string format)
    {
        using var scratch = new Scratch();
        scratch.Write("a.tar", Scratch.Tar(Small));
        try
        {
            using var python = System.Diagnostics.Process.Start("python3", ["-c", $"import lzma, sys; open(sys.argv[2], 'wb').write(lzma.compress(open(sys.argv[1], 'rb').read(), format=lzma.{format}))", scratch["a.tar"], scratch["a.packed"]]);
            python.WaitForExit();
        }
        catch (System.ComponentModel.Win32Exception)
        {
            Assert.Skip("python3 is not on PATH");
        }
        Assert.SkipUnless(File.Exists(scratch["a.packed"]), "python3 has no lzma module");

        Assert.Single(Read(scratch["a.packed"]).Kept);
        var whole = File.ReadAllBytes(scratch["a.packed"]);
        for (var length = 0; length < whole.Length; length++)
        {
            var path = scratch.Write("cut", whole[..length]);
            if (format == "FORMAT_XZ") Assert.Throws<ContainerException>(() => Read(path));
            else AssertNothingIsLost(path);
        }

        // LZMA alone has neither length nor checksum at its end: a cut there cannot be seen, but then nothing is missing either.
        static void AssertNothingIsLost(string path)
        {
            try
            {
                Assert.Equal(["a-1/PKG-INFO", "a-1/src/a.py"], Read(path).Entries.Keys);
            }
            catch (ContainerException refused)
            {
                Assert.NotEmpty(refused.Code);
            }
        }
    }

    [Fact]
    public void A_gzip_with_data_behind_its_end_is_whole()
    {
        using var scratch = new Scratch();

        var contents = Read(scratch.Write("a-1.tar.gz", [.. Scratch.Gzip(Scratch.Tar(Small)), 1, 2, 3]));

        Assert.Single(contents.Kept);
    }

    [Fact]
    public void A_text_is_no_archive()
    {
        using var scratch = new Scratch();
        var path = scratch.Write("a-1.tar.gz", "I am a text.\n");

        Assert.Equal("not-an-archive", Assert.Throws<ContainerException>(() => Read(path)).Code);
    }
}
