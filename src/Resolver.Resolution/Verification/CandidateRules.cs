using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Verification;

/// <summary>Whether a candidate may be chosen at all, judged by its metadata and the request.</summary>
internal sealed class CandidateRules
{
    private readonly PlanRequest request;
    private readonly Version python;
    private readonly ILookup<Packaging.Names.PackageName, Requirement> named;

    public CandidateRules(PlanRequest request)
    {
        this.request = request;
        python = Version.Parse(request.Environment.PythonFullVersion.TrimEnd('+'));
        named = request
            .Roots.Concat(request.Constraints)
            .Concat(request.Overrides)
            .Where(each => CountedRequirements.Holds(request, each) == true)
            .ToLookup(each => each.Name);
    }

    /// <summary>Every rule that the candidate breaks and no permission of the request lifts.</summary>
    public IEnumerable<PlanViolation> Broken(Candidate candidate)
    {
        foreach (var (rule, permission, text) in Judge(candidate))
        {
            if (
                !request.Permissions.Any(each =>
                    each.Kind == permission && (each.Project is null || each.Project == candidate.Name)
                )
            )
                yield return new(rule, $"{candidate} {text}");
        }
    }

    private IEnumerable<(PlanRule Rule, UnusableKind Permission, string Text)> Judge(Candidate candidate)
    {
        if (candidate.UnusableBecause is { } reason)
            yield return (PlanRule.Metadata, UnusableKind.Metadata, $"is unusable: {reason}");
        if (request.Pinned.TryGetValue(candidate.Name, out var pin) && !pin.Equals(candidate.Version))
            yield return (PlanRule.Exclusion, UnusableKind.Pinned, $"is not the pinned version {pin}");
        if (request.Exclusions.Any(each => each.Covers(candidate.Name, candidate.Version)))
            yield return (PlanRule.Exclusion, UnusableKind.Excluded, "is excluded");
        // What is installed runs already.
        if (candidate.Kind == DistributionKind.Installed)
            yield break;
        if (candidate.Requires is null)
            yield return (PlanRule.Metadata, UnusableKind.Metadata, "does not say what it requires");
        if (candidate.RequiresPython is { } bound && !AdmitsPython(bound))
            yield return (
                PlanRule.RequiresPython,
                UnusableKind.RequiresPython,
                $"requires Python {bound}, not {python}"
            );
        // For several environments at once there is no list of tags: their wheels are judged where they are merged.
        if (
            request.Fitness is null
            && candidate.Tags is { } tags
            && request.Tags is { } supported
            && !tags.Any(supported.Tags.Contains)
        )
            yield return (PlanRule.Tags, UnusableKind.Tags, $"is a wheel for {string.Join(", ", tags)}");
        // Whoever names a file by its URL has chosen it.
        if (candidate.OnlyByReference || named[candidate.Name].Any(each => ReferencedPlace.IsMeant(each, candidate)))
            yield break;
        if (candidate.Kind == DistributionKind.Wheel && Names(request.NoBinary, request.OnlyBinary, candidate))
            yield return (PlanRule.Format, UnusableKind.Policy, "is a wheel");
        if (candidate.Kind != DistributionKind.Wheel && Names(request.OnlyBinary, request.NoBinary, candidate))
            yield return (PlanRule.Format, UnusableKind.Policy, "is not a wheel");
        if (candidate.Yanked && !IsLocked(candidate) && !named[candidate.Name].Any(each => Pins(each, candidate)))
            yield return (PlanRule.Yanked, UnusableKind.Yanked, "is yanked, and nothing requested pins it");
        if (candidate.Version.IsPrerelease && !AdmitsPrereleases(candidate))
            yield return (PlanRule.Prerelease, UnusableKind.Prerelease, "is a pre-release");
    }

    /// <summary>Of a plan for every environment, an upper bound does not count for a Python that does not exist yet:
    /// nobody knows what will run on it.</summary>
    private bool AdmitsPython(Packaging.Specifiers.SpecifierSet bound) =>
        bound.Contains(python, prereleases: true) || (request.Fitness is not null && !KnownPythons.Include(python));

    /// <summary>Whether a filter holds for the project: by its name, or as one of all that the other filter does not
    /// name. Where both say 'all', nothing may be built.</summary>
    private bool Names(NameFilter filter, NameFilter other, Candidate candidate) =>
        !other.Names(candidate.Name)
        && (
            filter.Names(candidate.Name)
            || (filter.IsAll && (!other.IsAll || ReferenceEquals(filter, request.OnlyBinary)))
        );

    private bool IsLocked(Candidate candidate) =>
        request.Preferred.TryGetValue(candidate.Name, out var locked) && locked.Equals(candidate.Version);

    /// <summary>Whether one clause names exactly this version, in whatever spelling.</summary>
    private static bool Pins(Requirement requirement, Candidate candidate) =>
        requirement.Specifier.Specifiers.Any(each =>
            each is { Operator: "==" or "===", IsPrefix: false }
            && Version.TryParse(each.VersionText, out var version)
            && version.Equals(candidate.Version)
        );

    private bool AdmitsPrereleases(Candidate candidate) =>
        request.Prerelease switch
        {
            PrereleaseMode.Disallow => false,
            PrereleaseMode.Explicit => named[candidate.Name].Any(each => each.Specifier.Prereleases == true),
            _ => true,
        };
}
