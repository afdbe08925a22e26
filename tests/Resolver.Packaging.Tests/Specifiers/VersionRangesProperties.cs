using CsCheck;
using Resolver.Packaging.Specifiers;
using Resolver.Packaging.Tests.Versions;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Tests.Specifiers;

/// <summary>The laws of sets, and membership version by version.</summary>
public sealed class VersionRangesProperties
{
    private static readonly Gen<VersionRanges> Clauses = SpecifierTexts
        .Set(VersionTexts.Close)
        .Select(text => SpecifierSet.Parse(text).Ranges);

    private static readonly Gen<VersionRanges> Sets = Gen.OneOf(
        Clauses,
        VersionTexts.Close.Array[0, 4].Select(texts => VersionRanges.Of(texts.Select(Version.Parse))),
        Gen.Select(Clauses, Clauses, (a, b) => a.Union(b)),
        Clauses.Select(a => a.Complement())
    );

    [Fact]
    public void Operations_agree_with_membership() =>
        Gen.Select(Sets, Sets, Gen.OneOf(VersionTexts.Close, VersionTexts.Any))
            .Sample(
                (a, b, text) =>
                {
                    var version = Version.Parse(text);
                    var (inA, inB) = (a.Contains(version), b.Contains(version));
                    return a.Union(b).Contains(version) == (inA || inB)
                        && a.Intersect(b).Contains(version) == (inA && inB)
                        && a.Except(b).Contains(version) == (inA && !inB)
                        && a.Complement().Contains(version) != inA;
                },
                iter: 10_000
            );

    /// <summary>Sets of many intervals are searched by halves: the same answer as clause by clause.</summary>
    [Fact]
    public void Membership_in_a_set_of_many_intervals_is_that_of_each_clause() =>
        Gen.Select(Gen.Int[0, 30].Array[20, 200], Gen.Int[0, 32], Gen.OneOf("", "a1", ".post1", "+l", ".dev1"))
            .Sample(
                (excluded, number, suffix) =>
                {
                    var clauses = excluded.Select(each => Specifier.Parse($"!=1.{each}")).ToList();
                    var version = Version.Parse($"1.{number}{suffix}");
                    return SpecifierSet.Parse(string.Join(',', clauses)).Contains(version)
                        == clauses.TrueForAll(each => each.Contains(version));
                },
                iter: 2_000
            );

    [Fact]
    public void Equal_sets_are_one_value() =>
        Gen.Select(Sets, Sets, Sets)
            .Sample(
                (a, b, c) =>
                    a.Complement().Complement().Equals(a)
                    && a.Union(b).Equals(b.Union(a))
                    && a.Intersect(b).Equals(b.Intersect(a))
                    && a.Union(b).Union(c).Equals(a.Union(b.Union(c)))
                    && a.Intersect(b).Intersect(c).Equals(a.Intersect(b.Intersect(c)))
                    && a.Intersect(b.Union(c)).Equals(a.Intersect(b).Union(a.Intersect(c)))
                    && a.Union(b).Complement().Equals(a.Complement().Intersect(b.Complement()))
                    && a.Except(b).Equals(a.Intersect(b.Complement()))
                    && a.Union(a.Complement()).IsAll
                    && a.Intersect(a.Complement()).IsEmpty
                    && a.Union(b).GetHashCode() == b.Union(a).GetHashCode(),
                iter: 5_000
            );

    [Fact]
    public void Relations_agree_with_operations() =>
        Gen.Select(Sets, Sets)
            .Sample(
                (a, b) =>
                    a.IsSubsetOf(b) == a.Union(b).Equals(b)
                    && a.IsSupersetOf(b) == b.IsSubsetOf(a)
                    && a.IsDisjointFrom(b) == a.Intersect(b).IsEmpty
                    && a.Intersect(b).IsSubsetOf(a)
                    && a.IsSubsetOf(a.Union(b))
                    && VersionRanges.Empty.IsSubsetOf(a)
                    && a.IsSubsetOf(VersionRanges.All),
                iter: 5_000
            );

    [Fact]
    public void A_set_that_is_not_empty_has_a_version_near_its_ends() =>
        Clauses.Sample(set => set.IsEmpty || Witnesses.Any(set.Contains), iter: 1_000);

    [Fact]
    public void The_text_reads_back_as_the_same_set_wherever_the_standard_has_words_for_it() =>
        Sets.Sample(
            set =>
            {
                var text = set.ToString();
                if (text.Contains('(', StringComparison.Ordinal))
                    return true;
                var again = text switch
                {
                    "any" => VersionRanges.All,
                    "none" => VersionRanges.Empty,
                    _ => text.Split(" || ")
                        .Select(part => SpecifierSet.Parse(part).Ranges)
                        .Aggregate((a, b) => a.Union(b)),
                };
                // '==V' of a public version admits its local labels as well; a set of single versions does not.
                return again.Equals(set) || set.IsSubsetOf(again);
            },
            iter: 5_000
        );

    [Theory]
    [InlineData("", "any")]
    [InlineData(">=2,<1", "none")]
    [InlineData(">=1.2,<2,!=1.5", ">=1.2,<2,!=1.5")]
    [InlineData("!=1.5", "!=1.5")]
    [InlineData("==3.*", "==3.*")]
    [InlineData("!=3.0.*", "!=3.0.*")]
    [InlineData("==1.0+x", "==1.0+x")]
    [InlineData(">1.0", ">1.0")]
    [InlineData(">1.0a1", ">1.0a1")]
    [InlineData("<=1.0", "<=1.0")]
    [InlineData("~=1.4.2", ">=1.4.2,<1.5")]
    [InlineData("==1.2.*,!=1.2.3", "==1.2.*,!=1.2.3")]
    public void The_text_is_that_of_a_specifier(string specifier, string text) =>
        Assert.Equal(text, SpecifierSet.Parse(specifier).Ranges.ToString());

    [Fact]
    public void Neighbouring_ranges_merge()
    {
        var merged = SpecifierSet.Parse(">=1,<2").Ranges.Union(SpecifierSet.Parse(">=2.dev0,<3").Ranges);
        Assert.Equal(">=1,<3", merged.ToString());
        Assert.Equal(
            "<1.5 || >=2",
            SpecifierSet.Parse("<1.5").Ranges.Union(SpecifierSet.Parse(">=2").Ranges).ToString()
        );
    }

    /// <summary>Around every end that the small world of <see cref="VersionTexts.Close"/> can make: each kind of
    /// neighbour on either side.</summary>
    private static readonly Version[] Witnesses =
    [
        .. from start in new[]
        {
            "0",
            "0.0.1",
            "0.0.2",
            "0.1",
            "1",
            "1.0.0.1",
            "1.0.0.2",
            "1.0.1",
            "1.1",
            "1.2",
            "1.3",
            "2",
            "3",
            "1!0",
            "1!0.1",
            "1!1",
            "1!1.1",
            "1!2",
        }
        from release in new[] { start, start + ".0.0.0.0.0.1" }
        from suffix in new[]
        {
            "",
            "a1",
            "a1.post0",
            "a1.post1",
            "a2",
            "a3",
            "rc1",
            "rc2",
            ".post0",
            ".post1",
            ".post2",
            ".post3",
        }
        from dev in new[] { "", ".dev0", ".dev1", ".dev2", ".dev3" }
        from local in new[] { "", "+0a", "+a", "+a.0", "+a.1", "+x", "+z", "+1", "+9" }
        select Version.Parse(release + suffix + dev + local),
    ];
}
