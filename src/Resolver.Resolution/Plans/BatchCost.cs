namespace Resolver.Resolution.Plans;

/// <summary>What it cost a batch to order one version of a project rather than another.</summary>
/// <param name="Name">The project, of which the batch has several versions that could be ordered.</param>
/// <param name="Version">The version that is ordered.</param>
/// <param name="Excludes">How many other projects of the batch cannot be ordered together with it.</param>
/// <param name="Instead">The other versions, the newest first.</param>
public sealed record BatchCost(string Name, string Version, int Excludes, IReadOnlyList<BatchCost.Alternative> Instead)
{
    /// <summary>A version that is not ordered, and how many projects it would exclude.</summary>
    public sealed record Alternative(string Version, int Excludes);
}
