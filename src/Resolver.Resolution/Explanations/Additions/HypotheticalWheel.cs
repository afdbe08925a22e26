using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A wheel that is not there, of a version that is there in another form: it requires what that
/// does.</summary>
internal static class HypotheticalWheel
{
    /// <param name="source">The version in its other form.</param>
    /// <param name="weakness">What a plan says of the wheel.</param>
    public static Candidate Of(Candidate source, string weakness) =>
        new()
        {
            Name = source.Name,
            Version = source.Version,
            Kind = DistributionKind.Wheel,
            Requires = source.Requires,
            RequiresPython = source.RequiresPython,
            Extras = source.Extras,
            Yanked = source.Yanked,
            YankedBecause = source.YankedBecause,
            Weaknesses = [weakness],
        };
}
