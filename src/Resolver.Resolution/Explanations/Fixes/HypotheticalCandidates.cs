using System.Globalization;
using System.Numerics;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Specifiers;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Requests;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Files that are not there, as if they were: what they need in turn is unknown and taken for
/// nothing.</summary>
internal static class HypotheticalCandidates
{
    /// <summary>A candidate that meets the bound and that the request lets be, near to a version that is written in
    /// the bound and new where that is possible; null where no version is.</summary>
    public static Candidate? Of(
        ICandidateSource source,
        PlanRequest request,
        PackageName project,
        SpecifierSet bound
    ) =>
        // What is there in an unknown version is not missing.
        source.HiddenOf(project).Any(each => each.IsOfUnknownVersion)
        || VersionOf(source, request, project, bound) is not { } version
            ? null
            : new()
            {
                Name = project,
                Version = version,
                Kind = request.ForbidsWheels(project) ? DistributionKind.Sdist : DistributionKind.Wheel,
                Requires = [],
                BuildRequires = [],
                Weaknesses =
                [
                    $"not there: add {project}{BoundText.Of(bound)} first; what it needs in turn is not known",
                ],
            };

    private static Version? VersionOf(
        ICandidateSource source,
        PlanRequest request,
        PackageName project,
        SpecifierSet bound
    )
    {
        var taken = source.CandidatesOf(project).Select(each => each.Version).ToHashSet();
        var written = bound.Specifiers.Select(each => each.Version).OfType<Version>().ToList();
        var tried = request.Pinned.TryGetValue(project, out var pinned)
            ? [pinned]
            : written
                .Concat(written.Concat(taken).SelectMany(Near))
                .Append(Version.Parse("1"))
                .Where(each => !request.Exclusions.Any(exclusion => exclusion.Covers(project, each)));
        return tried
            .Where(each => bound.Contains(each, prereleases: true))
            .OrderBy(taken.Contains)
            .ThenBy(each => each.IsPrerelease)
            .ThenBy(each => each)
            .Cast<Version?>()
            .FirstOrDefault();
    }

    /// <summary>A little more, the next one, and one just below.</summary>
    private static IEnumerable<Version> Near(Version version)
    {
        var epoch = version.Epoch > 0 ? $"{version.Epoch}!" : "";
        var release = version.Release;
        string Text(IEnumerable<BigInteger> parts) =>
            epoch + string.Join('.', parts.Select(part => part.ToString(CultureInfo.InvariantCulture)));
        yield return Version.Parse(Text(release.Append(1)));
        yield return Version.Parse(Text(release.SkipLast(1).Append(release[^1] + 1)));
        var last = Enumerable.Range(0, release.Count).LastOrDefault(i => release[i] > 0, -1);
        if (last >= 0)
            yield return Version.Parse(Text(release.Take(last).Append(release[last] - 1).Append(9999)));
    }
}
