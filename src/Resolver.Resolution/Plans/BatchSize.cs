namespace Resolver.Resolution.Plans;

/// <summary>How much of a batch is ordered (<c>order --keep-going</c>).</summary>
/// <param name="Ordered">How many of its projects.</param>
/// <param name="AtMost">No selection orders more than these.</param>
/// <param name="Costs">What choices between versions cost, those first that cost most.</param>
public sealed record BatchSize(int Ordered, int AtMost, IReadOnlyList<BatchCost> Costs)
{
    /// <summary>Whether it is the largest possible number; else the search stopped at a limit.</summary>
    public bool IsProven => Ordered == AtMost;
}
