using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Planning;

/// <summary>Chooses a consistent set from an archive for some requirements, and orders it (<c>resolver plan</c>).</summary>
public static class Planner
{
    /// <summary>The best plan, or why there is none.</summary>
    public static PlanOutcome Plan(ICandidateSource source, PlanRequest request, PlanLimits limits, bool useZ3 = false, CancellationToken cancellation = default) => throw new NotImplementedException();
}
