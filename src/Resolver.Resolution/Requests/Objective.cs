namespace Resolver.Resolution.Requests;

/// <summary>What a plan is to be best at (<c>--objective</c>). Several in an order: what comes first counts more than
/// everything after it.</summary>
public enum Objective
{
    /// <summary>The best candidate of each project in order of discovery (decision 0010). Decides everything, so
    /// nothing after it counts; it stands at the end where it is not named.</summary>
    Newest,

    /// <summary>The fewest steps that are neither kept nor at the version of the lock. Projects to be upgraded are
    /// free.</summary>
    FewestChanges,

    /// <summary>The fewest projects in the plan, those that are kept included.</summary>
    FewestPackages,

    /// <summary>The fewest steps that are built from source.</summary>
    FewestBuilds,
}
