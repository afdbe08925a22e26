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

    /// <param name="width">Columns of the terminal; null where none shows it.</param>
    public static string Of(BenchReport report, BenchBaseline? baseline, Paint paint, int? width)
    {
        // One subject in every row is a line above the table, which fits eighty columns then.
        var subject = report.Rows.Select(row => row.Subject).Distinct().Count() == 1 ? report.Rows[0].Subject : null;
        var first = subject is null ? 0 : 1;
        var table = new TextTable(Heading[first..], keys: 2 - first)
        {
            RightAligned = Enumerable.Range(2 - first, Heading.Length - 2).ToHashSet(),
        };
        foreach (var row in report.Rows)
            table.Add([.. Cells(row, baseline).Skip(first).Select(cell => new TextTableCell(cell))]);
        var text = new StringBuilder(subject is null ? "" : $"{PlainText.Of(subject)}:\n");
        text.Append(table.Text(paint, width));
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
            row.Subject,
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
