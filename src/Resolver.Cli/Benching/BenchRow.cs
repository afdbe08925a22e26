namespace Resolver.Cli.Benching;

/// <summary>One measured thing: what, how often, how long, how much.</summary>
/// <param name="Subject">The archive or universe.</param>
/// <param name="Phase"><c>scan</c>, <c>load</c>, <c>solve</c>, <c>order</c> or <c>explain</c>.</param>
/// <param name="Items">What one sample works on: distributions for <c>scan</c>, candidates for <c>load</c>, else 1 (a
/// question).</param>
/// <param name="Milliseconds">All samples, ascending; at least one.</param>
/// <param name="AllocatedBytes">Managed memory that a sample allocates, on average.</param>
internal sealed record BenchRow(
    string Subject,
    string Phase,
    int Items,
    IReadOnlyList<double> Milliseconds,
    long AllocatedBytes
)
{
    /// <summary>Decisions, conflicts and propagations of all samples of one round; null where nothing was
    /// searched.</summary>
    public SearchWork? Work { get; init; }

    /// <summary>Items a second at the median.</summary>
    public double PerSecond => Percentile(50) is var median && median > 0 ? Items * 1000 / median : 0;

    /// <summary>The sample below or at which so many of a hundred lie (nearest rank).</summary>
    public double Percentile(int percent) =>
        Milliseconds[Math.Max(0, (int)Math.Ceiling(percent / 100.0 * Milliseconds.Count) - 1)];
}

/// <summary>What the search did: without noise, unlike time.</summary>
internal sealed record SearchWork(long Decisions, long Conflicts, long Propagations)
{
    public static SearchWork operator +(SearchWork a, SearchWork b) =>
        new(a.Decisions + b.Decisions, a.Conflicts + b.Conflicts, a.Propagations + b.Propagations);
}
