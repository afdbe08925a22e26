using CsCheck;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Explanations.Report;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Bounds as people write them: nothing of the set is lost, and nothing stands there that says
/// nothing.</summary>
public sealed class BoundTextTests
{
    private static readonly Gen<SpecifierSet> Sets = Gen.Select(
            Gen.OneOf(">=", ">", "<=", "<", "!=", "==", "~="),
            Gen.Int[0, 6],
            Gen.Int[0, 2],
            (comparison, major, minor) => $"{comparison}{major}.{minor}"
        )
        .Array[0, 9]
        .Select(clauses => SpecifierSet.Parse(string.Join(',', clauses)));

    [Fact]
    public void Bounds_are_the_set_that_they_are_of() =>
        Sets.Sample(set => SpecifierSet.Parse(BoundText.Of(set)).Ranges.Equals(set.Ranges), iter: 5_000);

    [Fact]
    public void Of_each_end_only_the_narrowest_is_shown() =>
        Sets.Sample(
            set =>
            {
                var left = SpecifierSet.Parse(BoundText.Of(set)).Specifiers;
                return left.Where(each => each.Operator is ">=" or ">" or "<=" or "<")
                        .GroupBy(each => each.Operator)
                        .All(group => group.Count() == 1)
                    && !left.Any(each =>
                        each.Operator == "!="
                        && left.Any(start => start.Operator == ">=" && start.Version > each.Version)
                    );
            },
            iter: 5_000
        );

    [Fact]
    public void Starts_come_first_and_exclusions_last() =>
        Assert.Equal(">=1,<3,!=1.5,!=2", BoundText.Of(SpecifierSet.Parse("!=2,<3,!=1.5,>=1,!=0.5,>=0.7")));
}
