using System.Net;
using System.Reflection;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Rendering.Pages;

/// <summary>What every HTML report has: one file, no network, light and dark. Styles and scripts are resources of the
/// program, written into the page.</summary>
internal static class PageFrame
{
    /// <param name="title">Plain text.</param>
    /// <param name="body">HTML; it has a button with the id <c>theme</c>.</param>
    /// <param name="scripts">Names of resources, run in this order after the body and <c>page.js</c>, which they
    /// share.</param>
    public static string Of(string title, string body, params ReadOnlySpan<string> scripts)
    {
        var code = string.Concat(
            scripts
                .ToArray()
                .Prepend("page.js")
                .Append("theme.js")
                .Select(name => $"<script>\n{Resource(name)}</script>\n")
        );
        // The policy forbids what the page never does: to load anything from anywhere.
        return $"""
            <!doctype html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:">
            <meta name="generator" content="resolver {ProgramVersion.Text}">
            <link rel="icon" href="data:,">
            <title>{Text(title)}</title>
            <style>
            {Resource("page.css")}</style>
            </head>
            <body>
            {body}
            {code}</body>
            </html>

            """.ReplaceLineEndings("\n");
    }

    /// <summary>Text from anywhere, as HTML.</summary>
    public static string Text(string? text) => WebUtility.HtmlEncode(PlainText.Of(text));

    private static string Resource(string name)
    {
        using var stream =
            Assembly.GetExecutingAssembly().GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
