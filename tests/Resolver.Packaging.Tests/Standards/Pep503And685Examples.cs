using Resolver.Packaging.Names;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>Names of projects (PEP 503, PEP 508) and of extras (PEP 685) as examples, one row each.</summary>
public sealed class Pep503And685Examples
{
    [Theory]
    [InlineData("friendly-bard")]
    [InlineData("Friendly-Bard")]
    [InlineData("FRIENDLY-BARD")]
    [InlineData("friendly.bard")]
    [InlineData("friendly_bard")]
    [InlineData("friendly--bard")]
    [InlineData("FrIeNdLy-._.-bArD")]
    public void Spellings_of_one_project_are_equal(string text) =>
        Assert.Equal("friendly-bard", PackageName.Parse(text).Normalized);

    [Theory]
    [InlineData("a")]
    [InlineData("A1")]
    [InlineData("0x")]
    [InlineData("zope.interface")]
    public void Text_is_a_name(string text)
    {
        Assert.True(PackageName.TryParse(text).Success);
        Assert.True(ExtraName.TryParse(text).Success);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData(".a")]
    [InlineData("a_")]
    [InlineData("a b")]
    [InlineData("a/b")]
    [InlineData("é")]
    public void Text_is_no_name(string text)
    {
        Assert.False(PackageName.TryParse(text).Success);
        Assert.False(ExtraName.TryParse(text).Success);
    }

    [Theory]
    [InlineData("dev-tools", "dev_tools")]
    [InlineData("dev-tools", "Dev.Tools")]
    [InlineData("dev-tools", "DEV__TOOLS")]
    public void Spellings_of_one_extra_are_equal(string one, string other) =>
        Assert.Equal(ExtraName.Parse(one), ExtraName.Parse(other));
}
