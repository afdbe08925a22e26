using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Plans;

/// <summary>What it took.</summary>
public sealed record PlanStatistics
{
    public double ScanMilliseconds { get; init; }
    public double LoadMilliseconds { get; init; }
    public double SolveMilliseconds { get; init; }
    public double OrderMilliseconds { get; init; }
    public long Decisions { get; init; }
    public long Conflicts { get; init; }
    public long Propagations { get; init; }

    /// <summary>What a search took.</summary>
    internal static PlanStatistics Of(SearchStatistics search, TimeSpan elapsed) =>
        new()
        {
            SolveMilliseconds = elapsed.TotalMilliseconds,
            Decisions = search.Decisions,
            Conflicts = search.Conflicts,
            Propagations = search.Propagations,
        };
}
