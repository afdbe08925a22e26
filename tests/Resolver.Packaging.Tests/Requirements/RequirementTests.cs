using CsCheck;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Tests.Specifiers;
using Resolver.Packaging.Tests.Versions;
using Xunit;

namespace Resolver.Packaging.Tests.Requirements;

/// <summary>PEP 508.</summary>
public sealed class RequirementTests
{
    private static readonly Gen<string> Names = Gen.OneOf("a", "Zope.Interface", "a-b_c", "0x");

    private static readonly Gen<string> Texts = Gen.Select(
        Names,
        Gen.OneOf("", "[]", "[x]", " [ x , Y_z ] "),
        Gen.OneOf(
            SpecifierTexts.Set(VersionTexts.Any),
            SpecifierTexts.Set(VersionTexts.Close).Select(set => $" ({set})"),
            Gen.Const(" @ https://example.org/a;b?c#d "),
            Gen.Const("@file:///tmp/a.whl ")
        ),
        Gen.OneOf("", ";os_name == 'nt'", "; (os_name == 'nt' or extra == 'X_y') and python_version<'3'"),
        (name, extras, versions, marker) => name + extras + versions + marker
    );

    /// <summary>Some found by fuzzing: <see cref="Requirement.ToString"/> is as packaging writes it, and does not read
    /// back.</summary>
    [Theory]
    [InlineData("a; 'b\\\u0001' >= '\\\\\\\\'")]
    [InlineData("a; ('\\\\' in os_name and extra == 'x') or python_version >= os_name")]
    [InlineData("a>=1; 'w\\\\\\\\' in os_name or os_name == 'x'")]
    [InlineData("a[x] @ https://example.org/a;b ; os_name == '\\x07\\x22\\x27'")]
    [InlineData("a<2,>=1; os_name == 'line\\nend'")]
    public void Text_with_backslashes_reads_back_and_takes_conditions(string text)
    {
        var requirement = Requirement.Parse(text);

        Assert.Equal(requirement, Requirement.Parse(requirement.ToReadableText()));
        Assert.Equal(requirement, requirement.With(requirement.RawExtras, requirement.Marker));
        var under = Requirement.Parse(requirement.TextUnder("extra == 'y'"));
        Assert.Equal(requirement.Marker!.And(Marker.Is("extra", "y")), under.Marker);
        Assert.Equal((requirement.Url, requirement.Specifier), (under.Url, under.Specifier));
    }

    [Fact]
    public void Reading_what_was_written_gives_an_equal_requirement() =>
        Texts.Sample(
            text =>
            {
                var requirement = Requirement.Parse(text);
                var again = Requirement.Parse(requirement.ToString());
                return again.Equals(requirement)
                    && again.GetHashCode() == requirement.GetHashCode()
                    && again.ToString() == requirement.ToString();
            },
            iter: 5_000
        );

    [Fact]
    public void Spelling_of_names_and_extras_carries_no_meaning() =>
        Assert.Equal(
            Requirement.Parse("Foo.Bar[B_b,a]>=1.0; extra == 'X_y'"),
            Requirement.Parse("foo-bar [a, b-b] (>=1.0.0) ; extra=='x-y'")
        );

    [Fact]
    public void The_text_is_kept_as_written() =>
        Assert.Equal("Foo >= 1 ;os_name=='nt'", Requirement.Parse(" Foo >= 1 ;os_name=='nt'\t").Text);

    [Fact]
    public void A_URL_ends_at_white_space_and_may_hold_a_semicolon()
    {
        Assert.Equal("https://example.org/a;b", Requirement.Parse("a @ https://example.org/a;b").Url);
        Assert.NotNull(Requirement.Parse("a @ file:///ab ; os_name == 'nt'").Marker);
    }
}
