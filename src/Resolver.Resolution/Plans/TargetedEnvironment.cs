using Resolver.Packaging.Markers;

namespace Resolver.Resolution.Plans;

/// <summary>One of several environments that a plan is for; of <c>--universal</c>, one part of all environments in
/// which the same steps are taken.</summary>
/// <param name="Name">As <c>resolver.toml</c> names it; null for a part of <c>--universal</c>.</param>
/// <param name="Markers">The condition by which an environment belongs here; null where each does. Of several
/// environments in one plan no two hold at once.</param>
/// <param name="Example">One that belongs here: what the steps were chosen and checked for.</param>
public sealed record TargetedEnvironment(string? Name, Marker? Markers, MarkerEnvironment Example)
{
    /// <summary>Whether an environment belongs here. A condition that cannot be judged does not hold.</summary>
    public bool Includes(MarkerEnvironment environment) =>
        Markers is null || Markers.TryEvaluate(environment, []) is { Success: true, Value: true };
}
