using System.Net;
using System.Text;
using Resolver.Cli.Terminal;
using static Resolver.Cli.Rendering.Pages.PageFrame;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>An answer about a plan that needs no picture, as an HTML report: what is said in a terminal, each
/// paragraph a card, what is indented a list.</summary>
internal static class AnswerPage
{
    /// <param name="title">The question, as plain text.</param>
    /// <param name="answer">What a terminal would show, without colour.</param>
    public static string Of(string title, string answer)
    {
        var body = new StringBuilder();
        body.Append(
            $"<header><div class=\"line\"><h1>{Text(title)}</h1><div><button type=\"button\" "
                + $"id=\"theme\">Dark</button></div></div></header>\n<main class=\"page\">\n"
        );
        foreach (var paragraph in answer.TrimEnd('\n').Split("\n\n"))
        {
            var lines = PlainText.Lines(paragraph).ToList();
            body.Append($"<section class=\"card\"><p>{WebUtility.HtmlEncode(lines[0].Trim())}</p>");
            if (lines.Count > 1)
                body.Append("<ul>")
                    .AppendJoin("", lines.Skip(1).Select(line => $"<li>{WebUtility.HtmlEncode(line.Trim())}</li>"))
                    .Append("</ul>");
            body.Append("</section>\n");
        }

        return PageFrame.Of(title, body.Append("</main>").ToString());
    }
}
