using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Planning;

/// <summary>A project in which two plans differ.</summary>
/// <param name="Before">Its step in the best plan; null where that does not have it.</param>
/// <param name="After">Its step in the other plan; null where that does not have it.</param>
/// <param name="Rule">Why the planner prefers what the best plan has; null where it does not.</param>
public sealed record PlanChange(PlanStep? Before, PlanStep? After, PreferenceRule? Rule);
