namespace Resolver.Resolution.Requests;

/// <summary>When to give up. Null: never.</summary>
public sealed record PlanLimits(TimeSpan? Timeout = null, long? Conflicts = null)
{
    public static PlanLimits None { get; } = new();
}
