using System.Text.RegularExpressions;

namespace Resolver.Cli.Tests.Documentation;

/// <summary><c>docs/diagnostics.md</c> has a paragraph for every code that the sources give out, and for no
/// other.</summary>
public sealed class DiagnosticsPageTests
{
    private const string Code = "\"(?<code>[a-z]+(?:-[a-z]+)*)\"";

    /// <summary>The ways in which a code comes into being: what carries one is made, or a constant of a class of
    /// codes.</summary>
    private static readonly (string Files, Regex Way)[] Ways =
    [
        (
            "",
            new Regex(
                $@"(?:new (?:ArchiveProblem|ContainerException)|\b(?:[pP]roblems\.Add\(new|Report|Note))\(\s*{Code}"
            )
        ),
        ("", new Regex($@"\bnew Hint\((?:[^()]|\([^()]*\))*?, {Code}")),
        ("UnusableKinds.cs", new Regex($@"\bUnusableKind\.\w+ => {Code}")),
        ("BatchPlanner.cs", new Regex($@"\breturn \({Code}")),
        ("Codes.cs", new Regex($"const string \\w+ = {Code}")),
    ];

    [Fact]
    public void Every_code_of_the_sources_has_a_paragraph()
    {
        var documented = Paragraphs().Select(each => each.Code).ToHashSet();

        var given = Sources()
            .SelectMany(file =>
                Ways.Where(way => file.Name.EndsWith(way.Files, StringComparison.Ordinal))
                    .SelectMany(way => way.Way.Matches(file.Text))
            )
            .Select(match => match.Groups["code"].Value)
            .Distinct()
            .ToList();

        // A candidate that an explanation supposed is never shown as a near miss.
        Assert.Equal(["absent"], given.Except(documented));
        Assert.True(given.Count > 50, string.Join(' ', given));
    }

    [Fact]
    public void Every_paragraph_is_of_a_code_that_the_sources_know()
    {
        var sources = string.Concat(Sources().Select(file => file.Text));

        Assert.All(
            Paragraphs(),
            paragraph => Assert.Contains($"\"{paragraph.Code}\"", sources, StringComparison.Ordinal)
        );
        Assert.All(Paragraphs(), paragraph => Assert.False(string.IsNullOrWhiteSpace(paragraph.Text), paragraph.Code));
    }

    private static IEnumerable<(string Code, string Text)> Paragraphs()
    {
        var lines = File.ReadAllLines(Path.Combine(Repository.Root, "docs", "diagnostics.md"));
        for (var i = 0; i < lines.Length; i++)
        {
            if (lines[i].StartsWith("### ", StringComparison.Ordinal))
            {
                foreach (var code in lines[i][4..].Split(", "))
                    yield return (code, i + 1 < lines.Length ? lines[i + 1] : "");
            }
        }
    }

    private static IEnumerable<(string Name, string Text)> Sources() =>
        Directory
            .EnumerateDirectories(Path.Combine(Repository.Root, "src"))
            .SelectMany(project =>
                Directory
                    .EnumerateFiles(project, "*.cs", SearchOption.AllDirectories)
                    .Where(file => !Path.GetRelativePath(project, file).StartsWith("obj", StringComparison.Ordinal))
            )
            .Select(file => (Path.GetFileName(file), File.ReadAllText(file)));
}
