using CsCheck;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tests.Versions;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Specifiers;

/// <summary>PEP 440, "Version specifiers".</summary>
public sealed class SpecifierProperties
{
    [Fact]
    public void A_clause_admits_what_the_words_of_the_standard_say() =>
        Gen.OneOf(VersionTexts.Close, VersionTexts.Any)
            .Array[2]
            .Sample(
                texts =>
                    SpecifierTexts
                        .Clause(Gen.Const(texts[0]))
                        .Sample(
                            clause =>
                                SpecifierSet.Parse(clause).Contains(Version.Parse(texts[1]))
                                == PlainSpecifier.Admits(clause, PlainVersion.Read(texts[1])!),
                            iter: 5,
                            threads: 1
                        ),
                iter: 10_000
            );

    [Fact]
    public void A_set_admits_what_each_of_its_clauses_admits() =>
        Gen.Select(SpecifierTexts.Set(VersionTexts.Close), VersionTexts.Close)
            .Sample(
                (text, candidate) =>
                    SpecifierSet.Parse(text).Contains(Version.Parse(candidate))
                    == text.Split(',', StringSplitOptions.RemoveEmptyEntries)
                        .All(clause => PlainSpecifier.Admits(clause, PlainVersion.Read(candidate)!)),
                iter: 10_000
            );

    [Fact]
    public void An_intersection_agrees_with_both_sets_version_by_version() =>
        Gen.Select(SpecifierTexts.Set(VersionTexts.Close), SpecifierTexts.Set(VersionTexts.Close), VersionTexts.Close)
            .Sample(
                (a, b, text) =>
                {
                    var (left, right, version) = (SpecifierSet.Parse(a), SpecifierSet.Parse(b), Version.Parse(text));
                    return left.Intersect(right).Contains(version)
                        == (left.Contains(version) && right.Contains(version));
                },
                iter: 5_000
            );

    [Fact]
    public void Reading_what_was_written_gives_an_equal_set() =>
        SpecifierTexts
            .Set(VersionTexts.Any)
            .Sample(
                text =>
                {
                    var set = SpecifierSet.Parse(text);
                    var again = SpecifierSet.Parse(set.ToString());
                    return again.Equals(set)
                        && again.GetHashCode() == set.GetHashCode()
                        && again.ToString() == set.ToString();
                },
                iter: 5_000
            );

    [Fact]
    public void The_order_of_clauses_carries_no_meaning() =>
        SpecifierTexts
            .Set(VersionTexts.Close)
            .Sample(
                text =>
                    SpecifierSet.Parse(string.Join(" , ", text.Split(',').Reverse())).Equals(SpecifierSet.Parse(text)),
                iter: 2_000
            );

    [Fact]
    public void Filtering_keeps_prereleases_only_where_nothing_else_is_left_or_they_are_requested()
    {
        var versions = new[] { "1.0", "1.1a1", "2.0b1" }.Select(Version.Parse).ToArray();
        Assert.Equal(["1.0"], SpecifierSet.Parse(">=1").Filter(versions).Select(version => version.ToString()));
        Assert.Equal(
            ["1.1a1", "2.0b1"],
            SpecifierSet.Parse(">1.0").Filter(versions).Select(version => version.ToString())
        );
        Assert.Equal(
            ["1.1a1", "2.0b1"],
            SpecifierSet.Parse(">=1.0.1.dev1").Filter(versions).Select(version => version.ToString())
        );
        Assert.Empty(SpecifierSet.Parse(">1.0").Filter(versions, prereleases: false));
        Assert.Equal(3, SpecifierSet.Any.Filter(versions, prereleases: true).Count);
    }

    [Fact]
    public void Arbitrary_equality_compares_texts_whatever_their_case()
    {
        var set = SpecifierSet.Parse("===Wild.Card");
        Assert.True(set.Contains("wILD.cARD"));
        Assert.False(set.Contains("wild.card.0"));
        Assert.False(SpecifierSet.Parse("===1.0").Contains(Version.Parse("1.0.0")));
        Assert.True(SpecifierSet.Parse("===1.0,===1.1").IsUnsatisfiable);
    }
}
