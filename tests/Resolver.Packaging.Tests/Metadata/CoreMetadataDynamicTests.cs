using Resolver.Packaging.Metadata;

namespace Resolver.Packaging.Tests.Metadata;

/// <summary>Core metadata, "Dynamic" (PEP 643, 808): how far a source distribution's word goes.</summary>
public sealed class CoreMetadataDynamicTests
{
    private static CoreMetadata Read(string version, string rest = "") =>
        CoreMetadata.Read($"Metadata-Version: {version}\nName: x\nVersion: 1\n{rest}");

    [Theory]
    [InlineData("1.0")]
    [InlineData("1.2")]
    [InlineData("2.1")]
    [InlineData("none")]
    public void Before_2_2_everything_but_name_and_version_is_dynamic(string version)
    {
        var metadata = Read(version, "Requires-Dist: y\n");

        Assert.Equal(FieldKnowledge.Unknown, metadata.Knowledge("Requires-Dist"));
        Assert.True(metadata.IsDynamic("Requires-Python"));
        Assert.False(metadata.IsDynamic("Name"));
        Assert.False(metadata.IsDynamic("version"));
    }

    [Fact]
    public void From_2_2_a_field_that_is_not_dynamic_is_guaranteed_even_where_it_is_absent()
    {
        Assert.Equal(FieldKnowledge.Guaranteed, Read("2.2").Knowledge("Requires-Dist"));
        Assert.Equal(
            FieldKnowledge.Guaranteed,
            Read("2.2", "Requires-Dist: y\nDynamic: Classifier\n").Knowledge("requires-dist")
        );
    }

    [Theory]
    [InlineData("2.2", FieldKnowledge.Unknown)]
    [InlineData("2.5", FieldKnowledge.Unknown)]
    [InlineData("2.6", FieldKnowledge.LowerBound)]
    public void A_list_that_is_present_and_dynamic_is_a_lower_bound_only_from_2_6(
        string version,
        FieldKnowledge expected
    )
    {
        Assert.Equal(expected, Read(version, "Requires-Dist: y\nDynamic: requires-dist\n").Knowledge("Requires-Dist"));
    }

    [Fact]
    public void A_dynamic_field_that_is_absent_or_single_use_is_unknown()
    {
        Assert.Equal(FieldKnowledge.Unknown, Read("2.6", "Dynamic: Requires-Dist\n").Knowledge("Requires-Dist"));
        Assert.Equal(
            FieldKnowledge.Unknown,
            Read("2.6", "Requires-Python: >=3\nDynamic: Requires-Python\n").Knowledge("Requires-Python")
        );
    }

    [Theory]
    [InlineData("Keywords")]
    [InlineData("Author-email")]
    [InlineData("Maintainer-email")]
    public void Lists_between_commas_are_lists_too(string field)
    {
        Assert.Equal(FieldKnowledge.LowerBound, Read("2.6", $"{field}: a\nDynamic: {field}\n").Knowledge(field));
    }
}
