using CsCheck;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Versions;

/// <summary>PEP 440, "Summary of permitted suffixes and relative ordering", "Normalization".</summary>
public sealed class VersionProperties
{
    [Fact]
    public void The_order_agrees_with_a_plain_reference() =>
        Gen.Select(VersionTexts.Any, VersionTexts.Any)
            .Sample(
                (a, b) =>
                {
                    var order = Math.Sign(Version.Parse(a).CompareTo(Version.Parse(b)));
                    return order == Math.Sign(PlainVersion.Read(a)!.CompareTo(PlainVersion.Read(b)!));
                },
                iter: 20_000
            );

    [Fact]
    public void Equal_versions_have_equal_hashes() =>
        VersionTexts.Any.Sample(
            text =>
            {
                var (release, suffixes) = Split(text);
                var (version, padded) = (Version.Parse(text), Version.Parse(release + ".0.0.0" + suffixes));
                return version == padded
                    && version.GetHashCode() == padded.GetHashCode()
                    && version.ToCanonicalString() == padded.ToCanonicalString();
            },
            iter: 5_000
        );

    [Fact]
    public void The_order_is_antisymmetric_and_transitive() =>
        Gen.Select(VersionTexts.Any, VersionTexts.Any, VersionTexts.Any)
            .Sample(
                (a, b, c) =>
                {
                    Version[] sorted = [Version.Parse(a), Version.Parse(b), Version.Parse(c)];
                    Array.Sort(sorted);
                    for (var i = 0; i < 3; i++)
                        for (var j = i; j < 3; j++)
                            if (
                                sorted[i].CompareTo(sorted[j]) > 0
                                || Math.Sign(sorted[i].CompareTo(sorted[j])) != -Math.Sign(sorted[j].CompareTo(sorted[i]))
                            )
                                return false;
                    return true;
                },
                iter: 5_000
            );

    [Fact]
    public void Reading_what_was_written_gives_the_same_version_and_text() =>
        VersionTexts.Any.Sample(
            text =>
            {
                var version = Version.Parse(text);
                var again = Version.Parse(version.ToString());
                return again == version
                    && again.ToString() == version.ToString()
                    && Version.Parse(version.ToCanonicalString()) == version;
            },
            iter: 10_000
        );

    [Fact]
    public void White_space_case_and_a_leading_v_carry_no_meaning() =>
        VersionTexts.Any.Sample(
            text =>
                Version.Parse($"\u001f v{text.ToUpperInvariant()}\u3000\n").ToString()
                == Version.Parse(text).ToString(),
            iter: 2_000
        );

    [Fact]
    public void The_default_value_is_version_zero()
    {
        Assert.Equal(Version.Parse("0"), default);
        Assert.Equal("0", default(Version).ToString());
        Assert.False(default(Version).IsPrerelease);
    }

    [Fact]
    public void Only_ASCII_digits_are_digits() =>
        Assert.All(["١.0", "1.٠", "1.0a１", "1.0+②"], text => Assert.False(Version.TryParse(text).Success));

    [Fact]
    public void Numbers_of_any_length_are_read_and_ordered_in_linear_time()
    {
        var digits = new string('9', 1_000_000);
        var (large, larger) = (Version.Parse("1." + digits), Version.Parse("1.1" + digits));
        Assert.True(large < larger);
        Assert.Equal("1." + digits, large.ToString());
    }

    private static (string Release, string Suffixes) Split(string text)
    {
        var start = text.IndexOf('!', StringComparison.Ordinal) + 1;
        var end = start;
        while (
            end < text.Length
            && (
                char.IsAsciiDigit(text[end])
                || (text[end] == '.' && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))
            )
        )
            end++;
        return (text[..end], text[end..]);
    }
}
