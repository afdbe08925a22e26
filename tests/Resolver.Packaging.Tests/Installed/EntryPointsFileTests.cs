using Resolver.Packaging.Installed;

namespace Resolver.Packaging.Tests.Installed;

/// <summary>entry_points.txt (PyPA, "Entry points specification").</summary>
public sealed class EntryPointsFileTests
{
    [Fact]
    public void The_scripts_are_those_of_both_groups_in_the_order_of_the_file() =>
        Assert.Equal(
            [("run", "tool.cli:main [color]"), ("window", "tool.gui:main"), ("more", "a:b")],
            Scripts(
                """
                [console_scripts]
                run = tool.cli:main [color]

                [tool.plugins]
                other = tool.plugin
                [gui_scripts]
                window=tool.gui:main
                [console_scripts]
                more = a:b
                """
            )
        );

    [Theory]
    [InlineData("run = a:b")]
    [InlineData("[console_scripts]\n# run = a:b")]
    [InlineData("[console_scripts]\n; run = a:b")]
    [InlineData("[console_scripts]\nrun")]
    [InlineData("[console_scripts]\n= a:b")]
    [InlineData("")]
    public void A_line_outside_a_group_a_comment_and_a_malformed_line_are_no_script(string text) =>
        Assert.Empty(Scripts(text));

    private static IEnumerable<(string Name, string Target)> Scripts(string text) =>
        [.. EntryPointsFile.Scripts(new StringReader(text))];
}
