using Resolver.Packaging.Metadata;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.PyProjects;

namespace Resolver.Packaging.Tests.Standards;

/// <summary>PEP 735 (dependency groups) as examples, one row each: the table, a group, its requirements.</summary>
public sealed class Pep735Examples
{
    [Theory]
    [InlineData("test = ['pytest', 'coverage']", "test", "pytest, coverage")]
    [InlineData("test = ['pytest>7', 'coverage[toml]']", "test", "pytest>7, coverage[toml]")]
    [InlineData("empty = []", "empty", "")]
    [InlineData("Test_Group = ['pytest']", "test-group", "pytest")]
    [InlineData("a = ['x']\nb = [{include-group = 'a'}, 'y']", "b", "x, y")]
    [InlineData("a = ['x']\nb = ['y', {include-group = 'a'}]", "b", "y, x")]
    [InlineData("a = ['x']\nb = [{include-group = 'A'}]", "b", "x")]
    [InlineData("a = ['x']\nb = ['x', {include-group = 'a'}]", "b", "x, x")]
    [InlineData(
        "coverage = ['coverage[toml]']\ntest = ['pytest', {include-group = 'coverage'}]\nall = [{include-group = "
            + "'test'}]",
        "all",
        "pytest, coverage[toml]"
    )]
    public void Group_has_requirements(string table, string group, string requirements) =>
        Assert.Equal(requirements, string.Join(", ", Read(table, group).Value.Select(each => each.Text)));

    [Theory]
    [InlineData("a = ['x']", "b")]
    [InlineData("a = [{include-group = 'b'}]", "a")]
    [InlineData("a = [{include-group = 'a'}]", "a")]
    [InlineData("a = [{include-group = 'b'}]\nb = [{include-group = 'a'}]", "a")]
    [InlineData("a = ['not a requirement!']", "a")]
    [InlineData("a = 'x'", "a")]
    [InlineData("a = [1]", "a")]
    [InlineData("a = [{set-phasers-to = 'stun'}]", "a")]
    [InlineData("a = [{include-group = 'b', extra = 1}]\nb = []", "a")]
    [InlineData("a-b = []\na_b = []", "a-b")]
    public void Group_is_invalid(string table, string group) => Assert.False(Read(table, group).Success);

    private static DocumentResult<IReadOnlyList<DeclaredRequirement>> Read(string table, string group) =>
        PyProject.TryParse("[dependency-groups]\n" + table).Value.DependencyGroups.Resolve(group);
}
