using System.Formats.Tar;
using System.IO.Compression;
using Resolver.Archives.Containers;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>PEP 706 and 721: nothing is written outside, no link leads out, nothing is more open than it may
/// be.</summary>
public sealed class UnpackerTests
{
    private static string Unpack(Scratch scratch, string archive)
    {
        Directory.CreateDirectory(scratch["out/in"]);
        return Unpacker.Unpack(
            archive,
            scratch["out/in"],
            ContainerLimits.Default,
            TestContext.Current.CancellationToken
        );
    }

    private static string Tar(Scratch scratch, params TarEntry[] entries)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach (var entry in entries)
                writer.WriteEntry(entry);
        }
        return scratch.Write("a.tar", stream.ToArray());
    }

    private static TarEntry File(
        string path,
        string text = "x",
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite
    )
    {
        var entry = Scratch.Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, path, text);
        entry.Mode = mode;
        return entry;
    }

    private static TarEntry Link(string path, string target, TarEntryType type = TarEntryType.SymbolicLink) =>
        Scratch.Entry(TarEntryFormat.Pax, type, path, link: target);

    private static string[] Below(Scratch scratch) =>
        [
            .. Directory
                .EnumerateFileSystemEntries(scratch["out"], "*", SearchOption.AllDirectories)
                .Select(each => Path.GetRelativePath(scratch["out/in"], each))
                .Where(each => each != ".")
                .Order(StringComparer.Ordinal),
        ];

    [Theory]
    [MemberData(nameof(ContainerReaderTests.Kinds), MemberType = typeof(ContainerReaderTests))]
    public void Every_file_is_there_with_its_content(string kind)
    {
        using var scratch = new Scratch();
        var archive = scratch.Write(
            "a",
            ContainerReaderTests.Container(
                kind,
                ("a-1/PKG-INFO", "Name: a\n"),
                ("a-1/src/a.py", "x = 1\n"),
                ("a-1/empty", "")
            )
        );

        var top = Unpack(scratch, archive);

        Assert.Equal(scratch["out/in/a-1"], top);
        Assert.Equal("x = 1\n", System.IO.File.ReadAllText(Path.Combine(top, "src/a.py")));
        Assert.Equal("", System.IO.File.ReadAllText(Path.Combine(top, "empty")));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/../../evil")]
    [InlineData("/evil")]
    public void A_path_that_leads_out_ends_it(string path)
    {
        using var scratch = new Scratch();
        foreach (
            var archive in (string[])
                [Tar(scratch, File("good"), File(path)), scratch.Zip("a.zip", ("good", "y"), (path, "x"))]
        )
        {
            Assert.Equal("archive-unsafe-path", Assert.Throws<ContainerException>(() => Unpack(scratch, archive)).Code);
            Assert.All(Below(scratch), each => Assert.Equal("good", each));
            Directory.Delete(scratch["out"], recursive: true);
        }
    }

    [Theory]
    [InlineData("/etc/passwd")]
    [InlineData("../../x")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("nowhere")]
    public void A_link_that_leads_out_or_nowhere_is_not_made(string target)
    {
        using var scratch = new Scratch();

        Unpack(
            scratch,
            Tar(scratch, File("a/x"), Link("a/link", target), Link("a/hard", target, TarEntryType.HardLink))
        );

        Assert.Equal(["a", "a/x"], Below(scratch));
    }

    /// <summary>By its names the second link stays inside; through the first it would not.</summary>
    [Fact]
    public void A_link_through_a_link_does_not_lead_out()
    {
        using var scratch = new Scratch();

        Unpack(
            scratch,
            Tar(
                scratch,
                File("x"),
                File("a/b/y"),
                Link("a/here", "b"),
                Link("out", "a/here/../../../secret"),
                Link("up", "a/here/../..")
            )
        );

        foreach (
            var link in Directory.EnumerateFileSystemEntries(scratch["out/in"], "*", SearchOption.TopDirectoryOnly)
        )
        {
            if (new FileInfo(link).ResolveLinkTarget(true) is { } target)
                Assert.StartsWith(scratch["out/in"], Path.GetFullPath(target.FullName), StringComparison.Ordinal);
        }
        Assert.DoesNotContain("out", Below(scratch));
    }

    [Fact]
    public void Nothing_is_written_through_a_link()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["target"]);

        Unpack(
            scratch,
            Tar(
                scratch,
                Link("a", scratch["target"]),
                File("a/evil"),
                Link("b", "../../target"),
                File("b/evil"),
                Link("c", "a"),
                File("c/evil")
            )
        );

        Assert.Empty(Directory.GetFileSystemEntries(scratch["target"]));
        Assert.Equal(["a", "a/evil", "b", "b/evil", "c", "c/evil"], Below(scratch));
    }

    [Fact]
    public void A_link_inside_shows_what_it_leads_to()
    {
        using var scratch = new Scratch();

        Unpack(
            scratch,
            Tar(
                scratch,
                Link("first", "a/x"),
                File("a/x", "content"),
                Link("second", "first"),
                Link("a/hard", "a/x", TarEntryType.HardLink),
                Link("folder", "a"),
                Link("loop", "loop")
            )
        );

        foreach (var path in (string[])["first", "second", "a/hard", "folder/x"])
            Assert.Equal("content", System.IO.File.ReadAllText(scratch[$"out/in/{path}"]));
        Assert.False(Path.Exists(scratch["out/in/loop"]));
    }

    /// <summary>Some backends pass over symbolic links, and pip makes them; it makes copies of hard links.</summary>
    [Fact]
    public void A_symbolic_link_stays_one_and_a_hard_link_becomes_a_copy()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows makes symbolic links for some users only");
        using var scratch = new Scratch();

        Unpack(
            scratch,
            Tar(scratch, File("a/x", "content"), Link("b/link", "../a/x"), Link("b/hard", "a/x", TarEntryType.HardLink))
        );

        Assert.Equal("../a/x", new FileInfo(scratch["out/in/b/link"]).LinkTarget);
        Assert.Null(new FileInfo(scratch["out/in/b/hard"]).LinkTarget);
    }

    /// <summary>As pip unpacks it: zips of code hosts have links.</summary>
    [Fact]
    public void A_symbolic_link_of_a_zip_becomes_a_file_that_holds_where_it_leads()
    {
        using var scratch = new Scratch();
        var path = scratch["a.zip"];
        using (var zip = ZipFile.Open(path, ZipArchiveMode.Create))
        {
            zip.CreateEntry("x");
            var link = zip.CreateEntry("link");
            link.ExternalAttributes = unchecked((int)(0xA1FFu << 16));
            using var content = link.Open();
            content.Write("x"u8);
        }

        Unpack(scratch, path);

        Assert.Null(new FileInfo(scratch["out/in/link"]).LinkTarget);
        Assert.Equal("x", System.IO.File.ReadAllText(scratch["out/in/link"]));
    }

    [Fact]
    public void A_file_has_the_date_that_a_tar_states_fractions_included()
    {
        using var scratch = new Scratch();
        var entry = Scratch.Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, "x");
        entry.ModificationTime = DateTimeOffset.UnixEpoch.AddSeconds(1_600_000_000.25);

        Unpack(scratch, Tar(scratch, entry));

        Assert.Equal(
            DateTime.UnixEpoch.AddSeconds(1_600_000_000.25),
            new FileInfo(scratch["out/in/x"]).LastWriteTimeUtc
        );
    }

    [Fact]
    public void Devices_and_pipes_are_not_made()
    {
        using var scratch = new Scratch();

        Unpack(
            scratch,
            Tar(
                scratch,
                File("x"),
                Scratch.Entry(TarEntryFormat.Pax, TarEntryType.CharacterDevice, "null"),
                Scratch.Entry(TarEntryFormat.Pax, TarEntryType.Fifo, "fifo")
            )
        );

        Assert.Equal(["x"], Below(scratch));
    }

    [Fact]
    public void Nobody_else_may_write_and_nothing_is_setuid()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no such modes");
        using var scratch = new Scratch();
        const UnixFileMode everything = (UnixFileMode)0b111_111_111_111;

        Unpack(
            scratch,
            Tar(
                scratch,
                File("open", mode: everything),
                File("others", mode: (UnixFileMode)0b110_110_111), // as pip has it: what anyone may run, everyone may
                File("closed", mode: UnixFileMode.None)
            )
        );

        var mask = (UnixFileMode)0b111_111_111_111;
        Assert.Equal((UnixFileMode)0b111_101_101, new FileInfo(scratch["out/in/open"]).UnixFileMode & mask);
        Assert.Equal((UnixFileMode)0b111_101_101, new FileInfo(scratch["out/in/others"]).UnixFileMode & mask);
        Assert.Equal((UnixFileMode)0b110_100_100, new FileInfo(scratch["out/in/closed"]).UnixFileMode & mask);
    }

    [Fact]
    public void A_file_below_a_file_is_corrupt()
    {
        using var scratch = new Scratch();

        Assert.Equal(
            "archive-corrupt",
            Assert.Throws<ContainerException>(() => Unpack(scratch, Tar(scratch, File("a"), File("a/b")))).Code
        );
    }

    [Fact]
    public void A_zip_whose_content_is_not_what_it_states_is_corrupt()
    {
        using var scratch = new Scratch();
        var archive = scratch.DamagedZip();

        Assert.Equal("archive-corrupt", Assert.Throws<ContainerException>(() => Unpack(scratch, archive)).Code);
    }

    [Fact]
    public void A_bomb_is_stopped_at_the_bound()
    {
        using var scratch = new Scratch();
        Directory.CreateDirectory(scratch["out"]);
        var zeros = new string('\0', 4 << 20);
        var limits = ContainerLimits.Default with { RatioFloor = 1 << 20, ExpansionRatio = 10 };

        foreach (
            var archive in (string[])
                [
                    scratch.Write("a.tar.gz", Scratch.Gzip(Scratch.Tar(("a/zeros", zeros)))),
                    scratch.Zip("a.zip", ("a/zeros", zeros)),
                ]
        )
            Assert.Equal(
                "archive-too-large",
                Assert
                    .Throws<ContainerException>(() =>
                        Unpacker.Unpack(archive, scratch["out"], limits, TestContext.Current.CancellationToken)
                    )
                    .Code
            );
        Assert.True(
            new DirectoryInfo(scratch["out"]).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length)
                <= 2 << 20
        );
    }
}
