using CsCheck;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Xunit;

namespace Resolver.Packaging.Tests.Markers;

/// <summary>What is left of a marker when everything but <c>extra</c> is judged (PEP 508; PEP 685).</summary>
public sealed class ExtraFormulaTests
{
    private static readonly MarkerEnvironment Environment = MarkerEnvironment.CPython311OnLinux;

    private static readonly Gen<string> Comparison = Gen.OneOf(
        "extra == 'a'",
        "extra != 'a'",
        "extra == 'B_b'",
        "'b.b' != extra",
        "extra == 'c'",
        "extra != 'c'",
        "os_name == 'posix'",
        "os_name == 'nt'",
        "python_version < '3.8'",
        "python_version >= '3.8'",
        "extra == 'no name'"
    );

    private static readonly Gen<string> Markers = Gen.Recursive<string>(
        (depth, inner) =>
            depth > 3
                ? Comparison
                : Gen.Frequency(
                    (2, Comparison),
                    (1, Gen.Select(inner, inner, (a, b) => $"({a}) and ({b})")),
                    (1, Gen.Select(inner, inner, (a, b) => $"({a}) or ({b})"))
                )
    );

    private static readonly ExtraName[] Names = [.. new[] { "a", "b-b", "c" }.Select(ExtraName.Parse)];

    [Fact]
    public void The_formula_agrees_with_the_marker_for_every_set_of_extras() =>
        Markers.Sample(
            text =>
            {
                var marker = Marker.Parse(text);
                var formula = marker.Reduce(Environment).Value;
                return Subsets().All(extras => formula.Holds(extras) == marker.TryEvaluate(Environment, extras).Value);
            },
            iter: 3_000
        );

    [Fact]
    public void Equivalent_markers_have_one_formula() =>
        Gen.Select(Markers, Markers)
            .Sample(
                (a, b) =>
                {
                    var (left, right) = (
                        Marker.Parse(a).Reduce(Environment).Value,
                        Marker.Parse(b).Reduce(Environment).Value
                    );
                    var equivalent = Subsets().All(extras => left.Holds(extras) == right.Holds(extras));
                    return equivalent == left.Equals(right)
                        && (!equivalent || left.GetHashCode() == right.GetHashCode());
                },
                iter: 3_000
            );

    [Fact]
    public void No_alternative_contradicts_itself_or_contains_another() =>
        Markers.Sample(
            text =>
            {
                var alternatives = Marker.Parse(text).Reduce(Environment).Value.Alternatives;
                return alternatives.All(alternative =>
                        alternative.Select(literal => literal.Extra).Distinct().Count() == alternative.Count
                    ) && !alternatives.Any(a => alternatives.Any(b => !ReferenceEquals(a, b) && a.All(b.Contains)));
            },
            iter: 2_000
        );

    [Theory]
    [InlineData("extra == 'Foo_Bar'", "extra == \"foo-bar\"")]
    [InlineData("extra == 'a' or extra != 'a'", "true")]
    [InlineData("extra == 'a' and extra != 'a'", "false")]
    [InlineData("os_name == 'nt' and extra == 'a'", "false")]
    [InlineData("os_name == 'posix' and extra == 'a'", "extra == \"a\"")]
    [InlineData("extra == 'a' and extra == 'b' or extra == 'a' and extra != 'b'", "extra == \"a\"")]
    [InlineData("extra == 'a' or extra == 'a' and extra == 'b'", "extra == \"a\"")]
    [InlineData("os_name == 'posix'", "true")]
    public void The_formula_is_as_short_as_it_can_be(string marker, string formula) =>
        Assert.Equal(formula, Marker.Parse(marker).Reduce(Environment).Value.ToString());

    [Theory]
    [InlineData("os_name ~= 'x' and extra == 'a'")]
    [InlineData("extra == 'a' or 'x' == 'y'")]
    [InlineData("extra in 'a b'")]
    [InlineData("extra == 'a' and 'x' in extras")]
    public void What_cannot_be_judged_is_an_error_at_any_position(string marker) =>
        Assert.False(Marker.Parse(marker).Reduce(Environment).Success);

    [Fact]
    public void A_marker_that_would_explode_is_refused()
    {
        var marker = string.Join(" and ", Enumerable.Range(0, 40).Select(i => $"(extra == 'a{i}' or extra == 'b{i}')"));
        Assert.False(Marker.Parse(marker).Reduce(Environment).Success);
    }

    private static IEnumerable<ExtraName[]> Subsets() =>
        Enumerable.Range(0, 1 << Names.Length).Select(set => Names.Where((_, i) => (set >> i & 1) == 1).ToArray());
}
