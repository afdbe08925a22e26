using System.Text;
using Resolver.Archives.Distributions;
using Resolver.Packaging.Distributions;
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
        var place = DistributionPath.Parse(distribution.Path?.TrimEnd('/') ?? "");
        text.Append("file = ")
            .Append(Quoted(new DistributionPath(place.FileName, place.Subdirectory).ToString()))
            .Append('\n');
        text.Append("name = ").Append(Quoted(distribution.Name?.Normalized ?? "NAME")).Append('\n');
        text.Append("version = ").Append(Quoted(distribution.Version?.ToString() ?? "VERSION"));
        return text.ToString();
    }

    private static string Quoted(string text) =>
        $"\"{OneLine.Of(text).Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
