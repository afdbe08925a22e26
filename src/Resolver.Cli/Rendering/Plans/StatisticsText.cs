using System.Globalization;
using Resolver.Resolution.Plans;

namespace Resolver.Cli.Rendering.Plans;

/// <summary>What a plan took, on one line, for <c>--stats</c>.</summary>
internal static class StatisticsText
{
    public static string Of(PlanStatistics statistics) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"scan {statistics.ScanMilliseconds:0.###} ms, load {statistics.LoadMilliseconds:0.###} ms, solve "
                + $"{statistics.SolveMilliseconds:0.###} ms, order {statistics.OrderMilliseconds:0.###} ms; "
                + $"{statistics.Decisions} decisions, {statistics.Conflicts} conflicts, {statistics.Propagations} "
                + $"propagations"
        );
}
