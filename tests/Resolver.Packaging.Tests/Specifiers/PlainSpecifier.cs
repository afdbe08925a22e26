using System.Numerics;
using Resolver.Packaging.Tests.Versions;

namespace Resolver.Packaging.Tests.Specifiers;

/// <summary>The words of PEP 440 on each operator, as predicates. The reference for the intervals, with which it
/// shares nothing.</summary>
internal static class PlainSpecifier
{
    public static bool Admits(string clause, PlainVersion candidate)
    {
        var comparison = clause[1] == '=' ? clause[..2] : clause[..1];
        var text = clause[comparison.Length..];
        if (text.EndsWith(".*", StringComparison.Ordinal))
            return HasPrefix(candidate, PlainVersion.Read(text[..^2])!, PlainVersion.Read(text[..^2])!.Release)
                == (comparison == "==");
        var version = PlainVersion.Read(text)!;
        var order = candidate.CompareTo(version);
        var publicOrder = (candidate with { Local = null }).CompareTo(version);
        var sameRelease =
            candidate.Epoch == version.Epoch
            && HasPrefix(candidate, version, version.Release)
            && Enumerable
                .Range(version.Release.Length, Math.Max(0, candidate.Release.Length - version.Release.Length))
                .All(i => candidate.At(i) == 0);
        return comparison switch
        {
            // "If the specified version identifier is a public version identifier, then the local version label of
            // any candidate versions MUST be ignored"
            "==" => (version.Local is null ? publicOrder : order) == 0,
            "!=" => (version.Local is null ? publicOrder : order) != 0,
            "<=" => publicOrder <= 0,
            ">=" => order >= 0,
            // "<V MUST NOT allow a pre-release of the specified version unless the specified version is itself a
            // pre-release"
            "<" => order < 0
                && (
                    version.IsPrerelease
                    || !(
                        sameRelease
                        && candidate.IsPrerelease
                        && (version.Post is null || (candidate.Pre is null && candidate.Post == version.Post))
                    )
                ),
            // ">V MUST NOT allow a post-release of the given version unless V itself is a post release", nor "a local
            // version of the specified version"
            ">" => publicOrder > 0
                && (
                    version.Post is not null
                    || version.Dev is not null
                    || !(sameRelease && candidate.Pre == version.Pre && candidate.Post is not null)
                ),
            // "~=V.N" is ">=V.N, ==V.*"
            "~=" => order >= 0 && HasPrefix(candidate, version, version.Release[..^1]),
            _ => throw new ArgumentException(comparison),
        };
    }

    private static bool HasPrefix(PlainVersion candidate, PlainVersion version, BigInteger[] release) =>
        candidate.Epoch == version.Epoch && Enumerable.Range(0, release.Length).All(i => candidate.At(i) == release[i]);
}
