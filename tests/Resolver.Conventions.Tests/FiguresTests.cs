using System.Text.RegularExpressions;

namespace Resolver.Conventions.Tests;

/// <summary>Figures of speed and memory stand in docs/performance.md and docs/scale.md, which a command writes from
/// what it measures. Whoever quotes one quotes what stands there.</summary>
public sealed partial class FiguresTests
{
    private static readonly string[] Reports = ["docs/performance.md", "docs/scale.md"];

    /// <summary>Times that are rules and no measurements.</summary>
    private static readonly HashSet<string> Rules = ["docs/archive.md: 50 ms", "docs/archive.md: 2 s"];

    [Fact]
    public void Every_figure_of_speed_or_memory_in_the_README_and_docs_is_in_a_report()
    {
        var reported = string.Concat(Reports.Select(Text));
        var pages = Repository
            .Files("docs", ".md")
            .Select(path => Path.GetRelativePath(Repository.Root, path).Replace('\\', '/'))
            .Append("README.md")
            .Except(Reports);

        var unknown = pages
            .SelectMany(page =>
                Figure().Matches(Prose(Text(page))).Select(figure => (Page: page, Figure: figure.Value))
            )
            .Where(each =>
                !Rules.Contains($"{each.Page}: {each.Figure}")
                && !reported.Contains(each.Figure, StringComparison.Ordinal)
            )
            .Select(each =>
                $"{each.Page}: '{each.Figure}' stands in no report: link to {Reports[0]} instead of copying, or "
                + $"quote what it says"
            );

        Assert.Empty(unknown);
    }

    [Theory]
    [InlineData("reading took 1.5 s on a quiet machine", "1.5 s")]
    [InlineData("is 2.5 times as fast as before", "2.5 times as fast")]
    [InlineData("206 MB of memory", "206 MB of memory")]
    [InlineData("version 1.5 stays", null)]
    [InlineData("expands to 8 GiB or 200 times its size", null)]
    [InlineData("with `--timeout 5 s`", null)]
    public void A_figure_is_known_by_its_unit(string text, string? figure) =>
        Assert.Equal(figure, Figure().Match(Prose(text)) is { Success: true } match ? match.Value : null);

    [Fact]
    public void A_report_is_whole_says_what_it_was_measured_on_and_has_its_pictures()
    {
        var there = Reports.Where(report => File.Exists(Path.Combine(Repository.Root, report))).ToList();
        Assert.SkipUnless(
            there.Count > 0,
            "there is no report: benchmarks/peers/report and benchmarks/scale/measure write them"
        );

        Assert.All(
            there,
            report =>
            {
                var text = Text(report);
                Assert.DoesNotContain("ended before everything was measured", text, StringComparison.Ordinal);
                Assert.Matches(
                    @"on \d{4}-\d\d-\d\d of commit \w+; every figure on this page comes from that run\. Machine: .+ cores.*; load ",
                    text
                );
                Assert.All(
                    Picture().Matches(text),
                    picture =>
                        Assert.True(
                            File.Exists(Path.Combine(Repository.Root, "docs", picture.Groups[1].Value)),
                            picture.Value
                        )
                );
            }
        );
    }

    private static string Text(string path) =>
        Path.Combine(Repository.Root, path) is var file && File.Exists(file) ? File.ReadAllText(file) : "";

    /// <summary>Without what is shown rather than said: code, and what commands print.</summary>
    private static string Prose(string text) => Shown().Replace(text, "");

    [GeneratedRegex(@"^ *```.*?^ *```|^ {4}[^\n]*|`[^`\n]*`", RegexOptions.Singleline | RegexOptions.Multiline)]
    private static partial Regex Shown();

    [GeneratedRegex(
        @"(?<![\w.,/-])\d[\d.,]* ?(?:(?:ms|µs|ns|s|seconds|minutes|hours)\b|times as \w+|(?:kB|KiB|MB|MiB|GB|GiB) of memory)"
    )]
    private static partial Regex Figure();

    [GeneratedRegex(@"!\[[^\]]*\]\(([^)]+)\)")]
    private static partial Regex Picture();
}
