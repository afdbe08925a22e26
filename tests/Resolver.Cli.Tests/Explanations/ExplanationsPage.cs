using System.Text;

namespace Resolver.Cli.Tests.Explanations;

/// <summary>docs/explanations.md shows approved situations: below each comment that names one are its archive and
/// the output. <c>RESOLVER_APPROVE=1</c> updates them.</summary>
public sealed class ExplanationsPage
{
    private static readonly string Page = Path.Combine(Repository.Root, "docs", "explanations.md");

    [Fact]
    public void The_page_shows_what_the_program_says()
    {
        var page = File.ReadAllText(Page).ReplaceLineEndings("\n");

        var shown = Filled(page);

        if (Environment.GetEnvironmentVariable("RESOLVER_APPROVE") == "1")
            File.WriteAllText(Page, shown);
        else
            Assert.Equal(shown, page);
        Assert.Contains("<!-- batch-of-300 -->", page, StringComparison.Ordinal);
    }

    /// <summary>The page with the text of each named situation in a fence below its name.</summary>
    private static string Filled(string page)
    {
        var filled = new StringBuilder();
        var fenced = false;
        var skipping = false;
        foreach (var line in page.TrimEnd('\n').Split('\n'))
        {
            if (skipping)
            {
                fenced ^= line.StartsWith("```", StringComparison.Ordinal);
                skipping = fenced || line.Length == 0 || line.StartsWith("```", StringComparison.Ordinal);
                if (skipping)
                    continue;
            }
            filled.Append(line).Append('\n');
            if (!line.StartsWith("<!-- ", StringComparison.Ordinal))
                continue;
            filled.Append('\n').Append("```text\n").Append(Shown(line[5..^4])).Append("```\n\n");
            skipping = true;
        }
        return filled.ToString().TrimEnd('\n') + "\n";
    }

    private static string Shown(string name)
    {
        var situation = Situation.Read(Path.Combine(Repository.Root, "corpora", "explanations", name + ".txt"));
        var world = situation.World.Split('\n');
        // Of a large world the beginning is enough.
        var lines = (world.Length <= 16 ? world : [.. world.Take(10), $"… {world.Length - 10} more lines"]).Select(
            line => line.Length <= 150 ? line : line[..147] + "…"
        );
        return $"{string.Join('\n', lines)}\n\n{situation.Text}";
    }
}
