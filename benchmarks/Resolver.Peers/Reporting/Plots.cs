using Resolver.Peers.Contestants;
using ScottPlot;

namespace Resolver.Peers.Reporting;

/// <summary>The pictures of the report.</summary>
internal static class Plots
{
    /// <summary>Milliseconds of every contestant on every universe, logarithmic.</summary>
    public static void Times(Comparison comparison, string file)
    {
        using var plot = new Plot();
        var palette = new ScottPlot.Palettes.Category10();
        foreach (var (index, contestant) in comparison.Contestants.Index())
        {
            var known = comparison
                .Problems.Index()
                .Where(each => comparison[each.Item, contestant].Trouble is null)
                .ToList();
            if (known.Count == 0)
                continue;
            var points = plot.Add.Scatter(
                known.Select(each => (double)each.Index).ToArray(),
                known.Select(each => Math.Log10(comparison[each.Item, contestant].Median)).ToArray()
            );
            points.LegendText = contestant.Name;
            points.Color = palette.GetColor(index);
            points.LineWidth = index == 0 ? 3 : 1;
            points.MarkerSize = index == 0 ? 9 : 6;
        }

        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. comparison.Problems.Select((_, index) => (double)index)],
            [.. comparison.Problems.Select(problem => problem.Name)]
        );
        plot.Axes.Bottom.TickLabelStyle.Rotation = 35;
        plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
        plot.Axes.Bottom.MinimumSize = 90;
        plot.Axes.Right.MinimumSize = 60;
        Logarithmic(plot.Axes.Left, "milliseconds");
        plot.ShowLegend(Edge.Right);
        plot.SavePng(file, 1200, 620);
    }

    /// <summary>How many times as long as we each contestant takes: a point a universe.</summary>
    public static void Ratios(Comparison comparison, string file)
    {
        using var plot = new Plot();
        var peers = comparison.Contestants.Skip(1).Where(contestant => comparison.Ratios(contestant).Any()).ToList();
        foreach (var (index, contestant) in peers.Index())
        {
            var ratios = comparison.Ratios(contestant).Select(Math.Log10).ToArray();
            var points = plot.Add.ScatterPoints([.. ratios.Select(_ => (double)index)], ratios);
            points.MarkerSize = 9;
            points.Color = Colors.SteelBlue.WithAlpha(.6);
            var mean = plot.Add.Line(index - .3, ratios.Average(), index + .3, ratios.Average());
            mean.LineWidth = 3;
            mean.Color = Colors.Black;
        }

        var even = plot.Add.HorizontalLine(0);
        even.Color = Colors.Gray;
        even.LinePattern = LinePattern.Dashed;
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. peers.Select((_, index) => (double)index)],
            [.. peers.Select(peer => peer.Name)]
        );
        Logarithmic(plot.Axes.Left, "times as long as resolver (bar: geometric mean)");
        plot.SavePng(file, 900, 480);
    }

    private static void Logarithmic(IYAxis axis, string label)
    {
        axis.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            IntegerTicksOnly = true,
            LabelFormatter = power =>
                Math.Pow(10, power).ToString("0.####", System.Globalization.CultureInfo.InvariantCulture),
            MinorTickGenerator = new ScottPlot.TickGenerators.LogMinorTickGenerator(),
        };
        axis.Label.Text = label;
    }
}
