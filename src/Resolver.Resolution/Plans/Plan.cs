using Resolver.Packaging.Requirements;

namespace Resolver.Resolution.Plans;

/// <summary>A consistent selection in the order in which it can be installed.</summary>
public sealed record Plan(
    IReadOnlyDictionary<string, string> Environment,
    IReadOnlyList<Requirement> Roots,
    IReadOnlyList<PlanStep> Steps,
    IReadOnlyList<LeftOut> LeftOut,
    PlanStatistics Statistics);
