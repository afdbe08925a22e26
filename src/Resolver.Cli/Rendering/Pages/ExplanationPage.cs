using System.Text;
using Resolver.Cli.Rendering.Explanations;
using Resolver.Cli.Terminal;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using static Resolver.Cli.Rendering.Pages.PageFrame;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>Why there is no plan, as an HTML report: the conflict as a picture and in words, hints, and
/// fixes.</summary>
internal static class ExplanationPage
{
    /// <param name="title">What it explains.</param>
    public static string Of(Explanation explanation, string title = "No plan")
    {
        var body = new StringBuilder();
        body.Append(
            $"<header><div class=\"line\"><h1>{Text(title)}</h1><div><button type=\"button\" "
                + $"id=\"theme\">Dark</button></div></div></header>\n<main class=\"page\">\n"
        );
        if (explanation.Unmet is { } unmet)
            body.Append(
                $"<section class=\"card verdict\" aria-labelledby=\"unmet\"><h2 id=\"unmet\">{Text(UnmetText.Head(unmet))}</h2><ul>{string.Concat(UnmetText.Causes(unmet).Select(line => $"<li>{System.Net.WebUtility.HtmlEncode(line.TrimStart('-', ' '))}</li>"))}</ul><p class=\"soft\">{Text(UnmetText.More)}</p></section>\n"
            );
        if (explanation.Conflicts.Count > 1)
        {
            body.Append(
                $"<p>There are {(explanation.AreAllConflicts ? "" : "at least ")}{explanation.Conflicts.Count} "
                    + $"conflicts; each alone rules out a plan.</p>\n"
            );
            foreach (var (index, conflict) in explanation.Conflicts.Index())
                WriteConflict(body, conflict.Core, conflict.Text, minimal: false, $" {index + 1}");
        }
        else
        {
            WriteConflict(body, explanation.Core, explanation.Text, explanation.Minimal, "");
        }

        var hints = explanation.Hints.Where(hint => !hint.IsTold).ToList();
        if (hints.Count > 0)
        {
            body.Append("<section class=\"card\" aria-labelledby=\"near\"><h2 id=\"near\">Hints</h2><ul>");
            foreach (var hint in hints)
                body.Append(
                    $"<li><strong>{Text(hint.Name)} {Text(hint.Version)}</strong> <span "
                        + $"class=\"tag\">{Text(hint.Why)}</span> {Text(hint.Detail)}</li>"
                );
            body.Append("</ul></section>\n");
        }

        if (explanation.Fixes.Count > 0)
        {
            body.Append(
                $"<section class=\"card\" aria-labelledby=\"help\"><h2 id=\"help\">{(explanation.Fixes.Count == 1 ? "This change makes a plan possible" : "Any one of these changes makes a plan possible")}</h2><ol>"
            );
            foreach (var fix in explanation.Fixes)
                body.Append("<li>")
                    .Append(
                        fix is [var only]
                            ? Text(only.Text)
                            : $"all of these together:<ul>{string.Concat(fix.Select(action => $"<li>{Text(action.Text)}</li>"))}</ul>"
                    )
                    .Append("</li>");
            body.Append("</ol></section>\n");
        }

        return PageFrame.Of(title, body.Append("</main>").ToString());
    }

    private static void WriteConflict(
        StringBuilder body,
        IReadOnlyList<Fact> core,
        string text,
        bool minimal,
        string number
    )
    {
        var lines = PlainText.Lines(text).ToList();
        // A conflict of several facts is shown as a heading and a list with a dash before each.
        var facts = lines
            .Skip(1)
            .Select(line => line.TrimStart().TrimStart('-').Trim())
            .Where(line => line.Length > 0)
            .ToList();
        var id = number.Trim();
        body.Append(
            $"<section class=\"card verdict\" aria-labelledby=\"why{id}\"><h2 "
                + $"id=\"why{id}\">Why{number}</h2><p>{System.Net.WebUtility.HtmlEncode(lines[0])}</p>"
        );
        if (facts.Count > 0)
            body.Append("<ul>")
                .AppendJoin("", facts.Select(fact => $"<li>{System.Net.WebUtility.HtmlEncode(fact)}</li>"))
                .Append("</ul>");
        body.Append(
                minimal
                    ? "<p class=\"soft\">Each of these facts is needed for this conflict: without any one of them, "
                        + "the others can hold together.</p>"
                    : ""
            )
            .Append("</section>\n");
        if (ConflictPicture.Of(core) is not { } picture)
            return;
        body.Append(
                $"<section class=\"card\" aria-labelledby=\"picture{id}\"><h2 id=\"picture{id}\">The "
                    + $"conflict{number}</h2><div class=\"conflict\" tabindex=\"0\" role=\"group\" aria-label=\"The "
                    + $"conflict{number}, as a picture\">"
            )
            .Append(picture)
            .Append("</div>");
        body.Append(
            "<p class=\"soft\">An arrow leads from what is required to what requires it; dashed: to build. ✕ marks "
                + "where nothing fits.</p></section>\n"
        );
    }
}
