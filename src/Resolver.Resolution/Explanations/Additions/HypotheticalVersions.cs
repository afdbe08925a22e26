using System.Globalization;
using System.Numerics;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Versions that files which are not there could have: enough of them that every combination of bounds that
/// some version meets is met by one.</summary>
internal static class HypotheticalVersions
{
    /// <summary>Best first: finals before pre-releases, then the lowest.</summary>
    /// <param name="bounds">What is required of the project.</param>
    /// <param name="taken">Versions that are there.</param>
    public static IReadOnlyList<Version> Of(IEnumerable<SpecifierSet> bounds, IEnumerable<Version> taken)
    {
        var written = bounds
            .SelectMany(each => each.Specifiers)
            .Select(each => each.Version)
            .OfType<Version>()
            .Distinct()
            .ToList();
        return
        [
            .. written
                .Concat(written.Concat(taken).SelectMany(Near))
                .Append(Version.Parse("1"))
                .Distinct()
                .OrderBy(each => each.IsPrerelease)
                .ThenBy(each => each),
        ];
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
