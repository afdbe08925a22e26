using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>One thing a person can change: a closed set. <c>Versions</c> are texts, ascending.</summary>
public abstract record Fact
{
    private Fact() { }

    /// <summary>Where what it speaks of lies, as given on the command line; empty where that is unknown, or
    /// installed.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>These versions of a project require this. A root has neither name nor versions.</summary>
    public sealed record Requires(string? Name, IReadOnlyList<string> Versions, string Requirement, Role Role) : Fact;

    /// <summary>These are all the candidates of a project there are; none is fit where the list is empty.</summary>
    public sealed record Candidates(string Name, IReadOnlyList<string> Versions) : Fact;

    /// <summary>These versions cannot be used, and why: <c>requires-python</c>, <c>tags</c>, <c>yanked</c>,
    /// <c>prerelease</c>, <c>policy</c>, <c>metadata</c>, <c>pinned</c>, <c>excluded</c>, <c>build</c> (its
    /// environment, solved separately, cannot be had).</summary>
    public sealed record Unusable(string Name, IReadOnlyList<string> Versions, string Why, string Detail) : Fact;

    /// <summary>A build dependency cycle: these builds cannot be put in an order.</summary>
    public sealed record BuildCycle(IReadOnlyList<BuildCycleStep> Steps) : Fact;
}
