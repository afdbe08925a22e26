using System.Globalization;
using System.Net;
using System.Text;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Benching;

/// <summary>Measurements as a picture: one HTML file without network. A bar a row on a logarithmic axis, to the
/// median, with a line to the 99th percentile.</summary>
internal static class BenchPlot
{
    private const int Left = 260;
    private const int Width = 560;
    private const int RowHeight = 26;

    private const string Style = """
        :root { color-scheme: light dark; --ink: #1b1f24; --faint: #6a737d; --bar: #2f6fb3; --rule: #d8dde3; --page: #fff }
        @media (prefers-color-scheme: dark) { :root { --ink: #e6e9ec; --faint: #98a2ad; --bar: #6aa5e0; --rule: #343b43; --page: #15181c } }
        body { font: 14px/1.4 system-ui, sans-serif; color: var(--ink); background: var(--page); margin: 2rem }
        svg { max-width: 100%; height: auto } text { fill: var(--ink); font: 13px system-ui, sans-serif } .faint, .faint text { fill: var(--faint); color: var(--faint) }
        .bar { fill: var(--bar) } .reach { stroke: var(--bar); stroke-width: 2 } .rule { stroke: var(--rule) } .before { stroke: var(--ink); stroke-width: 2 }
        """;

    public static string Of(BenchReport report, BenchBaseline? baseline)
    {
        var low = Math.Floor(Math.Log10(Math.Max(1e-4, report.Rows.Min(row => row.Percentile(50)))));
        var high = Math.Max(
            low + 1,
            Math.Ceiling(Math.Log10(Math.Max(1e-4, report.Rows.Max(row => row.Percentile(99)))))
        );
        var height = report.Rows.Count * RowHeight;
        var svg = new StringBuilder();
        for (var power = low; power <= high; power++)
        {
            var x = X(Math.Pow(10, power));
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"rule\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"0\" y2=\"{height}\"/><text class=\"faint\" "
                    + $"x=\"{x:0.#}\" y=\"{height + 16}\" text-anchor=\"middle\">{Math.Pow(10, power):0.####} "
                    + $"ms</text>\n"
            );
        }

        foreach (var (index, row) in report.Rows.Index())
        {
            var (top, median, reach) = (index * RowHeight, X(row.Percentile(50)), X(row.Percentile(99)));
            var name = WebUtility.HtmlEncode($"{PlainText.Of(row.Subject)}: {row.Phase}");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<g><title>{name}: p50 {BenchText.Digits(row.Percentile(50))}, p95 "
                    + $"{BenchText.Digits(row.Percentile(95))}, p99 {BenchText.Digits(row.Percentile(99))} ms</title>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Left - 8}\" y=\"{top + 17}\" text-anchor=\"end\">{name}</text>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"bar\" x=\"{Left}\" y=\"{top + 6}\" width=\"{Math.Max(1, median - Left):0.#}\" "
                    + $"height=\"{RowHeight - 12}\"/>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line class=\"reach\" x1=\"{median:0.#}\" x2=\"{reach:0.#}\" y1=\"{top + RowHeight / 2}\" "
                    + $"y2=\"{top + RowHeight / 2}\"/>"
            );
            if (baseline?.Ratio(row) is { } ratio)
            {
                var before = X(row.Percentile(50) / ratio);
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<line class=\"before\" x1=\"{before:0.#}\" x2=\"{before:0.#}\" y1=\"{top + 2}\" "
                        + $"y2=\"{top + RowHeight - 2}\"/>"
                );
            }

            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text class=\"faint\" x=\"{reach + 8:0.#}\" "
                    + $"y=\"{top + 17}\">{BenchText.Digits(row.Percentile(50))}</text></g>\n"
            );
        }

        return $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>resolver bench</title><style>
            {Style}
            </style></head><body>
            <h1>resolver bench</h1>
            <p class="faint">{WebUtility.HtmlEncode(report.When)}; {WebUtility.HtmlEncode(
                report.Machine
            )}; {WebUtility.HtmlEncode(report.Program)}; at most {BenchText.Size(report.PeakBytes)} of memory.
            Bars end at the median, their lines at the 99th percentile{(
                baseline is null ? "" : "; a stroke marks the baseline's median"
            )}. The axis is logarithmic.</p>
            <svg viewBox="0 0 {Left + Width + 90} {height + 24}" role="img" aria-label="Milliseconds of every phase">
            {svg}</svg>
            </body></html>

            """;

        double X(double milliseconds) =>
            Left + (Width * (Math.Clamp(Math.Log10(Math.Max(1e-4, milliseconds)), low, high) - low) / (high - low));
    }
}
