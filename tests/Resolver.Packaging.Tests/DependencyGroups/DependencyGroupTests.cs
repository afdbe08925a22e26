using Resolver.Packaging.DependencyGroups;
using Resolver.Packaging.PyProjects;

namespace Resolver.Packaging.Tests.DependencyGroups;

/// <summary><c>[dependency-groups]</c> (PEP 735).</summary>
public sealed class DependencyGroupTests
{
    private static DependencyGroupTable Read(string body) =>
        PyProject.TryParse("[dependency-groups]\n" + body).Value.DependencyGroups;

    private static string Expand(DependencyGroupTable groups, string name) =>
        groups.Resolve(name) is { Success: true } list
            ? string.Join(", ", list.Value.Select(r => r.Text))
            : groups.Resolve(name).Error!.ToString();

    [Fact]
    public void An_include_is_the_other_groups_contents_in_its_place() =>
        Assert.Equal(
            "c, a, b, d",
            Expand(Read("foo = ['a', 'b']\nbar = ['c', {include-group = 'foo'}, 'd']\n"), "bar")
        );

    [Fact]
    public void Includes_of_includes_are_expanded_and_duplicates_stay() =>
        Assert.Equal(
            "foo, foo, foo>1.0, foo>1.0, foo<1.0",
            Expand(
                Read(
                    """
                    a = ['foo']
                    b = ['foo>1.0']
                    c = [{include-group = 'b'}, 'foo<1.0']
                    all = ['foo', {include-group = 'a'}, {include-group = 'b'}, {include-group = 'c'}]
                    """
                ),
                "all"
            )
        );

    [Fact]
    public void Names_are_compared_normalised_and_shown_as_written()
    {
        var groups = Read("Type_Checking = ['mypy']\nall = [{include-group = 'TYPE.checking'}]\n");

        Assert.Equal("mypy", Expand(groups, "all"));
        Assert.True(groups.Has("type-checking"));
        Assert.Equal(["Type_Checking", "all"], groups.Names);
    }

    [Fact]
    public void Two_names_that_are_equal_once_normalised_are_an_error_of_that_group_alone()
    {
        var groups = Read("a_b = []\n'a.b' = []\nc = ['x']\n");

        Assert.Contains("the groups 'a_b' and 'a.b'", Expand(groups, "A-B"), StringComparison.Ordinal);
        Assert.Equal("x", Expand(groups, "c"));
    }

    [Theory]
    [InlineData("a = [{include-group = 'a'}]", "the cycle a -> a")]
    [InlineData(
        "a = [{include-group = 'b'}]\nb = [{include-group = 'c'}]\nc = [{include-group = 'B'}]",
        "the cycle b -> c -> b"
    )]
    public void A_cycle_is_an_error_that_shows_it(string body, string cycle) =>
        Assert.Contains(cycle, Expand(Read(body + "\n"), "a"), StringComparison.Ordinal);

    [Fact]
    public void A_group_included_twice_is_no_cycle() =>
        Assert.Equal("x, x", Expand(Read("a = ['x']\nb = [{include-group = 'a'}, {include-group = 'a'}]\n"), "b"));

    [Fact]
    public void A_group_is_judged_only_when_it_is_requested()
    {
        var groups = Read("foo = ['pyparsing']\nbar = [{set-phasers-to = 'stun'}]\n");

        Assert.Equal("pyparsing", Expand(groups, "foo"));
        Assert.Equal(
            "pyproject.toml:3:8: expected a requirement, or { include-group = \"NAME\" }, found a table with the "
                + "keys 'set-phasers-to' in the group 'bar'",
            Expand(groups, "bar")
        );
        Assert.Single(groups.Validate());
    }

    [Theory]
    [InlineData("a = 'x'")]
    [InlineData("a = [1]")]
    [InlineData("a = ['not a requirement']")]
    [InlineData("a = [{include-group = 1}]")]
    [InlineData("a = [{include-group = 'b', other = 1}]\nb = []")]
    [InlineData("a = [{include-group = 'missing'}]")]
    [InlineData("a = [['x']]")]
    [InlineData("'-a' = []\na = [{include-group='-a'}]")]
    public void Anything_else_in_a_group_is_an_error_with_its_place(string body) =>
        Assert.Matches(@"^pyproject\.toml:\d+:\d+: expected ", Expand(Read(body + "\n"), "a"));

    [Fact]
    public void A_file_without_the_table_has_no_groups() =>
        Assert.Equal(
            "pyproject.toml: expected a table [dependency-groups], found no dependency group 'a'",
            Expand(PyProject.TryParse("").Value.DependencyGroups, "a")
        );

    [Fact]
    public void A_value_that_is_not_a_table_is_an_error()
    {
        var groups = PyProject.TryParse("dependency-groups = 1\n").Value.DependencyGroups;

        Assert.Contains("the integer 1 under 'dependency-groups'", Expand(groups, "a"), StringComparison.Ordinal);
        Assert.Single(groups.Validate());
    }

    [Fact]
    public void Includes_that_double_at_each_step_are_stopped()
    {
        var body = string.Concat(
            Enumerable
                .Range(1, 60)
                .Select(i => $"g{i} = [{{include-group = 'g{i - 1}'}}, {{include-group = 'g{i - 1}'}}]\n")
        );

        Assert.Contains("items after expansion", Expand(Read("g0 = []\n" + body), "g60"), StringComparison.Ordinal);
    }
}
