using CsCheck;
using Resolver.Packaging.Installed;
using Record = Resolver.Packaging.Installed.Record;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>RECORD (PEP 376, 627; recording installed packages, "The RECORD file").</summary>
public sealed class RecordTests
{
    private static readonly Gen<string> Path = Gen.Char["ab/\\.,\"'\n\r é"].Array[1, 10].Select(c => new string(c));

    private static readonly Gen<RecordEntry> Entry = Gen.Select(
        Path,
        Gen.OneOf("sha256", "md5").Null(),
        Gen.String[Gen.Char["abAB09-_"], 1, 20],
        Gen.Long[0, long.MaxValue].Nullable(),
        (path, algorithm, digest, size) => new RecordEntry(path, algorithm, algorithm is null ? null : digest, size)
    );

    [Fact]
    public void Path_hash_and_size_are_read_and_hash_and_size_may_be_empty()
    {
        var record = Record.Read("a.py,sha256=ab-_,12\r\nb/RECORD,,\n");

        Assert.Equal(
            [new RecordEntry("a.py", "sha256", "ab-_", 12), new RecordEntry("b/RECORD", null, null, null)],
            record.Entries
        );
        Assert.Empty(record.Defects);
    }

    [Fact]
    public void Quotes_keep_commas_line_breaks_and_doubled_quotes()
    {
        var record = Record.Read("\"a,\"\"b\"\"\nc\",,\nd\"e,,\n\"f\"g,,\n");

        Assert.Equal(["a,\"b\"\nc", "d\"e", "fg"], record.Entries.Select(e => e.Path));
    }

    [Theory]
    [InlineData("/usr/bin/x", true)]
    [InlineData("C:\\x", true)]
    [InlineData("C:/x", true)]
    [InlineData("../../bin/x", false)]
    [InlineData("a\\b", false)]
    public void Paths_are_absolute_or_relative(string path, bool isAbsolute) =>
        Assert.Equal(isAbsolute, new RecordEntry(path, null, null, null).IsAbsolute);

    [Theory]
    [InlineData("a", 1)]
    [InlineData("a,,,b", 1)]
    [InlineData("a,nohash,", 1)]
    [InlineData("a,=x,", 1)]
    [InlineData("a,,ten", 1)]
    [InlineData("a,,-1", 1)]
    [InlineData(",,", 0)]
    public void A_line_that_is_wrong_is_a_defect_and_its_path_counts_where_there_is_one(string line, int entries)
    {
        var record = Record.Read("ok,,\n" + line + "\n", "x/RECORD");

        Assert.Equal(entries + 1, record.Entries.Count);
        Assert.StartsWith("x/RECORD:2: expected ", record.Defects[0].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Empty_lines_say_nothing() => Assert.Single(Record.Read("\n\na,,\n\n").Entries);

    [Fact]
    public void A_byte_order_mark_of_the_file_is_no_part_of_a_path_and_one_of_a_path_stays()
    {
        Assert.Equal("a", Record.Read("\uFEFFa,,\n").Entries[0].Path);
        Assert.Equal(
            "\uFEFFa",
            Record.Read(new Record([new RecordEntry("\uFEFFa", null, null, null)]).ToString()).Entries[0].Path
        );
    }

    [Fact]
    public void A_digest_is_base64_for_URLs_without_padding()
    {
        var entry = RecordEntry.Of("a", "hello"u8);

        Assert.Equal(
            ("sha256", "LPJNul-wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ", 5L),
            (entry.Algorithm, entry.Digest, entry.Size)
        );
        Assert.Equal(System.Security.Cryptography.SHA256.HashData("hello"u8), entry.DigestBytes());
        Assert.Null(new RecordEntry("a", "sha256", "!", 1).DigestBytes());
        Assert.Null(new RecordEntry("a", null, null, null).DigestBytes());
    }

    [Fact]
    public void Reading_what_was_written_gives_the_same_entries()
    {
        Entry
            .Array[0, 5]
            .Sample(
                entries =>
                {
                    var text = new Record(entries).ToString();

                    Assert.Equal(entries, Record.Read(text).Entries);
                    Assert.Empty(Record.Read(text).Defects);
                },
                iter: 2000
            );
    }

    [Fact]
    public void No_text_crashes_the_reader_and_what_is_read_is_read_again_alike() =>
        DocumentFuzz.Run(
            ["a.py,sha256=ab,12\n\"b,c\",,\r\nd,,\n"],
            text =>
            {
                var record = Record.Read(text);

                Assert.Equal(record.Entries, Record.Read(record.ToString()).Entries);
            }
        );
}
