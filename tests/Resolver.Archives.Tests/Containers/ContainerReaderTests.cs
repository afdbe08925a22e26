using System.Formats.Tar;
using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>Containers of every kind are read alike, by content.</summary>
public sealed class ContainerReaderTests
{
    private static readonly (string, string)[] Small = [("a-1/PKG-INFO", "Name: a\n"), ("a-1/src/a.py", "x = 1\n")];

    private static ContainerContents Read(string path, ContainerLimits? limits = null) =>
        ContainerReader.Read(
            path,
            e => e.Path.EndsWith("PKG-INFO", StringComparison.Ordinal),
            limits ?? ContainerLimits.Default,
            hash: true,
            TestContext.Current.CancellationToken
        );

    /// <summary>Every kind of container that is read.</summary>
    public static TheoryData<string> Kinds => ["none", "gzip", "bzip2", "xz", "lzma", "zstd", "zip"];

    internal static byte[] Container(string kind, params (string, string)[] files) =>
        kind == "zip" ? Scratch.ZipBytes(files) : Packing.Packed(kind, Scratch.Tar(files));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Content_and_not_the_suffix_decides(string kind)
    {
        using var scratch = new Scratch();
        var path = scratch.Write("a-1.anything", Container(kind, Small));

        var contents = Read(path);

        Assert.Equal("Name: a\n"u8.ToArray(), contents.Kept["a-1/PKG-INFO"]);
        Assert.Contains("a-1/src/a.py", contents.Entries.Keys);
        Assert.Single(contents.Kept);
        Assert.Equal(
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))),
            contents.Sha256
        );
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

    /// <summary>Cut at every byte, an archive is never taken for a whole one, and never for something that throws
    /// otherwise.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_cut_archive_is_never_taken_for_a_whole_one(string kind)
    {
        using var scratch = new Scratch();
        var whole = Container(kind, Small);
        // A tar without compression has no end mark that is required; its last blocks of zeros may be missing.
        var end = kind == "none" ? Array.FindLastIndex(whole, b => b != 0) : whole.Length;
        var step = kind == "none" ? 7 : 1;

        for (var length = 0; length < end; length += step)
        {
            var path = scratch.Write("cut", whole[..length]);
            try
            {
                var contents = Read(path);
                // LZMA alone has nothing at its end: all may have come out before the last byte, and then nothing is
                // missing.
                Assert.Equal("lzma", kind);
                Assert.Equal(["a-1/PKG-INFO", "a-1/src/a.py"], contents.Entries.Keys);
            }
            catch (ContainerException refused)
            {
                Assert.Contains(refused.Code, (string[])["archive-truncated", "archive-corrupt", "not-an-archive"]);
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
