using System.Text;
using Resolver.Packaging.Metadata;

namespace Resolver.Packaging.Tests.Metadata;

/// <summary>Core metadata, introduction: the format is what <c>email.parser</c> reads with the compat32
/// policy.</summary>
public sealed class CoreMetadataFormatTests
{
    private const string Head = "Metadata-Version: 2.1\nName: x\nVersion: 1\n";

    [Fact]
    public void A_file_with_the_required_fields_alone_has_no_defects()
    {
        var metadata = CoreMetadata.Read(Head);

        Assert.Empty(metadata.Defects);
        Assert.Equal(
            ("x", "1", new MetadataVersion(2, 1)),
            (metadata.Name.ToString(), metadata.Version.ToString(), metadata.MetadataVersion)
        );
        Assert.Null(metadata.Body);
    }

    [Theory]
    [InlineData("Metadata-Version", "Name: x\nVersion: 1\n")]
    [InlineData("Name", "Metadata-Version: 2.1\nVersion: 1\n")]
    [InlineData("Version", "Metadata-Version: 2.1\nName: x\n")]
    public void A_missing_required_field_is_a_defect_of_the_whole_file(string field, string text)
    {
        var defect = Assert.Single(CoreMetadata.Read(text, "PKG-INFO").Defects);

        Assert.Equal($"PKG-INFO: expected the field {field}, found none", defect.ToString());
    }

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Every_kind_of_line_end_ends_a_line(string end)
    {
        var metadata = CoreMetadata.Read($"Metadata-Version: 2.1{end}Name: x{end}Version: 1{end}{end}body{end}more");

        Assert.Equal(("x", "1", $"body{end}more"), (metadata.RawName, metadata.RawVersion, metadata.Body));
        Assert.Empty(metadata.Defects);
    }

    [Fact]
    public void A_byte_order_mark_is_read_over_and_reported()
    {
        var metadata = CoreMetadata.Read("\uFEFF" + Head);

        Assert.Equal("2.1", metadata.MetadataVersionText);
        Assert.Equal(1, Assert.Single(metadata.Defects).Line);
    }

    [Fact]
    public void Field_names_are_compared_without_regard_to_case()
    {
        var metadata = CoreMetadata.Read("metadata-version: 2.1\nNAME: x\nversion: 1\nREQUIRES-dist: y\n");

        Assert.Empty(metadata.Defects);
        Assert.Equal("y", Assert.Single(metadata.RequiresDist).Text);
        Assert.True(metadata.HasField("Requires-Dist"));
    }

    [Fact]
    public void A_folded_requirement_is_one_requirement()
    {
        var metadata = CoreMetadata.Read(Head + "Requires-Dist: y (>=1);\n   python_version\n\t< \"3\"\n");

        Assert.Equal("y>=1; python_version < \"3\"", Assert.Single(metadata.RequiresDist).Parsed.Value.ToString());
    }

    [Fact]
    public void A_line_of_white_space_continues_the_field_and_an_empty_one_ends_the_fields()
    {
        var metadata = CoreMetadata.Read(Head + "License: a\n   \n        b\nSummary: s\n\nSummary: body\n");

        Assert.Equal("s", metadata.Summary);
        Assert.Equal("Summary: body\n", metadata.Body);
    }

    [Fact]
    public void The_first_line_that_is_no_field_begins_the_body()
    {
        var metadata = CoreMetadata.Read(Head + "This is no field\nRequires-Dist: y\n");

        Assert.Empty(metadata.RequiresDist);
        Assert.Equal("This is no field\nRequires-Dist: y\n", metadata.Body);
        Assert.Equal((4, "'This is no field'"), (metadata.Defects.Single().Line, metadata.Defects.Single().Found));
    }

    [Fact]
    public void An_indented_first_line_and_a_nameless_field_are_passed_over()
    {
        var metadata = CoreMetadata.Read("  indented\nMetadata-Version: 2.1\n: nameless\nName: x\nVersion: 1\n");

        Assert.Equal("x", metadata.RawName);
        Assert.Equal([1, 3], metadata.Defects.Select(d => d.Line));
    }

    [Theory]
    [InlineData("From a\nName: x\n", "x", null)]
    [InlineData("Name: x\nFrom a\nVersion: 1\n\nbody", "x", "body")]
    [InlineData("Name: x\nFrom a\n folded\nVersion: 1\n", "x", null)]
    [InlineData("Name: x\nFrom a\n\nbody", "x", "From a\nbody")]
    [InlineData("Name: x\nFrom a\nno field\n", "x", "From a\nno field\n")]
    [InlineData("Name: x\nFrom a", "x", "From a")]
    public void The_envelope_line_of_a_mailbox_is_passed_over_or_begins_the_body(string text, string name, string? body)
    {
        var metadata = CoreMetadata.Read(text);

        Assert.Equal((name, body), (metadata.RawName, metadata.Body));
    }

    [Fact]
    public void Bytes_that_are_not_utf8_are_a_defect_and_spoil_only_their_character()
    {
        byte[] bytes = [.. Encoding.UTF8.GetBytes(Head + "Author: J"), 0xFC, .. "rgen\nRequires-Dist: y\n"u8];

        var metadata = CoreMetadata.Read(bytes);

        Assert.Equal("J\uFFFDrgen", metadata.Value("Author"));
        Assert.Equal("y", Assert.Single(metadata.RequiresDist).Text);
        Assert.Equal(4, Assert.Single(metadata.Defects).Line);
    }

    [Fact]
    public void A_replacement_character_that_was_written_is_no_defect()
    {
        Assert.Empty(CoreMetadata.Read(Encoding.UTF8.GetBytes(Head + "Author: \uFFFD\n")).Defects);
    }

    [Fact]
    public void Of_a_single_use_field_given_twice_the_first_counts()
    {
        var metadata = CoreMetadata.Read(Head + "Name: other\n");

        Assert.Equal("x", metadata.RawName);
        Assert.Equal(
            "METADATA:4:1: expected this field at most once, found Name again, first in line 2 (which counts)",
            Assert.Single(metadata.Defects).ToString()
        );
    }

    [Fact]
    public void Every_value_of_a_multiple_use_field_counts()
    {
        var metadata = CoreMetadata.Read(
            Head + "Provides-Extra: b\nProvides-Extra: A.a\nProvides-Extra: a_A\nClassifier: one\nClassifier: two\n"
        );

        Assert.Equal(["b", "a-a"], metadata.ProvidesExtra.Select(e => e.Normalized));
        Assert.Equal(["one", "two"], metadata.Values("Classifier"));
    }

    [Fact]
    public void An_unreadable_requirement_stays_in_the_list_with_its_error_and_line()
    {
        var metadata = CoreMetadata.Read(Head + "Requires-Dist: good\nRequires-Dist: !bad\n", "x/PKG-INFO");

        Assert.Equal([true, false], metadata.RequiresDist.Select(r => r.Parsed.Success));
        Assert.StartsWith(
            "x/PKG-INFO:5: expected ",
            Assert.Single(metadata.Defects).ToString(),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_old_parenthesised_requirement_is_read()
    {
        Assert.Equal(
            "zope.interface>3.5.0",
            CoreMetadata.Read(Head + "Requires-Dist: zope.interface (>3.5.0)\n").RequiresDist[0].Parsed.Value.ToString()
        );
    }

    [Fact]
    public void Requires_of_1_1_names_modules_and_is_no_requirement()
    {
        var metadata = CoreMetadata.Read("Metadata-Version: 1.1\nName: x\nVersion: 1\nRequires: y\n");

        Assert.Empty(metadata.RequiresDist);
        Assert.Equal(["y"], metadata.Values("Requires"));
    }

    [Fact]
    public void The_description_is_the_body_or_else_the_field_without_what_folding_put_before_its_lines()
    {
        Assert.Equal("body\n", CoreMetadata.Read(Head + "Description: field\n\nbody\n").Description);
        Assert.Equal(
            "one\n  two\n\nthree\nfour",
            CoreMetadata
                .Read(Head + "Description: one\n          two\n        \n       |three\n   four\n\n \n")
                .Description
        );
        Assert.Null(CoreMetadata.Read(Head).Description);
    }

    [Theory]
    [InlineData("2.4", 2, 4)]
    [InlineData("1.0", 1, 0)]
    [InlineData("2.10", 2, 10)]
    public void A_format_version_is_two_numbers(string text, int major, int minor)
    {
        Assert.True(MetadataVersion.TryParse(text, out var version));
        Assert.Equal(new MetadataVersion(major, minor), version);
    }

    [Theory]
    [InlineData("")]
    [InlineData("2")]
    [InlineData("2.")]
    [InlineData(".1")]
    [InlineData("2.1.0")]
    [InlineData("2.1a")]
    [InlineData("-2.1")]
    [InlineData("99999999999999999999.1")]
    public void Anything_else_is_invalid(string text)
    {
        Assert.False(MetadataVersion.TryParse(text, out _));
        Assert.Null(CoreMetadata.Read($"Metadata-Version: {text}\nName: x\nVersion: 1\n").MetadataVersion);
    }

    [Fact]
    public void Format_versions_are_compared_as_numbers()
    {
        Assert.True(new MetadataVersion(2, 10) > new MetadataVersion(2, 9));
        Assert.True(new MetadataVersion(1, 2) < new MetadataVersion(2, 0));
    }

    [Theory]
    [InlineData("2.6", true, 0)]
    [InlineData("2.7", true, 1)]
    [InlineData("3.0", false, 1)]
    public void A_newer_minor_version_warns_and_a_newer_major_version_must_not_be_used(
        string version,
        bool isSupported,
        int defects
    )
    {
        var metadata = CoreMetadata.Read($"Metadata-Version: {version}\nName: x\nVersion: 1\n");

        Assert.Equal((isSupported, defects), (metadata.IsSupported, metadata.Defects.Count));
    }

    [Fact]
    public void Invalid_names_and_versions_are_kept_as_written()
    {
        var metadata = CoreMetadata.Read(
            "Metadata-Version: 2.1\nName: -x-\nVersion: one\nRequires-Python: three\nProvides-Extra: -\n"
        );

        Assert.Equal(("-x-", "one", "three"), (metadata.RawName, metadata.RawVersion, metadata.RawRequiresPython));
        Assert.Equal((null, null, null), (metadata.Name, metadata.Version, metadata.RequiresPython));
        Assert.Equal([2, 3, 4, 5], metadata.Defects.Select(d => d.Line));
    }
}
