using Resolver.Packaging.Markers;
using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Tags;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Environments;

/// <summary>One of several environments that a plan is requested.</summary>
/// <param name="Name">As the user calls it; null where it has no name.</param>
/// <param name="Region">Which environments are meant; disjoint from every other's.</param>
/// <param name="Example">The one of them that markers are judged by.</param>
/// <param name="Tags">The tags wheels are judged by, or null where every wheel is fit.</param>
public sealed record EnvironmentRequest(
    string? Name,
    MarkerRegion Region,
    MarkerEnvironment Example,
    SupportedTags? Tags = null
)
{
    /// <summary>As in <see cref="PlanRequest.Fitness"/>.</summary>
    internal ICandidateFitness? Fitness { get; init; }

    /// <summary>What is asked of this environment alone: the roots are those whose markers hold.</summary>
    internal PlanRequest Of(PlanRequest request)
    {
        var own = request with { Environment = Example, Tags = Tags, Fitness = Fitness };
        return own with
        {
            Roots = [.. request.Roots.Where(each => own.Counts(each))],
            Constraints = [.. request.Constraints.Where(each => own.Counts(each))],
            Overrides = [.. request.Overrides.Where(each => own.Counts(each))],
        };
    }
}
