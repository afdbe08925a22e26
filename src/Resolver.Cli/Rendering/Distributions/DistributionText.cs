using System.Globalization;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Archives.Checksums;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering.Distributions;

/// <summary>An archive for a person: by project, the newest version first, one line a distribution, what is wrong or
/// unknown below it; then what is remarkable in the whole.</summary>
/// <param name="verbose">Whether it is also said where each value comes from, and lists are given whole.</param>
internal sealed class DistributionText(Paint paint, bool verbose)
{
    private const int MostShown = 8,
        WidestTitle = 40;

    private readonly StringBuilder text = new();
    private ShortPaths shortened = new([]);

    /// <param name="report">What is remarkable.</param>
    /// <param name="comparisons">Each list of hashes, as given, and what came of it.</param>
    /// <returns>In parts of some lines each.</returns>
    public IEnumerable<string> Of(
        ArchiveReport report,
        IReadOnlyList<(string File, ChecksumComparison Result)> comparisons
    )
    {
        var width = report.LongestTitle(WidestTitle);
        if (!verbose)
            shortened = new ShortPaths(report.Paths);
        var (projects, nameless) = (report.Projects, report.Nameless);
        return LineParts
            .Of(projects.Count, 20, (index, lines) => Lines(lines, projects[index], width))
            .Concat(LineParts.Of(nameless.Count, 200, (index, lines) => Line(lines, nameless[index], width)))
            .Append(Summary(report, comparisons));
    }

    private string Summary(ArchiveReport report, IReadOnlyList<(string File, ChecksumComparison Result)> comparisons)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{Count.Of(report.Count, "distribution")} of {Count.Of(report.Projects.Count, "project")}"
        );
        if (report.Nameless.Count > 0)
            text.Append(CultureInfo.InvariantCulture, $"; {report.Nameless.Count} without a name");
        text.Append('\n');
        Remark(
            "with the same content as another",
            report.Duplicates,
            group => string.Join(" = ", group.Select(each => Shown(each.Path))),
            report.Duplicates.Sum(group => group.Count - 1)
        );
        Remark("of one name and version with different content", report.Differing, each => Shown(each.Path));
        Remark("misnamed", report.Misnamed, each => Shown(each.Path));
        Remark("unreadable or unusable", report.Unreadable, each => Shown(each.Path));
        Remark("unknown without running code", report.Unknown, each => Shown(each.Path));
        Remark("legacy", report.Legacy, each => $"{Shown(each.Path)} ({ArchiveReport.LegacyOf(each)})");
        Remark("orphaned: their archive is missing", report.Orphaned, path => path);
        foreach (var (file, result) in comparisons)
            Compared(file, result);
        return text.ToString();
    }

    /// <summary>Of one project: the newest first, then by kind, then by path.</summary>
    private void Lines(StringBuilder lines, IReadOnlyList<Distribution> project, int width)
    {
        foreach (var each in project.OrderByDescending(each => each.Version).ThenBy(each => each.Kind))
            Line(lines, each, width);
    }

    private void Line(StringBuilder lines, Distribution each, int width)
    {
        var title = Title(each).PadRight(width);
        lines
            .Append(each.Name is null ? paint.Bad(title) : paint.Strong(title))
            .Append("  ")
            .Append(KindText.Of(each.Kind).PadRight(9))
            .Append("  ")
            .Append(paint.Faint(PlainText.Of(Shown(each.Path))))
            .Append('\n');
        if (verbose && each.Known.Count > 0)
            lines
                .Append("    ")
                .Append(
                    paint.Faint(
                        string.Join(
                            ", ",
                            each.Known.OrderBy(known => known.Key, StringComparer.Ordinal)
                                .Select(known =>
                                    $"{known.Key} {(known.Value is { } source ? $"{source.Text()} ({source.Rank()})" : "unknown")}"
                                )
                        )
                    )
                )
                .Append('\n');
        foreach (var problem in each.Problems)
        {
            lines
                .Append("    ")
                .Append(problem.Fatal ? paint.Bad(problem.Code) : paint.Warning(problem.Code))
                .Append(": ")
                .Append(PlainText.Of(problem.MessageWithin(each.Path)))
                .Append('\n');
        }
    }

    private void Remark<T>(string what, IReadOnlyList<T> which, Func<T, string> show, int? count = null)
    {
        if (which.Count == 0)
            return;
        text.Append(
            CultureInfo.InvariantCulture,
            $"  {paint.Warning((count ?? which.Count).ToString(CultureInfo.InvariantCulture))} {what}: "
                + $"{PlainText.Of(string.Join(", ", which.Take(verbose ? int.MaxValue : MostShown).Select(show)))}"
        );
        if (!verbose && which.Count > MostShown)
            text.Append(CultureInfo.InvariantCulture, $" and {which.Count - MostShown} more (-v lists them)");
        text.Append('\n');
    }

    private void Compared(string file, ChecksumComparison result)
    {
        text.Append(
            CultureInfo.InvariantCulture,
            $"{PlainText.Of(file)}: {result.Agreeing} as listed, {result.Different.Count} different, "
                + $"{result.Missing.Count} missing, {result.Unlisted} not listed\n"
        );
        foreach (var (distribution, expected, found) in result.Different)
            text.Append("    ")
                .Append(paint.Bad("hash-mismatch"))
                .Append(
                    CultureInfo.InvariantCulture,
                    $": {PlainText.Of(distribution.Path)}: wrong {expected.Algorithm}: expected {expected.Digest}, "
                        + $"found {found}\n"
                );
        foreach (var missing in result.Missing)
            text.Append("    ")
                .Append(paint.Bad("missing"))
                .Append(CultureInfo.InvariantCulture, $": {PlainText.Of(missing)}\n");
    }

    private string Shown(string? path) => path is null ? "(no path)" : shortened[path];

    private static string Title(Distribution distribution) =>
        distribution.Name is { } name ? $"{name} {PlainText.Of(distribution.Version?.ToString() ?? "?")}" : "?";
}
