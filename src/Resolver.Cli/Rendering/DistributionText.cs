using System.Text;
using Resolver.Archives.Distributions;

namespace Resolver.Cli.Rendering;

/// <summary>Distributions for a person: one line each, what is wrong or unknown below it, a count at the end.</summary>
internal static class DistributionText
{
    public static string Of(IReadOnlyList<Distribution> distributions, Paint paint)
    {
        var text = new StringBuilder();
        var width = distributions.Select(Title).DefaultIfEmpty("").Max(title => Math.Min(title.Length, 40));
        foreach (var distribution in distributions)
        {
            var title = Title(distribution).PadRight(width);
            text.Append(distribution.Name is null ? paint.Bad(title) : paint.Strong(title))
                .Append("  ").Append(KindText.Of(distribution.Kind).PadRight(9))
                .Append("  ").Append(paint.Faint(PlainText.Of(distribution.Path ?? "(no path)"))).Append('\n');
            foreach (var problem in distribution.Problems)
                text.Append("    ").Append(problem.Fatal ? paint.Bad(problem.Code) : paint.Warning(problem.Code))
                    .Append(": ").Append(PlainText.Of(problem.Message)).Append('\n');
        }

        var unreadable = distributions.Count(distribution => distribution.Name is null);
        var projects = distributions.Where(distribution => distribution.Name is not null).Select(distribution => distribution.Name).Distinct().Count();
        text.Append($"{Count.Of(distributions.Count, "distribution")} of {Count.Of(projects, "project")}");
        if (unreadable > 0)
            text.Append($"; {unreadable} without a name");
        return text.Append('\n').ToString();
    }

    private static string Title(Distribution distribution) =>
        distribution.Name is { } name ? $"{name} {PlainText.Of(distribution.Version?.ToString() ?? "?")}" : "?";
}
