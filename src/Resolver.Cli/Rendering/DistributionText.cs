using System.Globalization;
using System.Text;
using Resolver.Archives.Checksums;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Rendering;

/// <summary>An archive for a person: by project, the newest version first, one line a distribution, what is wrong or unknown below it; then what is remarkable in the whole.</summary>
/// <param name="verbose">Whether it is also said where each value comes from, and lists are given whole.</param>
internal sealed class DistributionText(Paint paint, bool verbose)
{
    private const int Shown = 8, WidestTitle = 40;

    private readonly StringBuilder text = new();

    /// <param name="report">What is remarkable.</param>
    /// <param name="comparisons">Each list of hashes, as given, and what came of it.</param>
    /// <returns>In parts of some lines each.</returns>
    public IEnumerable<string> Of(IReadOnlyList<Distribution> distributions, ArchiveReport report, IReadOnlyList<(string File, ChecksumComparison Result)> comparisons)
    {
        // Of each only what the order needs is held.
        var keys = new Key[distributions.Count];
        var widths = new int[distributions.Count];
        Parallel.For(0, keys.Length, i =>
        {
            var each = distributions[i];
            (keys[i], widths[i]) = (new Key(each.Name, each.Version, each.Kind, i), Math.Min(Title(each).Length, WidestTitle));
        });
        var width = widths.DefaultIfEmpty(0).Max();
        // The list is in the order of paths, and so are places in it.
        Array.Sort(keys, Compare);
        return LineParts.Of(keys.Length, (index, lines) => Line(lines, distributions[keys[index].Index], width)).Append(Summary(keys, report, comparisons));
    }

    private string Summary(Key[] keys, ArchiveReport report, IReadOnlyList<(string File, ChecksumComparison Result)> comparisons)
    {
        var projects = keys.Where((key, i) => key.Name is { } name && (i == 0 || keys[i - 1].Name != name)).Count();
        text.Append(CultureInfo.InvariantCulture, $"{Count.Of(keys.Length, "distribution")} of {Count.Of(projects, "project")}");
        var nameless = keys.Count(each => each.Name is null);
        if (nameless > 0)
            text.Append(CultureInfo.InvariantCulture, $"; {nameless} without a name");
        text.Append('\n');
        Remark("with the same content as another", report.Duplicates.Select(group => string.Join(" = ", group.Select(each => each.Path))), report.Duplicates.Sum(group => group.Count - 1));
        Remark("of one name and version with different content", report.Differing.Select(each => each.Path!));
        Remark("misnamed", report.Misnamed.Select(each => each.Path!));
        Remark("unreadable or of no use", report.Unreadable.Select(each => each.Path!));
        Remark("not known without running code", report.Unknown.Select(each => each.Path!));
        Remark("of an old form", report.Legacy.Select(each => $"{each.Path} ({ArchiveReport.LegacyOf(each)})"));
        Remark("orphaned: the archive they belong to is not there", report.Orphaned);
        foreach (var (file, result) in comparisons)
            Compared(file, result);
        return text.ToString();
    }

    private void Line(StringBuilder lines, Distribution each, int width)
    {
        var title = Title(each).PadRight(width);
        lines.Append(each.Name is null ? paint.Bad(title) : paint.Strong(title))
            .Append("  ").Append(KindText.Of(each.Kind).PadRight(9))
            .Append("  ").Append(paint.Faint(PlainText.Of(each.Path ?? "(no path)"))).Append('\n');
        if (verbose && each.Known.Count > 0)
            lines.Append("    ").Append(paint.Faint(string.Join(", ", each.Known.OrderBy(known => known.Key, StringComparer.Ordinal).Select(known => $"{known.Key} {(known.Value is { } source ? $"{source.Text()} ({source.Rank()})" : "unknown")}")))).Append('\n');
        foreach (var problem in each.Problems)
        {
            lines.Append("    ").Append(problem.Fatal ? paint.Bad(problem.Code) : paint.Warning(problem.Code))
                .Append(": ").Append(PlainText.Of(problem.Message)).Append('\n');
        }
    }

    private void Remark(string what, IEnumerable<string> which, int? count = null)
    {
        var all = which.ToList();
        if (all.Count == 0)
            return;
        text.Append(CultureInfo.InvariantCulture, $"  {paint.Warning((count ?? all.Count).ToString(CultureInfo.InvariantCulture))} {what}: {PlainText.Of(string.Join(", ", all.Take(verbose ? int.MaxValue : Shown)))}");
        if (!verbose && all.Count > Shown)
            text.Append(CultureInfo.InvariantCulture, $" and {all.Count - Shown} more (-v lists them)");
        text.Append('\n');
    }

    private void Compared(string file, ChecksumComparison result)
    {
        text.Append(CultureInfo.InvariantCulture, $"{PlainText.Of(file)}: {result.Agreeing} as listed, {result.Different.Count} different, {result.Missing.Count} missing, {result.Unlisted} not listed\n");
        foreach (var (distribution, expected) in result.Different)
            text.Append("    ").Append(paint.Bad("hash-mismatch")).Append(CultureInfo.InvariantCulture, $": {PlainText.Of(distribution.Path)}: its SHA-256 is {distribution.Sha256}, not {expected}\n");
        foreach (var missing in result.Missing)
            text.Append("    ").Append(paint.Bad("missing")).Append(CultureInfo.InvariantCulture, $": {PlainText.Of(missing)}\n");
    }

    /// <summary>By project, those without a name last; then the newest first, then by kind and path.</summary>
    private static int Compare(Key a, Key b)
    {
        if (a.Name is not { } name || b.Name is not { } other)
            return a.Name is null && b.Name is null ? a.Index.CompareTo(b.Index) : a.Name is null ? 1 : -1;
        var order = name.CompareTo(other);
        if (order == 0)
            order = Nullable.Compare(b.Version, a.Version);
        if (order == 0)
            order = a.Kind.CompareTo(b.Kind);
        return order != 0 ? order : a.Index.CompareTo(b.Index);
    }

    private static string Title(Distribution distribution) =>
        distribution.Name is { } name ? $"{name} {PlainText.Of(distribution.Version?.ToString() ?? "?")}" : "?";

    private readonly record struct Key(PackageName? Name, Version? Version, DistributionKind Kind, int Index);
}
