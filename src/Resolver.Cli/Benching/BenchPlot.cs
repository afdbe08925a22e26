using System.Globalization;
using System.Text;
using Resolver.Cli.Rendering.Pages;

namespace Resolver.Cli.Benching;

/// <summary>Measurements as a picture: one HTML file without network. A bar a row on a logarithmic axis, to the
/// median, with a line to the 99th percentile.</summary>
internal static class BenchPlot
{
    private const int LetterWidth = 8;
    private const int Width = 560;
    private const int RowHeight = 26;

    public static string Of(BenchReport report, BenchBaseline? baseline)
    {
        var low = Math.Floor(Math.Log10(Math.Max(1e-4, report.Rows.Min(row => row.Percentile(50)))));
        var high = Math.Max(
            low + 1,
            Math.Ceiling(Math.Log10(Math.Max(1e-4, report.Rows.Max(row => row.Percentile(99)))))
        );
        // Room for the longest name beside the bars.
        var left = 24 + (LetterWidth * report.Rows.Max(row => row.Subject.Length + 2 + row.Phase.Length));
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
            var name = PageFrame.Text($"{row.Subject}: {row.Phase}");
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<g><title>{name}: p50 {BenchText.Digits(row.Percentile(50))}, p95 "
                    + $"{BenchText.Digits(row.Percentile(95))}, p99 {BenchText.Digits(row.Percentile(99))} ms</title>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{left - 8}\" y=\"{top + 17}\" text-anchor=\"end\">{name}</text>"
            );
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<rect class=\"bar\" x=\"{left}\" y=\"{top + 6}\" width=\"{Math.Max(1, median - left):0.#}\" "
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

        var title = "resolver bench";
        var made =
            $"{report.When}; {report.Machine}; {report.Program}; at most {BenchText.Size(report.PeakBytes)} of memory.";
        var meaning =
            "Bars end at the median, their lines at the 99th percentile"
            + $"{(baseline is null ? "" : "; a stroke marks the baseline's median")}. The axis is logarithmic.";
        return PageFrame.Of(
            title,
            $"""
            <header><div class="line"><h1>{title}</h1><button id="theme" type="button">Dark</button></div>
            <p class="soft">{PageFrame.Text(made)}</p></header>
            <main class="page"><section class="card plot"><p>{meaning}</p>
            <svg viewBox="0 0 {left + Width + 90} {height + 24}" role="img" aria-label="Milliseconds of every phase">
            {svg}</svg></section></main>
            """
        );

        double X(double milliseconds) =>
            left + (Width * (Math.Clamp(Math.Log10(Math.Max(1e-4, milliseconds)), low, high) - low) / (high - low));
    }
}
