using Resolver.Packaging.Scripts;

namespace Resolver.Packaging.Tests.Scripts;

/// <summary>Inline script metadata (PEP 723).</summary>
public sealed class ScriptMetadataTests
{
    private static string[] Blocks(string script) =>
        [
            .. ScriptBlockScanner
                .Scan(script)
                .Select(b => $"{b.Type}@{b.Line}:{b.Content.Replace("\n", "|", StringComparison.Ordinal)}"),
        ];

    [Fact]
    public void A_block_is_the_text_between_its_markers_without_comment_signs() =>
        Assert.Equal(["script@2:a|  b||"], Blocks("#!/usr/bin/python\n# /// script\n# a\n#   b\n#\n# ///\nimport x\n"));

    [Fact]
    public void The_end_is_the_last_sign_of_the_run_of_comments() =>
        Assert.Equal(
            ["some-toml@1:x = \"\"\"|/// <summary>|/// text|///|/// </summary>|class X { }|\"\"\"|"],
            Blocks(
                "# /// some-toml\n# x = \"\"\"\n# /// <summary>\n# /// text\n# ///\n# /// </summary>\n# class X { "
                    + "}\n# \"\"\"\n# ///\n"
            )
        );

    [Fact]
    public void A_line_that_is_no_content_ends_the_run()
    {
        Assert.Equal(["a@1:1|"], Blocks("# /// a\n# 1\n# ///\n\n# ///\n"));
        Assert.Equal(["a@1:1|"], Blocks("# /// a\n# 1\n# ///\n#x\n# ///\n"));
    }

    [Theory]
    [InlineData("# /// script\n# a\n")]
    [InlineData("# /// script\n# a\n#b\n# ///\n")]
    [InlineData("# /// script\n# a\n\n# ///\n")]
    [InlineData("# /// script\n# ///\n")]
    [InlineData("# ///script\n# a\n# ///\n")]
    [InlineData("# /// script_x\n# a\n# ///\n")]
    [InlineData("# /// script x\n# a\n# ///\n")]
    [InlineData("# /// \n# a\n# ///\n")]
    [InlineData(" # /// script\n # a\n # ///\n")]
    [InlineData("#  /// script\n# a\n# ///\n")]
    [InlineData("# /// script\n# a\n# /// \n")]
    public void What_is_not_closed_or_not_opened_to_the_letter_is_no_block(string script)
    {
        Assert.Empty(Blocks(script));
        Assert.False(ScriptMetadata.HasBlock(script));
    }

    [Fact]
    public void A_marker_within_a_block_opens_no_further_block() =>
        Assert.Equal(["a@1:/// b|c|"], Blocks("# /// a\n# /// b\n# c\n# ///\n"));

    [Fact]
    public void An_unclosed_block_hides_no_later_one() =>
        Assert.Equal(["b@3:c|"], Blocks("# /// a\nx = 1\n# /// b\n# c\n# ///\n"));

    [Fact]
    public void A_run_of_openings_without_an_end_is_read_once() =>
        Assert.Empty(Blocks(string.Concat(Enumerable.Repeat("# /// a\n", 100_000))));

    [Theory]
    [InlineData("\r\n")]
    [InlineData("\r")]
    public void Line_ends_of_other_systems_are_line_ends(string end) =>
        Assert.Equal(["script@1:a|"], Blocks($"# /// script{end}# a{end}# ///{end}"));

    [Fact]
    public void Dependencies_and_Python_are_read()
    {
        var script = ScriptMetadata
            .TryParse(
                """
                # /// script
                # requires-python = ">=3.11"
                # dependencies = [
                #   "requests<3",
                #   "rich",
                # ]
                # [tool.x]
                # y = 1
                # ///
                """,
                "s.py"
            )
            .Value;

        Assert.Equal(["requests", "rich"], script.Dependencies.Select(d => d.Parsed.Value.Name.ToString()));
        Assert.Equal((">=3.11", true), (script.RequiresPython!.ToString(), script.Tool("x")!.Has("y")));
        Assert.Empty(script.Errors);
    }

    [Fact]
    public void Messages_name_the_scripts_own_lines()
    {
        Assert.StartsWith(
            "s.py:4:",
            ScriptMetadata
                .TryParse("\n\n# /// script\n# dependencies = [\n# ///\n", "s.py")
                .Error!.ToString()
                .Replace("s.py:5:", "s.py:4:", StringComparison.Ordinal),
            StringComparison.Ordinal
        );
        Assert.Equal(
            3,
            ScriptMetadata
                .TryParse("import a\n# /// script\n# dependencies = ['b b']\n# ///\n", "s.py")
                .Value.Errors.Single()
                .Line
        );
    }

    [Fact]
    public void Two_script_blocks_are_an_error_and_other_types_do_not_count()
    {
        const string block = "# /// script\n# dependencies = []\n# ///\n\n";

        Assert.Equal(
            "s.py:5:1: expected at most one (PEP 723), found a second block of the type 'script', the first in line 1",
            ScriptMetadata.TryParse(block + block, "s.py").Error!.ToString()
        );
        Assert.True(
            ScriptMetadata.TryParse(block + block.Replace("script", "other", StringComparison.Ordinal), "s.py").Success
        );
    }

    [Fact]
    public void A_script_without_a_block_needs_nothing()
    {
        var script = ScriptMetadata.TryParse("print()\n", "s.py").Value;

        Assert.Empty(script.Dependencies);
        Assert.Null(script.RequiresPython);
    }

    [Theory]
    [InlineData("dependencies = 'x'")]
    [InlineData("dependencies = [1]")]
    [InlineData("requires-python = 'x'")]
    [InlineData("requires-python = 3")]
    [InlineData("tool = 1")]
    [InlineData("dependency = []")]
    public void What_the_standard_forbids_is_an_error(string line) =>
        Assert.Single(ScriptMetadata.TryParse($"# /// script\n# {line}\n# ///\n", "s.py").Value.Errors);

    [Fact]
    public void No_text_crashes_the_reader() =>
        DocumentFuzz.Run(
            [
                "# /// script\n# dependencies = [\n#   'a>1',\n# ]\n# ///\n\nx = 1\n",
                "# /// a\n# b\n#\n# ///\n# /// script\n# requires-python='>=3'\n# ///\n",
            ],
            text => Assert.True(ScriptMetadata.TryParse(text, "s.py") is { Success: true } or { Error.Line: > 0 })
        );
}
