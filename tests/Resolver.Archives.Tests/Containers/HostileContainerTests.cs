using System.Formats.Tar;
using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>PEP 706 and 721, and what they leave to each tool: nothing escapes, nothing is followed, everything has a
/// bound.</summary>
public sealed class HostileContainerTests
{
    private static ContainerContents Read(string path, ContainerLimits? limits = null) =>
        ContainerReader.Read(
            path,
            _ => true,
            limits ?? ContainerLimits.Default,
            hash: false,
            TestContext.Current.CancellationToken
        );

    [Theory]
    [InlineData("../evil", true)]
    [InlineData("a/../../evil", true)]
    [InlineData("/etc/evil", true)]
    [InlineData("C:/evil", true)]
    [InlineData("a\\..\\evil", false)]
    public void A_path_that_could_escape_is_passed_over_and_noted(string name, bool fatal)
    {
        using var scratch = new Scratch();
        foreach (
            var path in (string[])
                [
                    scratch.Write("a.tar", Scratch.Tar((name, "x"), ("good", "y"))),
                    scratch.Zip("a.zip", (name, "x"), ("good", "y")),
                ]
        )
        {
            var contents = Read(path);

            Assert.Equal(["good"], contents.Entries.Keys);
            Assert.Equal(fatal, Assert.Single(contents.Notes, n => n.Code == "archive-unsafe-path").Fatal);
        }
    }

    [Theory]
    [InlineData("a/./b//c", "a/b/c")]
    [InlineData("./a", "a")]
    [InlineData(".hidden/x", ".hidden/x")]
    [InlineData("a/", "a")]
    [InlineData(".", "")]
    public void A_safe_path_has_one_spelling(string raw, string path) =>
        Assert.Equal(path, EntryPath.Normalize(raw, ContainerLimits.Default, out _));

    [Fact]
    public void A_path_with_a_NUL_is_refused() =>
        Assert.Null(EntryPath.Normalize("a\0b", ContainerLimits.Default, out _));

    [Fact]
    public void Links_and_devices_are_entries_without_content()
    {
        using var scratch = new Scratch();
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            writer.WriteEntry(
                Scratch.Entry(TarEntryFormat.Pax, TarEntryType.SymbolicLink, "a/PKG-INFO", link: "/etc/passwd")
            );
            writer.WriteEntry(Scratch.Entry(TarEntryFormat.Pax, TarEntryType.SymbolicLink, "a/up", link: "../../x"));
            writer.WriteEntry(
                Scratch.Entry(TarEntryFormat.Pax, TarEntryType.SymbolicLink, "a/b/inside", link: "../PKG-INFO")
            );
            writer.WriteEntry(Scratch.Entry(TarEntryFormat.Pax, TarEntryType.CharacterDevice, "a/null"));
            writer.WriteEntry(Scratch.Entry(TarEntryFormat.Pax, TarEntryType.Fifo, "a/fifo"));
        }

        var contents = Read(scratch.Write("a.tar", stream.ToArray()));

        Assert.Empty(contents.Kept);
        Assert.Null(contents.Entries["a/PKG-INFO"].LinkTarget);
        Assert.Null(contents.Entries["a/up"].LinkTarget);
        Assert.Equal("a/PKG-INFO", contents.Entries["a/b/inside"].LinkTarget);
        Assert.Equal(EntryKind.Special, contents.Entries["a/null"].Kind);
    }

    [Fact]
    public void Of_two_entries_with_one_path_the_last_counts()
    {
        using var scratch = new Scratch();

        var contents = Read(scratch.Write("a.tar", Scratch.Tar(("a/x", "first"), ("a/x", "last"))));

        Assert.Equal("last"u8.ToArray(), contents.Kept["a/x"]);
        Assert.Contains(contents.Notes, n => n.Code == "archive-duplicate-entry");
    }

    [Fact]
    public void Paths_that_differ_by_case_only_are_noted()
    {
        using var scratch = new Scratch();

        var contents = Read(scratch.Write("a.tar", Scratch.Tar(("a/x", "1"), ("a/X", "2"))));

        Assert.Contains(contents.Notes, n => n.Code == "archive-case-collision");
    }

    [Fact]
    public void A_bomb_is_stopped_at_the_bound()
    {
        using var scratch = new Scratch();
        var bomb = Scratch.Gzip(Scratch.Tar(("a/zeros", new string('\0', 4 << 20))));
        var path = scratch.Write("a.tar.gz", bomb);
        var limits = ContainerLimits.Default with { RatioFloor = 1 << 20, ExpansionRatio = 10 };

        Assert.Equal("archive-too-large", Assert.Throws<ContainerException>(() => Read(path, limits)).Code);
    }

    [Fact]
    public void Too_many_entries_are_refused_in_a_tar_and_before_they_are_listed_in_a_zip()
    {
        using var scratch = new Scratch();
        var files = Enumerable.Range(0, 20).Select(i => ($"a/{i}", "")).ToArray();
        var limits = ContainerLimits.Default with { Entries = 10 };

        foreach (var path in (string[])[scratch.Write("a.tar", Scratch.Tar(files)), scratch.Zip("a.zip", files)])
            Assert.Equal("archive-too-large", Assert.Throws<ContainerException>(() => Read(path, limits)).Code);
    }

    [Fact]
    public void A_metadata_file_above_the_bound_is_not_read()
    {
        using var scratch = new Scratch();
        var limits = ContainerLimits.Default with { ContentBytes = 100 };

        var contents = Read(
            scratch.Write("a.tar", Scratch.Tar(("a/big", new string('x', 101)), ("a/small", "y"))),
            limits
        );

        Assert.Equal(["a/small"], contents.Kept.Keys);
        Assert.Contains(contents.Notes, n => n.Code == "metadata-too-large");
    }

    [Fact]
    public void A_zip_content_with_a_wrong_checksum_is_corrupt()
    {
        using var scratch = new Scratch();
        var path = scratch.DamagedZip();

        Assert.Equal("archive-corrupt", Assert.Throws<ContainerException>(() => Read(path)).Code);
    }

    /// <summary>A size of 2^60 in a header takes no memory and ends in a diagnosis.</summary>
    [Fact]
    public void A_header_that_claims_an_absurd_size_is_refused()
    {
        using var scratch = new Scratch();
        var tar = Scratch.Tar(TarEntryFormat.Ustar, ("a/x", "y"));
        // Base 256 in the size field, then the checksum over it.
        new byte[] { 0x80, 0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0 }.CopyTo(tar, 124);
        for (var i = 148; i < 156; i++)
            tar[i] = (byte)' ';
        var sum = tar.Take(512).Sum(b => b);
        System.Text.Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(tar, 148);

        var path = scratch.Write("a.tar", tar);
        Assert.Contains(
            Assert.Throws<ContainerException>(() => Read(path)).Code,
            (string[])["archive-too-large", "archive-truncated"]
        );
    }
}
