using System.Globalization;
using System.Text;
using Resolver.Archives.Checksums;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Cli.Rendering;

/// <summary>An archive for a person: by project, the newest version first, one line a distribution, what is wrong or unknown below it; then what is remarkable in the whole.</summary>
/// <param name="verbose">Whether it is also said where each value comes from, and lists are given whole.</param>
internal sealed class DistributionText(Paint paint, bool verbose)
{
    private const int Shown = 8, WidestTitle = 40;

    private readonly StringBuilder text = new();

    /// <param name="report">What is remarkable.</param>
    /// <param name="comparisons">Each list of hashes, as given, and what came of it.</param>
    public string Of(IReadOnlyList<Distribution> distributions, ArchiveReport report, IReadOnlyList<(string File, ChecksumComparison Result)> comparisons)
    {
        var titled = distributions.Select(each => (Title: Title(each), Distribution: each)).ToArray();
        var width = titled.Length == 0 ? 0 : titled.Max(each => Math.Min(each.Title.Length, WidestTitle));
        Array.Sort(titled, (a, b) => Compare(a.Distribution, b.Distribution));
        var projects = 0;
        Distribution? before = null;
        foreach (var (title, each) in titled)
        {
            if (each.Name is { } name && before?.Name != name)
                projects++;
            before = each;
            Line(title.PadRight(width), each);
        }

        text.Append(CultureInfo.InvariantCulture, $"{Count.Of(distributions.Count, "distribution")} of {Count.Of(projects, "project")}");
        var nameless = distributions.Count(each => each.Name is null);
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

    private void Line(string title, Distribution each)
    {
        text.Append(each.Name is null ? paint.Bad(title) : paint.Strong(title))
            .Append("  ").Append(KindText.Of(each.Kind).PadRight(9))
            .Append("  ").Append(paint.Faint(PlainText.Of(each.Path ?? "(no path)"))).Append('\n');
        if (verbose && each.Known.Count > 0)
            text.Append("    ").Append(paint.Faint(string.Join(", ", each.Known.OrderBy(known => known.Key, StringComparer.Ordinal).Select(known => $"{known.Key} {(known.Value is { } source ? $"{source.Text()} ({source.Rank()})" : "unknown")}")))).Append('\n');
        foreach (var problem in each.Problems)
        {
            text.Append("    ").Append(problem.Fatal ? paint.Bad(problem.Code) : paint.Warning(problem.Code))
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
    private static int Compare(Distribution a, Distribution b)
    {
        if (a.Name is not { } name || b.Name is not { } other)
            return a.Name is null && b.Name is null ? string.CompareOrdinal(a.Path, b.Path) : a.Name is null ? 1 : -1;
        var order = name.CompareTo(other);
        if (order == 0)
            order = Nullable.Compare(b.Version, a.Version);
        if (order == 0)
            order = a.Kind.CompareTo(b.Kind);
        return order != 0 ? order : string.CompareOrdinal(a.Path, b.Path);
    }

    private static string Title(Distribution distribution) =>
        distribution.Name is { } name ? $"{name} {PlainText.Of(distribution.Version?.ToString() ?? "?")}" : "?";
}
