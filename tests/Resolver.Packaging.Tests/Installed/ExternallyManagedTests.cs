using Resolver.Packaging.Installed;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>EXTERNALLY-MANAGED (PEP 668): whose message is shown.</summary>
public sealed class ExternallyManagedTests
{
    private const string Text =
        "[externally-managed]\nError=Use apt.\n\n Or a venv.\n  Indented.\nError-de=Nimm apt.\nError-de_CH: Nimm "
        + "das.\n";

    [Theory]
    [InlineData(null, "Use apt.\n\nOr a venv.\nIndented.")]
    [InlineData("C", "Use apt.\n\nOr a venv.\nIndented.")]
    [InlineData("fr_FR.UTF-8", "Use apt.\n\nOr a venv.\nIndented.")]
    [InlineData("de_DE.UTF-8", "Nimm apt.")]
    [InlineData("de", "Nimm apt.")]
    [InlineData("de_CH.UTF-8", "Nimm das.")]
    [InlineData("de-CH", "Nimm das.")]
    [InlineData("de_CH@euro", "Nimm das.")]
    public void The_locales_message_comes_before_the_languages_and_that_before_the_plain_one(
        string? locale,
        string expected
    ) => Assert.Equal(expected, ExternallyManaged.Read(Text).Error(locale));

    [Theory]
    [InlineData("")]
    [InlineData("not an ini file")]
    [InlineData("[other]\nError=x\n")]
    [InlineData("[externally-managed]\nOther=x\n")]
    [InlineData("Error=x\n")]
    [InlineData("[externally-managed]\nError=x\nError=y\n")]
    [InlineData("[externally-managed\nError=x\n")]
    [InlineData("[a]\n[a]\n")]
    public void A_file_without_a_message_still_counts_and_the_tools_own_is_shown(string text) =>
        Assert.Equal(ExternallyManaged.DefaultError, ExternallyManaged.Read(text).Error("de_DE"));

    [Fact]
    public void A_form_feed_ends_no_line() =>
        Assert.Equal("a\fb", ExternallyManaged.Read("[externally-managed]\nError=a\fb\n").Error());

    [Fact]
    public void Comments_are_no_part_of_a_message() =>
        Assert.Equal("a\nb", ExternallyManaged.Read("# c\n[externally-managed]\n; d\nerror = a\n# e\n b\n").Error());

    [Fact]
    public void No_text_crashes_the_reader() =>
        DocumentFuzz.Run([Text], text => Assert.NotNull(ExternallyManaged.Read(text).Error("de_DE")));
}
