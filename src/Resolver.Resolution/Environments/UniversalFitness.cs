using Resolver.Packaging.Markers.Regions;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Environments;

/// <summary>
/// Fitness for many environments at once. Of a version that has only wheels, one will do wherever none fits, unless
/// that environment is required: such environments are not the plan's in the end, rather than a reason to go without
/// the version everywhere.
/// </summary>
internal sealed class UniversalFitness(MemoizedSource source, UniversalScope scope)
{
    private readonly Dictionary<SpecifierSet, MarkerRegion> pythons = [];
    private readonly Dictionary<Candidate, MarkerRegion> wheels = [];

    /// <summary>The environments whose Python a candidate admits.</summary>
    public MarkerRegion PythonsOf(Candidate candidate)
    {
        if (candidate.RequiresPython is not { } bound)
            return MarkerRegion.All;
        if (!pythons.TryGetValue(bound, out var region))
        {
            region = MarkerRegion.OfPython(bound);
            pythons.Add(bound, region = scope.HasLastPython ? region : region.WithUnknownPythons());
        }
        return region;
    }

    /// <summary>The environments that a wheel is for; all for what is no wheel.</summary>
    public MarkerRegion SystemsOf(Candidate candidate)
    {
        if (candidate.Tags is not { } tags)
            return MarkerRegion.All;
        if (!wheels.TryGetValue(candidate, out var region))
            wheels.Add(candidate, region = WheelRegion.Of(tags));
        return region;
    }

    /// <summary>Every distribution of the candidate's version.</summary>
    public IEnumerable<Candidate> Siblings(Candidate candidate) =>
        source.CandidatesOf(candidate.Name).Where(each => each.Version == candidate.Version);

    /// <summary>The judge for one environment.</summary>
    /// <param name="isStrict">Whether a wheel must fit even where its version has no other distribution.</param>
    public ICandidateFitness For(Packaging.Markers.MarkerEnvironment environment, bool isStrict) =>
        new One(this, environment, isStrict || scope.Required.Any(each => each.Contains(environment)));

    private UnusableCause? WhyUnusable(
        Candidate candidate,
        Packaging.Markers.MarkerEnvironment environment,
        bool isStrict
    )
    {
        if (!PythonsOf(candidate).Contains(environment))
            return new UnusableCause.PythonOfEnvironment(candidate.RequiresPython!, environment.PythonFullVersion);
        if (SystemsOf(candidate).Contains(environment))
            return null;
        var others = Siblings(candidate).Where(each => each != candidate).ToList();
        var isOnlyKind =
            !isStrict
            && !SystemsOf(candidate).IsDisjointFrom(scope.Supported)
            && others.TrueForAll(each => !each.IsBuilt && !SystemsOf(each).Contains(environment));
        return isOnlyKind ? null : new UnusableCause.OtherSystem(candidate.Tags!);
    }

    private sealed class One(UniversalFitness all, Packaging.Markers.MarkerEnvironment environment, bool isStrict)
        : ICandidateFitness
    {
        public UnusableCause? WhyUnusable(Candidate candidate) => all.WhyUnusable(candidate, environment, isStrict);

        public int Rank(Candidate candidate) => candidate.Tags is { } tags ? WheelRegion.Rank(tags) : 0;
    }
}
