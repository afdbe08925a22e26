using CsCheck;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Packaging.Tests.Names;

public sealed class NameDistanceTests
{
    private static readonly Gen<string> Name = Gen.Char["abc-"].Array[0, 9].Select(letters => new string(letters));

    [Fact]
    public void The_distance_is_the_least_number_of_slips_as_the_recursion_defines_it() =>
        Gen.Select(Name, Name).Sample((a, b) => Assert.Equal(Defined(a, b), NameDistance.Between(a, b)));

    [Fact]
    public void A_limit_changes_no_distance_within_it_and_leaves_the_others_beyond_it() =>
        Gen.Select(Name, Name, Gen.Int[0, 5])
            .Sample(
                (a, b, most) =>
                {
                    var defined = Defined(a, b);
                    var found = NameDistance.Between(a, b, most);
                    if (defined <= most)
                        Assert.Equal(defined, found);
                    else
                        Assert.True(found > most);
                }
            );

    [Theory]
    [InlineData("numpy", "nunpy", 1)]
    [InlineData("numpy", "nmupy", 1)]
    [InlineData("setuptools-scm", "setuptoolsscm", 0)]
    [InlineData("requests", "requsets", 1)]
    [InlineData("requests", "qusts", null)]
    [InlineData("six", "sax", 1)]
    [InlineData("ab", "ac", null)]
    public void A_slip_is_one_letter_or_two_of_a_long_name(string a, string b, int? expected) =>
        Assert.Equal(expected, NameDistance.OfSlip(a, b));

    /// <summary>The recursive definition over prefixes, without a table.</summary>
    private static int Defined(string a, string b) => new Prefixes(a, b).Distance(a.Length, b.Length);

    private sealed class Prefixes(string a, string b)
    {
        private readonly Dictionary<(int, int), int> known = [];

        public int Distance(int i, int j)
        {
            if (i == 0 || j == 0)
                return i + j;
            if (known.TryGetValue((i, j), out var before))
                return before;
            List<int> ways =
            [
                Distance(i - 1, j) + 1,
                Distance(i, j - 1) + 1,
                Distance(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1),
            ];
            if (i > 1 && j > 1 && a[(i - 2)..i] == new string([b[j - 1], b[j - 2]]))
                ways.Add(Distance(i - 2, j - 2) + 1);
            return known[(i, j)] = ways.Min();
        }
    }
}
