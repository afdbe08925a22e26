using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>PEP 440 as examples, one row each.</summary>
public sealed class Pep440Examples
{
    [Theory]
    // Case, leading zeros, a leading v, white space around
    [InlineData("1.0", "1.0")]
    [InlineData("v1.0", "1.0")]
    [InlineData(" 1.0 ", "1.0")]
    [InlineData("01.02.03", "1.2.3")]
    [InlineData("1.1RC1", "1.1rc1")]
    // Pre-releases: separators and spellings
    [InlineData("1.1.a1", "1.1a1")]
    [InlineData("1.1-a1", "1.1a1")]
    [InlineData("1.1_a1", "1.1a1")]
    [InlineData("1.1a.1", "1.1a1")]
    [InlineData("1.1alpha1", "1.1a1")]
    [InlineData("1.1beta2", "1.1b2")]
    [InlineData("1.1c3", "1.1rc3")]
    [InlineData("1.1pre4", "1.1rc4")]
    [InlineData("1.1preview5", "1.1rc5")]
    [InlineData("1.2a", "1.2a0")]
    // Post-releases
    [InlineData("1.2-post2", "1.2.post2")]
    [InlineData("1.2_post2", "1.2.post2")]
    [InlineData("1.2post2", "1.2.post2")]
    [InlineData("1.2.post-2", "1.2.post2")]
    [InlineData("1.0-r4", "1.0.post4")]
    [InlineData("1.0rev4", "1.0.post4")]
    [InlineData("1.2.post", "1.2.post0")]
    [InlineData("1.0-1", "1.0.post1")]
    // Development releases
    [InlineData("1.2-dev2", "1.2.dev2")]
    [InlineData("1.2dev2", "1.2.dev2")]
    [InlineData("1.2.dev", "1.2.dev0")]
    [InlineData("1.0a5.post3.dev2", "1.0a5.post3.dev2")]
    // Epochs and local versions
    [InlineData("1!2.0", "1!2.0")]
    [InlineData("0!2.0", "2.0")]
    [InlineData("1.0+ubuntu-1", "1.0+ubuntu.1")]
    [InlineData("1.0+Ubuntu_01", "1.0+ubuntu.1")]
    public void Version_is_normalized(string text, string normalized) =>
        Assert.Equal(normalized, Version.Parse(text).ToString());

    [Theory]
    [InlineData("")]
    [InlineData("french toast")]
    [InlineData("1.0.")]
    [InlineData(".1")]
    [InlineData("1..0")]
    [InlineData("1.0--1")]
    [InlineData("1.0ubuntu1")]
    [InlineData("1.0+")]
    [InlineData("1.0+a..b")]
    [InlineData("1.0+a+b")]
    [InlineData("1.0a1b2")]
    [InlineData("!1.0")]
    [InlineData("1.0.dev1.post2")]
    public void Text_is_no_version(string text) => Assert.False(Version.TryParse(text).Success);

    /// <summary>Each row is in ascending order; versions that are equal are joined by <c>=</c>.</summary>
    [Theory]
    [InlineData("0.9 < 0.9.1 < 0.9.2 < 0.9.10 < 0.9.11 < 1.0 < 1.0.1 < 1.1 < 2.0 < 2.0.1")]
    [InlineData("4.3a2 < 4.3b1 < 4.3rc2 < 4.3")]
    [InlineData("1.dev0 < 1.0.dev456 < 1.0a1 < 1.0a2.dev456 < 1.0a12.dev456 < 1.0a12 < 1.0b1.dev456 < 1.0b2")]
    [InlineData("1.0b2 < 1.0b2.post345.dev456 < 1.0b2.post345 < 1.0rc1.dev456 < 1.0rc1 < 1.0")]
    [InlineData("1.0 < 1.0+abc.5 < 1.0+abc.7 < 1.0+5 < 1.0.post456.dev34 < 1.0.post456 < 1.0.15 < 1.1.dev1")]
    [InlineData("2012.1 < 2012.2 < 2013.1 < 1!1.0 < 1!1.1 < 1!2.0")]
    [InlineData("1 = 1.0 = 1.0.0 < 1.0.0.1")]
    [InlineData("1.0+1 < 1.0+1.1 < 1.0+2 < 1.0+10")]
    public void Versions_are_ordered(string row)
    {
        var groups = row.Split('<').Select(group => group.Split('=').Select(Version.Parse).ToArray()).ToArray();
        foreach (var group in groups)
            Assert.All(group, version => Assert.Equal(0, version.CompareTo(group[0])));
        for (var i = 1; i < groups.Length; i++)
            Assert.True(groups[i - 1][0] < groups[i][0], $"{groups[i - 1][0]} < {groups[i][0]}");
    }

    [Theory]
    // Compatible release
    [InlineData("~=2.2", "2.2 2.3 2.99 2.2.post3", "2.1 3.0 2.2.dev1")]
    [InlineData("~=1.4.5", "1.4.5 1.4.6 1.4.99", "1.4.4 1.5 2.0")]
    [InlineData("~=2.2.post3", "2.2.post3 2.3", "2.2 2.2.post2 3.0")]
    [InlineData("~=1.4.5a4", "1.4.5a4 1.4.5 1.4.9", "1.4.5a3 1.5")]
    [InlineData("~=2.2.0", "2.2 2.2.5", "2.3 2.1.9")]
    // Version matching
    [InlineData("==1.1", "1.1 1.1.0 1.1+local", "1.1.post1 1.1a1 1.1.1")]
    [InlineData("==1.1.post1", "1.1.post1", "1.1 1.1.post2")]
    [InlineData("==1.1.*", "1.1 1.1.post1 1.1.5 1.1a1", "1.2 1.0 1.10")]
    [InlineData("==1.0+local", "1.0+local", "1.0 1.0+other")]
    [InlineData("==1!2.0", "1!2.0", "2.0")]
    // Version exclusion
    [InlineData("!=1.1", "1.1.post1 1.0 1.2", "1.1 1.1.0 1.1+local")]
    [InlineData("!=1.1.*", "1.0 1.2", "1.1 1.1.post1 1.1.9")]
    // Inclusive ordered comparison
    [InlineData(">=1.5", "1.5 1.5.post1 1.6 1!0.1", "1.4 1.5a1 1.5.dev1")]
    [InlineData("<=1.5", "1.5 1.4 1.5+local", "1.5.post1 1.6")]
    // Exclusive ordered comparison
    [InlineData(">1.7", "1.7.1 1.8", "1.7 1.7.0.post1 1.7+local 1.6")]
    [InlineData(">1.7.post2", "1.7.1 1.7.0.post3 1.7.post3", "1.7.0 1.7.post2 1.7.post1")]
    [InlineData("<1.7", "1.6 1.6.99", "1.7 1.7a1 1.7.dev1")]
    [InlineData("<1.7rc1", "1.7b2 1.6", "1.7rc1 1.7")]
    // Arbitrary equality
    [InlineData("===1.0", "1.0", "1.0.0 1.0+local 1.0.post1")]
    // Clauses are joined by 'and'
    [InlineData("~=0.9,>=1.0,!=1.3.4.*,<2.0", "", "0.9 0.10 1.0 1.2 1.3.4 2.0")]
    [InlineData(">=1,!=1.3.4.*,<2", "1.0 1.3.3 1.3.5 1.9", "0.9 1.3.4 1.3.4.9 2.0")]
    public void Specifier_contains_versions(string specifier, string contained, string excluded)
    {
        var set = SpecifierSet.Parse(specifier);
        Assert.All(Words(contained), version => Assert.True(set.Contains(Version.Parse(version), true), version));
        Assert.All(Words(excluded), version => Assert.False(set.Contains(Version.Parse(version), true), version));
    }

    [Theory]
    [InlineData("~=1")]
    [InlineData("~=1.0+local")]
    [InlineData("~=1.0.*")]
    [InlineData(">=1.0.*")]
    [InlineData("<1.0+local")]
    [InlineData("==1.0.dev1.*")]
    [InlineData("==1.0+local.*")]
    [InlineData("=1.0")]
    [InlineData("=>1.0")]
    [InlineData("1.0")]
    [InlineData(">=")]
    [InlineData(">=1.0 <2.0")]
    public void Text_is_no_specifier(string text) => Assert.False(SpecifierSet.TryParse(text).Success);

    /// <summary>"Handling of pre-releases": excluded by default, unless a clause names one or nothing else is
    /// left.</summary>
    [Theory]
    [InlineData(">=1.0", "1.0 1.1 2.0a1", "1.0 1.1")]
    [InlineData(">=1.0", "2.0a1 2.0b1", "2.0a1 2.0b1")]
    [InlineData(">=2.0a1", "1.0 2.0a1 2.0", "2.0a1 2.0")]
    [InlineData(">=1.0.dev1", "1.0.dev1 1.0a1 1.0", "1.0.dev1 1.0a1 1.0")]
    [InlineData("", "1.0 2.0rc1", "1.0")]
    public void Prereleases_are_the_last_choice(string specifier, string versions, string chosen) =>
        Assert.Equal(Words(chosen), SpecifierSet.Parse(specifier).Filter(Words(versions)));

    private static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
