using System.Globalization;
using System.Text;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Benching;

/// <summary>Measurements as a table.</summary>
internal static class BenchText
{
    private static readonly string[] Heading =
    [
        "",
        "phase",
        "samples",
        "p50 ms",
        "p95 ms",
        "p99 ms",
        "per second",
        "allocated",
        "conflicts",
        "baseline",
    ];

    public static string Of(BenchReport report, BenchBaseline? baseline, Paint paint)
    {
        var rows = report.Rows.Select(row => Cells(row, baseline)).Prepend(Heading).ToList();
        // One subject in every row is a line above the table, which fits eighty columns then.
        var subject = report.Rows.Select(row => row.Subject).Distinct().Count() == 1 ? rows[1][0] : null;
        var columns = Enumerable
            .Range(subject is null ? 0 : 1, Heading.Length - (subject is null ? 0 : 1))
            .Where(column => rows.Skip(1).Any(row => row[column].Length > 0))
            .ToList();
        var widths = columns.ToDictionary(column => column, column => rows.Max(row => row[column].Length));
        var text = new StringBuilder(subject is null ? "" : $"{subject}:\n");
        foreach (var (index, row) in rows.Index())
        {
            var line = string.Join(
                    "  ",
                    columns.Select(column =>
                        column < 2 ? row[column].PadRight(widths[column]) : row[column].PadLeft(widths[column])
                    )
                )
                .TrimEnd();
            text.Append(index == 0 ? paint.Strong(line) : line).Append('\n');
        }

        text.Append(
                paint.Faint(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{PlainText.Of(report.Machine)}; {report.Program}; at most {Size(report.PeakBytes)} of memory"
                    )
                )
            )
            .Append('\n');
        return text.ToString();
    }

    /// <summary>Three digits, whatever the size.</summary>
    public static string Digits(double value) =>
        value switch
        {
            0 => "0",
            < 0.01 => value.ToString("0.0000", CultureInfo.InvariantCulture),
            < 1 => value.ToString("0.000", CultureInfo.InvariantCulture),
            < 100 => value.ToString("0.0", CultureInfo.InvariantCulture),
            _ => value.ToString("#,0", CultureInfo.InvariantCulture),
        };

    /// <summary>Bytes in the unit that keeps the number short.</summary>
    public static string Size(long bytes) =>
        bytes switch
        {
            < 10_000 => $"{bytes} B",
            < 10_000_000 => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1024.0:0} KiB"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:0} MiB"),
        };

    private static string[] Cells(BenchRow row, BenchBaseline? baseline) =>
        [
            PlainText.Of(row.Subject),
            row.Phase,
            row.Milliseconds.Count.ToString(CultureInfo.InvariantCulture),
            Digits(row.Percentile(50)),
            Digits(row.Percentile(95)),
            Digits(row.Percentile(99)),
            Digits(row.PerSecond),
            row.AllocatedBytes > 0 ? Size(row.AllocatedBytes) : "",
            row.Work?.Conflicts.ToString("#,0", CultureInfo.InvariantCulture) ?? "",
            baseline is null ? ""
            : baseline.Ratio(row) is { } ratio ? string.Create(CultureInfo.InvariantCulture, $"x {ratio:0.00}")
            : "new",
        ];
}
