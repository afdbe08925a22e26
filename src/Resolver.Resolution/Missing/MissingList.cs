using Resolver.Resolution.Explanations;

namespace Resolver.Resolution.Missing;

/// <summary>The shortest list of what to add so that a plan exists: at least this, since what the missing files
/// themselves need is unknown.</summary>
/// <param name="Projects">By name; empty where there is a plan already.</param>
/// <param name="Given">How many things were requested, or given as a batch.</param>
/// <param name="Remaining">The one reason that no addition does away with, where nothing is to be added beside; else
/// null.</param>
public sealed record MissingList(IReadOnlyList<MissingProject> Projects, int Given, Explanation? Remaining)
{
    /// <summary>What no addition makes possible, in the order asked; the list is for the rest.</summary>
    public IReadOnlyList<BeyondHelp> BeyondHelp { get; init; } = [];
}
