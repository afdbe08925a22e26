using Resolver.Packaging.Toml;

namespace Resolver.Packaging.Tests.Toml;

/// <summary>TOML 1.1 as a tree of values that know their places.</summary>
public sealed class TomlDocumentTests
{
    private static TomlTable Read(string text) => TomlDocument.TryParse(text, "f.toml").Value;

    [Fact]
    public void Headers_dotted_keys_and_inline_tables_make_one_tree()
    {
        var root = Read("a.b = 1\n[c]\nd.e = 'x'\n[c.f]\ng = {h = [1, {i = true}]}\n");

        Assert.Equal(1, Assert.IsType<TomlInteger>(root.Table("a")!["b"]).Value);
        Assert.Equal("x", root.Table("c")!.Table("d")!.Text("e"));
        Assert.True(
            Assert
                .IsType<TomlBoolean>(
                    Assert.IsType<TomlTable>(root.Table("c")!.Table("f")!.Table("g")!.Array("h")!.Items[1])["i"]
                )
                .Value
        );
    }

    [Fact]
    public void A_header_after_an_array_of_tables_belongs_to_its_last_table()
    {
        var root = Read("[[t]]\nn = 1\n[[t]]\nn = 2\n[t.u]\nm = 3\n[[t.v]]\n");

        var tables = root.Array("t")!.Items.Cast<TomlTable>().ToList();
        Assert.Equal([false, true], tables.Select(t => t.Has("u")));
        Assert.True(root.Array("t")!.IsTableArray);
    }

    [Fact]
    public void A_value_knows_its_line_and_column()
    {
        var value = Read("# c\n\n[a]\nb = [\n  'x',\n  'y',\n]\n").Table("a")!.Array("b")!.Items[1];

        Assert.Equal((6, 3), (value.Line, value.Column));
    }

    [Fact]
    public void Keys_keep_the_order_of_the_document() =>
        Assert.Equal(["z", "a", "m"], Read("z = 1\na.b = 2\n[m]\n").Entries.Select(e => e.Key));

    [Theory]
    [InlineData("a = 1\na = 2\n", 2)]
    [InlineData("[a]\n[a]\n", 2)]
    [InlineData("a = 1\n[a.b]\n", 2)]
    [InlineData("a = {b = 1}\n[a.c]\n", 2)]
    [InlineData("a = {b = 1, b = 2}\n", 1)]
    [InlineData("a = []\n[[a]]\n", 2)]
    [InlineData("\n\na =\n", 3)]
    [InlineData("a = 99999999999999999999\n", 1)]
    public void What_is_no_TOML_is_an_error_with_its_line(string text, int line)
    {
        var error = TomlDocument.TryParse(text, "f.toml").Error;

        Assert.Equal(("f.toml", line), (error?.File, error?.Line));
    }

    [Fact]
    public void Bytes_must_be_UTF8()
    {
        Assert.Equal(
            2,
            TomlDocument.TryParse((ReadOnlySpan<byte>)[.. "a = 1\nb = '"u8, 0xFF, (byte)'\''], "f.toml").Error?.Line
        );
        Assert.Equal(
            "ü",
            TomlDocument.TryParse((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF, .. "b = 'ü'"u8], "f.toml").Value.Text("b")
        );
    }

    [Fact]
    public void Nesting_is_bounded_however_it_is_written()
    {
        Assert.NotNull(TomlDocument.TryParse("a = " + new string('[', 100_000), "f").Error);
        Assert.NotNull(TomlDocument.TryParse("a = " + string.Concat(Enumerable.Repeat("{a=", 100_000)), "f").Error);
        Assert.NotNull(
            TomlDocument.TryParse("a" + string.Concat(Enumerable.Repeat(".a", 100_000)) + " = 1", "f").Error
        );
    }

    [Fact]
    public void A_time_with_an_offset_is_distinguished_from_one_without()
    {
        var root = Read(
            "a = 1979-05-27T07:32:00Z\nb = 1979-05-27T07:32:00-08:00\nc = 1979-05-27T07:32:00\nd = 1979-05-27\ne = "
                + "07:32:00\n"
        );

        Assert.Equal([true, true, false, false, false], root.Entries.Select(e => ((TomlDateTime)e.Value).HasOffset));
    }

    [Fact]
    public void What_is_written_is_read_back()
    {
        var text =
            "a = \"q\\\"\\\\\\n\\u0007\"\nb = [1, -2, [], {}]\nc = {\"k.k\" = 1.5, d = inf, e = 1e300}\nf = "
            + "1979-05-27T07:32:00Z\ng = false\n";
        var once = Write(Read(text));

        Assert.Equal(once, Write(Read(once)));
        Assert.Equal("q\"\\\n\a", Read(once).Text("a"));
        Assert.Equal(1.5, Assert.IsType<TomlFloat>(Read(once).Table("c")!["k.k"]).Value);

        static string Write(TomlTable table)
        {
            var writer = new TomlWriter();
            writer.Table(["t"], table);
            return writer
                .ToString()
                .Replace("[t]\n", "", StringComparison.Ordinal)
                .Replace("[t.c]", "[c]", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void No_text_crashes_the_reader()
    {
        string[] seeds =
        [
            "a.b = 1\n[c]\nd = 'x'\n[c.f]\ng = {h = [1, {i = true}]}\n",
            "[[t]]\nn = \"\"\"a\\\n b\"\"\"\n[[t]]\n[t.u]\nm = 1979-05-27T07:32:00Z\no = 0x1F\np = 1_0.5e1\n",
        ];

        DocumentFuzz.Run(
            seeds,
            text => Assert.True(TomlDocument.TryParse(text, "f") is { Success: true } or { Error.Line: > 0 })
        );
    }
}
