using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Resolver.Archives.Containers;
using Resolver.Archives.Scanning;
using Xunit;

namespace Resolver.Archives.Tests.Containers;

/// <summary>Every kind of defect has a diagnostic of its own, and costs no more than it may.</summary>
public sealed class DefectTests
{
    private static readonly (string, string)[] Small = [("a-1/PKG-INFO", "Name: a\n"), ("a-1/src/a.py", "x = 1\n")];

    private static ContainerContents Read(
        string path,
        ContainerLimits? limits = null,
        Func<ContainerEntry, bool>? wants = null
    ) =>
        ContainerReader.Read(
            path,
            wants ?? (_ => true),
            limits ?? ContainerLimits.Default,
            hash: true,
            TestContext.Current.CancellationToken
        );

    private static string CodeOf(
        string path,
        ContainerLimits? limits = null,
        Func<ContainerEntry, bool>? wants = null
    ) => Assert.Throws<ContainerException>(() => Read(path, limits, wants)).Code;

    private static readonly string[] CodesOfDamage =
    [
        "archive-corrupt",
        "archive-truncated",
        "not-an-archive",
        "archive-encrypted",
        "archive-compression",
        "archive-too-large",
    ];

    public static TheoryData<string> Checksummed => ["gzip", "bzip2", "xz", "zstd", "zip"];

    /// <summary>A flipped bit of the content is found by the checksum of the format; of a header, by what follows
    /// from it.</summary>
    [Theory]
    [MemberData(nameof(Checksummed))]
    public void A_flipped_bit_never_gives_another_content(string kind)
    {
        Assert.SkipWhen(kind == "xz" && !NativeXz.IsPresent, "without liblzma, checksums of xz are not compared");
        using var scratch = new Scratch();
        var whole = ContainerReaderTests.Container(kind, Small);
        var expected = Read(scratch.Write("whole", whole)).Kept;

        for (var bit = 0; bit < whole.Length * 8; bit += 3)
        {
            var path = scratch.Write("flipped", Flipped(whole, bit));
            try
            {
                // A bit of a time or of a name is no defect that anyone could see.
                foreach (var (_, content) in Read(path).Kept)
                    Assert.Contains(expected.Values, each => each.AsSpan().SequenceEqual(content));
            }
            catch (ContainerException refused)
            {
                Assert.Contains(refused.Code, CodesOfDamage);
            }
        }
    }

    /// <summary>These have no checksum of what they hold; a tar's headers have, and nothing else is thrown.</summary>
    [Theory]
    [InlineData("none", 5)]
    [InlineData("lzma", 1)]
    public void A_flipped_bit_without_a_checksum_is_an_answer_or_a_refusal(string kind, int step)
    {
        using var scratch = new Scratch();
        var whole = ContainerReaderTests.Container(kind, Small);

        for (var bit = 0; bit < whole.Length * 8; bit += step)
        {
            var path = scratch.Write("flipped", Flipped(whole, bit));
            try
            {
                Assert.InRange(Read(path).Entries.Count, 0, 10);
            }
            catch (ContainerException refused)
            {
                Assert.Contains(refused.Code, CodesOfDamage);
            }
        }
    }

    private static byte[] Flipped(byte[] whole, int bit)
    {
        var bytes = whole.ToArray();
        bytes[bit / 8] ^= (byte)(1 << (bit % 8));
        return bytes;
    }

    [Fact]
    public void A_tar_header_with_a_wrong_checksum_is_corrupt()
    {
        using var scratch = new Scratch();
        var tar = Scratch.Tar(TarEntryFormat.Ustar, ("a/x", "1"), ("a/y", "2"));
        tar[1024] ^= 1;

        Assert.Equal("archive-corrupt", CodeOf(scratch.Write("a.tar", tar)));
    }

    [Fact]
    public void A_zip_content_that_is_not_of_the_length_it_states_is_corrupt()
    {
        using var scratch = new Scratch();
        var zip = Scratch.ZipBytes(("a/x", "some text that is some text"));
        var directory = zip.AsSpan().IndexOf("PK\u0001\u0002"u8);
        foreach (var length in (uint[])[5, 500])
        {
            BinaryPrimitives.WriteUInt32LittleEndian(zip.AsSpan(directory + 24), length);
            Assert.Equal("archive-corrupt", CodeOf(scratch.Write("a.zip", zip)));
        }
    }

    [Fact]
    public void An_encrypted_zip_says_so()
    {
        using var scratch = new Scratch();
        var zip = Scratch.ZipBytes(("a/PKG-INFO", "Name: a\n"));
        zip[6] |= 1;
        zip[zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 8] |= 1;

        Assert.Equal("archive-encrypted", CodeOf(scratch.Write("a.zip", zip)));
    }

    /// <summary>65,536 entries do not fit the old end record.</summary>
    [Fact]
    public void A_zip64_is_read_and_its_lies_are_seen()
    {
        using var scratch = new Scratch();
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            for (var i = 0; i < 65_536; i++)
                zip.CreateEntry($"a/{i}", CompressionLevel.NoCompression);
            using var entry = zip.CreateEntry("a/PKG-INFO").Open();
            entry.Write("Name: a\n"u8);
        }
        var bytes = stream.ToArray();
        var path = scratch.Write("a.zip", bytes);

        Assert.Equal(65_537, Read(path, wants: each => each.Path == "a/PKG-INFO").Entries.Count);
        Assert.Equal("archive-too-large", CodeOf(path, ContainerLimits.Default with { Entries = 65_536 }));
        Assert.Equal("archive-too-large", CodeOf(path, ContainerLimits.Default with { DirectoryBytes = 1 << 20 }));
        // The number that is said is not the number there is.
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(bytes.AsSpan().LastIndexOf("PK\u0006\u0006"u8) + 32), 3);
        Assert.Equal(
            "archive-too-large",
            CodeOf(scratch.Write("few.zip", bytes), ContainerLimits.Default with { Entries = 65_536 })
        );
        var locator = bytes.AsSpan().LastIndexOf("PK\u0006\u0007"u8);
        BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(locator + 8), long.MaxValue - 10);
        Assert.Equal("archive-corrupt", CodeOf(scratch.Write("lie.zip", bytes)));
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("none")]
    [InlineData("gzip")]
    public void Data_behind_the_end_does_no_harm(string kind)
    {
        using var scratch = new Scratch();

        Assert.Equal(
            2,
            Read(
                scratch.Write("a", [.. ContainerReaderTests.Container(kind, Small), .. "a few more bytes"u8])
            ).Kept.Count
        );
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("none")]
    [InlineData("gzip")]
    public void Data_before_the_beginning_make_it_something_else(string kind)
    {
        using var scratch = new Scratch();

        Assert.Equal(
            "not-an-archive",
            CodeOf(scratch.Write("a", [.. "#!/bin/sh\nexit 0\n"u8, .. ContainerReaderTests.Container(kind, Small)]))
        );
    }

    [Fact]
    public void An_archive_in_an_archive_is_a_file_like_any_other()
    {
        using var scratch = new Scratch();
        var inner = Encoding.Latin1.GetString(Scratch.Tar(("b-1/PKG-INFO", "Name: b\n")));

        Assert.Equal(
            ["a/b.tar", "a/x"],
            Read(scratch.Write("a.tar", Scratch.Tar(("a/b.tar", inner), ("a/x", "y")))).Entries.Keys.Order()
        );
    }

    [Fact]
    public void Names_take_no_more_memory_than_they_may()
    {
        using var scratch = new Scratch();
        var files = Enumerable.Range(0, 50).Select(i => ($"{new string('n', 100)}/{i}", "")).ToArray();
        var limits = ContainerLimits.Default with { PathCharacters = 4000 };

        foreach (var path in (string[])[scratch.Write("a.tar", Scratch.Tar(files)), scratch.Zip("a.zip", files)])
            Assert.Equal("archive-too-large", CodeOf(path, limits));
    }

    [Fact]
    public void A_thousand_defects_of_one_kind_are_reported_a_few_times()
    {
        using var scratch = new Scratch();
        var files = Enumerable.Range(0, 1000).Select(i => ($"../{i}", "")).Append(("good", "x")).ToArray();

        foreach (var path in (string[])[scratch.Write("a.tar", Scratch.Tar(files)), scratch.Zip("a.zip", files)])
        {
            var notes = Read(path).Notes;
            Assert.InRange(notes.Count, 2, 50);
            Assert.All(notes, note => Assert.Equal(("archive-unsafe-path", true), (note.Code, note.Fatal)));
        }
    }

    /// <summary>A flood of what is harmless does not hide what is not.</summary>
    [Fact]
    public void The_one_fatal_defect_among_many_others_is_reported()
    {
        using var scratch = new Scratch();
        var files = Enumerable.Range(0, 1000).Select(i => ($"a\\{i}", "")).Append(("../evil", "x")).ToArray();

        Assert.Contains(Read(scratch.Write("a.tar", Scratch.Tar(files))).Notes, note => note.Fatal);
    }

    [Fact]
    public void A_long_extended_header_is_refused_before_it_is_read()
    {
        using var scratch = new Scratch();
        var name = new string('n', 5000) + "/x";
        var path = scratch.Write("a.tar", Scratch.Tar((name, "y"), ("good", "x")));

        Assert.Equal("archive-too-large", CodeOf(path, ContainerLimits.Default with { HeaderBytes = 4000 }));
        // Within the bound it is read, and is too long for any file system.
        Assert.Equal(["good"], Read(path).Entries.Keys);
    }

    [Fact]
    public void Headers_for_all_that_follows_are_bounded_together()
    {
        using var scratch = new Scratch();
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            for (var i = 0; i < 20; i++)
                writer.WriteEntry(
                    new PaxGlobalExtendedAttributesTarEntry(
                        new Dictionary<string, string> { [$"key{i}"] = new string('v', 400) }
                    )
                );
            writer.WriteEntry(Scratch.Entry(TarEntryFormat.Pax, TarEntryType.RegularFile, "a/x", "y"));
        }

        Assert.Equal(
            "archive-too-large",
            CodeOf(scratch.Write("a.tar", stream.ToArray()), ContainerLimits.Default with { HeaderBytes = 4000 })
        );
    }

    [Fact]
    public void A_name_that_is_no_UTF8_is_read_in_one_way_and_noted()
    {
        using var scratch = new Scratch();
        var tar = Scratch.Tar(TarEntryFormat.Ustar, ("a/xyz", "1"));
        tar[2] = 0xE9;
        WriteChecksum(tar);

        var contents = Read(scratch.Write("a.tar", tar));

        Assert.Equal(["a/éyz"], contents.Entries.Keys);
        Assert.Equal(
            ("archive-name-encoding", false),
            Assert.Single(contents.Notes.Select(note => (note.Code, note.Fatal)))
        );
        var zip = Scratch.ZipBytes(("a/xyz", "1"));
        foreach (var at in (int[])[32, zip.AsSpan().IndexOf("PK\u0001\u0002"u8) + 48])
            zip[at] = 0xE9;
        Assert.Contains(Read(scratch.Write("a.zip", zip)).Notes, note => note.Code == "archive-name-encoding");
    }

    /// <summary>GNU's form of old: a table of holes, continued in blocks of its own, stands before the
    /// content.</summary>
    [Fact]
    public void A_sparse_entry_is_passed_over_as_a_whole_and_noted()
    {
        using var scratch = new Scratch();
        var entry = Scratch.Tar(TarEntryFormat.Gnu, ("a/holes", new string('x', 100)))[..1024];
        entry[156] = (byte)'S';
        entry[482] = 1;
        WriteChecksum(entry);
        var more = new byte[512];
        more[504] = 1;
        byte[] tar =
        [
            .. entry[..512],
            .. more,
            .. new byte[512],
            .. entry[512..],
            .. Scratch.Tar(("a/PKG-INFO", "Name: a\n")),
        ];

        var contents = Read(scratch.Write("a.tar", tar));

        Assert.Equal(["a/PKG-INFO"], contents.Kept.Keys);
        Assert.Equal("archive-sparse-entry", Assert.Single(contents.Notes).Code);
    }

    [Fact]
    public void Metadata_of_100_MB_are_not_read()
    {
        using var scratch = new Scratch();
        var zip = scratch["a-1.zip"];
        using (var archive = ZipFile.Open(zip, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry("a-1/PKG-INFO", CompressionLevel.Fastest).Open();
            var zeros = new byte[1 << 20];
            for (var i = 0; i < 100; i++)
                entry.Write(zeros);
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        var contents = Read(zip);

        Assert.Empty(contents.Kept);
        Assert.Equal("metadata-too-large", Assert.Single(contents.Notes).Code);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    /// <summary>Entries that share their bytes: small on disk, and each within the bounds.</summary>
    [Fact]
    public void A_zip_whose_contents_are_each_small_and_together_are_not_is_a_bomb()
    {
        using var scratch = new Scratch();
        var path = scratch.Zip(
            "a.zip",
            [.. Enumerable.Range(0, 20).Select(i => ($"a/{i}", new string('\0', 200_000)))]
        );

        Assert.Equal(
            "archive-too-large",
            CodeOf(path, ContainerLimits.Default with { RatioFloor = 1 << 20, ExpansionRatio = 1 })
        );
    }

    [Theory]
    [InlineData("zip")]
    [InlineData("gzip")]
    [InlineData("none")]
    public void A_file_that_is_changed_while_it_is_read_is_not_trusted(string kind)
    {
        using var scratch = new Scratch();
        var path = scratch.Write("a", ContainerReaderTests.Container(kind, Small));

        var code = CodeOf(
            path,
            wants: _ =>
            {
                using var other = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.ReadWrite);
                other.Write("more"u8);
                return true;
            }
        );

        Assert.Equal("archive-changed", code);
    }

    [Fact]
    public void Directories_that_link_in_a_cycle_are_walked_once()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "links need rights on Windows");
        using var scratch = new Scratch();
        scratch.Sdist(
            "archive/deep/a-1.tar.gz",
            ("a-1/PKG-INFO", "Metadata-Version: 2.2\nName: a\nVersion: 1\n"),
            ("a-1/pyproject.toml", "")
        );
        Directory.CreateSymbolicLink(scratch["archive/deep/up"], "..");
        Directory.CreateSymbolicLink(scratch["archive/self"], ".");

        Assert.Single(
            ArchiveScanner.Scan([scratch["archive"]], ScanOptions.Default, TestContext.Current.CancellationToken)
        );
    }

    [Fact]
    public void A_pipe_with_the_name_of_an_archive_does_not_block()
    {
        Assert.SkipUnless(File.Exists("/usr/bin/mkfifo"), "needs mkfifo");
        using var scratch = new Scratch();
        using (var process = System.Diagnostics.Process.Start("/usr/bin/mkfifo", [scratch["a-1.tar.gz"]]))
            process.WaitForExit();

        var found = Assert.Single(
            ArchiveScanner.Scan([scratch.Folder], ScanOptions.Default, TestContext.Current.CancellationToken)
        );

        Assert.True(Assert.Single(found.Problems).Fatal);
    }

    private static void WriteChecksum(byte[] header)
    {
        for (var i = 148; i < 156; i++)
            header[i] = (byte)' ';
        Encoding
            .ASCII.GetBytes(Convert.ToString(header.Take(512).Sum(each => each), 8).PadLeft(6, '0') + "\0 ")
            .CopyTo(header, 148);
    }
}
