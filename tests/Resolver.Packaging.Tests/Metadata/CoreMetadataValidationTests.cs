using Resolver.Packaging.Metadata;

namespace Resolver.Packaging.Tests.Metadata;

/// <summary>What core metadata forbids to those who write it.</summary>
public sealed class CoreMetadataValidationTests
{
    private static string[] Judge(string version, string rest) =>
        [
            .. CoreMetadata
                .Read($"Metadata-Version: {version}\nName: x\nVersion: 1\n{rest}")
                .Validate()
                .Select(e => $"{e.Line}: {e.Found}"),
        ];

    [Fact]
    public void A_right_file_has_nothing_against_it()
    {
        var errors = Judge(
            "2.5",
            """
            Dynamic: Requires-Dist
            Summary: s
            License-Expression: MIT
            License-File: LICENSE
            License-File: licenses/a b.txt
            Provides-Extra: a-b
            Import-Name: x
            Import-Name: x.y ; private
            Import-Name:
            Import-Namespace: ns
            """
        );

        Assert.Empty(errors);
    }

    [Theory]
    [InlineData("Name")]
    [InlineData("version")]
    [InlineData("Metadata-Version")]
    public void Dynamic_names_neither_name_nor_version_nor_the_format(string field)
    {
        Assert.Equal([$"4: Dynamic: {field}"], Judge("2.2", $"Dynamic: {field}\n"));
    }

    [Fact]
    public void Dynamic_names_a_field() => Assert.Equal(["4: Dynamic: Nothing"], Judge("2.2", "Dynamic: Nothing\n"));

    [Theory]
    [InlineData("1.0", "Classifier: x")]
    [InlineData("1.1", "Requires-Dist: x")]
    [InlineData("1.2", "Provides-Extra: x")]
    [InlineData("2.1", "Dynamic: Summary")]
    [InlineData("2.3", "License-Expression: MIT")]
    [InlineData("2.4", "Import-Name: x")]
    public void A_field_newer_than_the_declared_version_is_an_error(string version, string field)
    {
        Assert.Contains(
            $"in Metadata-Version {version}",
            Assert.Single(Judge(version, field + "\n")),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void An_unknown_field_is_an_error() =>
        Assert.Equal(["4: the unknown field 'X-Thing'"], Judge("2.1", "X-Thing: 1\n"));

    [Theory]
    [InlineData("2.0")]
    [InlineData("1.3")]
    public void A_version_that_was_never_published_is_an_error(string version) =>
        Assert.Equal([$"1: Metadata-Version {version}"], Judge(version, ""));

    [Fact]
    public void Extras_are_written_normalised_from_2_3_and_clash_in_every_version()
    {
        Assert.Empty(Judge("2.2", "Provides-Extra: A_b\n"));
        Assert.Equal(["4: the extra 'A_b'"], Judge("2.3", "Provides-Extra: A_b\n"));
        Assert.Equal(
            ["5: the extra 'a.B' again, first in line 4"],
            Judge("2.1", "Provides-Extra: A_b\nProvides-Extra: a.B\n")
        );
    }

    [Theory]
    [InlineData("/LICENSE")]
    [InlineData("../LICENSE")]
    [InlineData("a/../LICENSE")]
    [InlineData("a\\LICENSE")]
    [InlineData("C:/LICENSE")]
    [InlineData("")]
    public void A_licence_file_lies_inside_the_project(string path) =>
        Assert.Equal([$"4: License-File '{path}'"], Judge("2.4", $"License-File: {path}\n"));

    [Theory]
    [InlineData("Import-Name: a-b")]
    [InlineData("Import-Name: 1a")]
    [InlineData("Import-Name: a..b")]
    [InlineData("Import-Name: a; public")]
    [InlineData("Import-Namespace:")]
    public void An_import_name_is_a_dotted_name_and_perhaps_private(string field) =>
        Assert.Single(Judge("2.5", field + "\n"));

    [Fact]
    public void A_name_is_not_both_a_module_and_a_namespace() =>
        Assert.Equal(
            ["4: Import-Name 'a' that is an Import-Namespace too"],
            Judge("2.5", "Import-Name: a\nImport-Namespace: a;private\n")
        );

    [Fact]
    public void A_licence_is_an_expression_or_a_text_but_not_both() =>
        Assert.Equal(["4: License beside License-Expression"], Judge("2.4", "License: MIT\nLicense-Expression: MIT\n"));

    [Theory]
    [InlineData("text/plain", true)]
    [InlineData("text/markdown; charset=UTF-8; variant=GFM", true)]
    [InlineData("Text/X-RST; charset=\"utf-8\"", true)]
    [InlineData("text/html", false)]
    [InlineData("text/plain; charset=latin-1", false)]
    [InlineData("text/markdown; variant=Own", false)]
    [InlineData("text/markdown; variant", false)]
    public void A_description_has_one_of_three_types(string type, bool isRight) =>
        Assert.Equal(isRight, Judge("2.1", $"Description-Content-Type: {type}\n").Length == 0);

    [Fact]
    public void A_summary_is_one_line() =>
        Assert.Equal(["4: a Summary of several lines"], Judge("2.1", "Summary: a\n b\n"));

    [Fact]
    public void A_description_is_in_one_place() =>
        Assert.Equal(["4: a Description field and a body"], Judge("2.1", "Description: a\n\nb\n"));

    [Fact]
    public void Defects_of_the_tolerant_reading_are_errors_too() =>
        Assert.Equal(["4: Name again, first in line 2 (which counts)"], Judge("2.1", "Name: y\n"));
}
