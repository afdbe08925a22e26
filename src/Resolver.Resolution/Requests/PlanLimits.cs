using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Requests;

/// <summary>When to give up. Null: never.</summary>
/// <param name="Deadline">Shared by everything that serves one command.</param>
/// <param name="Conflicts">Of each search.</param>
public sealed record PlanLimits(Deadline? Deadline = null, long? Conflicts = null)
{
    public static PlanLimits None { get; } = new();
}
