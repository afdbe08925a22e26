using System.Text;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Parsing;

namespace Resolver.Archives.Declarations;

/// <summary>Lines of <c>resolver.toml</c> that declare what is unknown of a distribution, for a person to paste and
/// to fill in.</summary>
public static class DeclarationText
{
    /// <summary>A table <c>[[dependency-metadata]]</c> for the file, with <c>NAME</c> and <c>VERSION</c> where these
    /// are unknown. Lines are separated by <c>\n</c>.</summary>
    public static string Of(Distribution distribution)
    {
        var text = new StringBuilder("[[dependency-metadata]]\n");
        var path = distribution.Path ?? "";
        text.Append("file = ")
            .Append(Quoted(path[(path.TrimEnd('/').LastIndexOf('/', Start(path)) + 1)..]))
            .Append('\n');
        text.Append("name = ").Append(Quoted(distribution.Name?.Normalized ?? "NAME")).Append('\n');
        text.Append("version = ").Append(Quoted(distribution.Version?.ToString() ?? "VERSION"));
        return text.ToString();
    }

    // A subdirectory after '#' belongs to the name of the file.
    private static int Start(string path) =>
        path.IndexOf("#subdirectory=", StringComparison.Ordinal) is var at and > 0
            ? at
            : Math.Max(0, path.TrimEnd('/').Length - 1);

    private static string Quoted(string text) =>
        $"\"{OneLine.Of(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
