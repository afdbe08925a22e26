using System.Text;
using Resolver.Packaging.Versions;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

public sealed partial class VersionRanges
{
    /// <summary>
    /// The set in the language of specifiers, for a person: <c>&gt;=1.2,&lt;2,!=1.5 || ==3.*</c>, <c>any</c> or
    /// <c>none</c>. A reader of specifiers who joins what stands between <c>||</c> gets the same set back, except
    /// where PEP 440 has no words for it; there a remark in parentheses follows.
    /// </summary>
    public override string ToString()
    {
        if (IsEmpty)
            return "none";
        if (IsAll)
            return "any";
        var text = new StringBuilder();
        for (var i = 0; i < cuts.Length;)
        {
            // Neighbouring intervals become one with exclusions where the gap between them can be named.
            var exclusions = new StringBuilder();
            var last = i;
            while (last + 2 < cuts.Length && EqualText(cuts[last + 1], cuts[last + 2]) is { } gap)
            {
                exclusions.Append(",!=").Append(gap);
                last += 2;
            }
            if (text.Length > 0)
                text.Append(" || ");
            VersionCut? end = last + 1 < cuts.Length ? cuts[last + 1] : null;
            var interval = IntervalText(cuts[i], end);
            text.Append(interval)
                .Append(interval.Length == 0 ? exclusions.ToString().TrimStart(',') : exclusions.ToString());
            i = last + 2;
        }
        return text.ToString();
    }

    private static string IntervalText(VersionCut from, VersionCut? to)
    {
        if (to is { } end && EqualText(from, end) is { } equal)
            return "==" + equal;
        var lower = from == VersionCut.Lowest ? "" : LowerText(from);
        var upper = to is { } stop ? UpperText(stop) : "";
        return lower.Length > 0 && upper.Length > 0 ? $"{lower},{upper}" : lower + upper;
    }

    /// <summary>What stands after <c>==</c> where one clause of that kind is the whole interval.</summary>
    private static string? EqualText(VersionCut from, VersionCut to)
    {
        if (from.Side != CutSide.Before)
            return null;
        var version = from.Version;
        if (to.Side == CutSide.After && to.Version == version)
            return version.ToString();
        if (!version.HasLocal && to == VersionCut.AfterLocals(version))
            return version.ToString();
        return to.Side == CutSide.Before && IsFamilyStart(version) && IsFamilyStart(to.Version)
            ? PrefixText(version, to.Version)
            : null;
    }

    /// <summary>Whether this is the first version of a release: <c>1.2.dev0</c>.</summary>
    private static bool IsFamilyStart(Version version) =>
        version is { PreLetter: null, PostNumeral: null, HasLocal: false } && version.DevNumeral is { IsZero: true };

    /// <summary><c>1.2.*</c> for 1.2.dev0 up to 1.3.dev0.</summary>
    private static string? PrefixText(Version first, Version next)
    {
        var release = next.Segments();
        var length = release.Length;
        while (length > 1 && release[length - 1].IsZero)
            length--;
        var prefix = new Numeral[length];
        for (var i = 0; i < length; i++)
            prefix[i] = first.Segment(i);
        if (
            !prefix[^1].Next().Equals(release[length - 1])
            || !prefix.AsSpan(..^1).SequenceEqual(release.AsSpan(..(length - 1)))
        )
            return null;
        var start = Version.Make(first.EpochNumeral, prefix, null, default, null, default(Numeral), null);
        return start == first && first.EpochNumeral.Equals(next.EpochNumeral) ? start.BaseVersion + ".*" : null;
    }

    private static string LowerText(VersionCut cut) =>
        cut.Side switch
        {
            CutSide.AfterPosts => $">{cut.Version}",
            CutSide.After => $">{cut.Version} (its later local labels and post-releases included)",
            _ => Predecessor(cut.Version, lower: true) is { } before ? $">{before}"
            : cut.Version.HasLocal ? $">={cut.Version} (local label counts)"
            : $">={cut.Version}",
        };

    private static string UpperText(VersionCut cut)
    {
        var version = cut.Version;
        if (cut.Side == CutSide.AfterPosts)
            return $"<={version} (its post-releases included)";
        if (cut.Side == CutSide.After)
            return $"<={version} (no other local labels)";
        if (Predecessor(version, lower: false) is { } before)
            return $"<={before}";
        if (version.HasLocal)
            return $"<{version} (local label counts)";
        if (IsFamilyStart(version))
            return $"<{version.BaseVersion}";
        return version.IsPrerelease ? $"<{version}" : $"<{version} (its pre-releases included)";
    }

    /// <summary>The version just before the place before <paramref name="version"/>, where a clause that names it
    /// means that very place.</summary>
    private static Version? Predecessor(Version version, bool lower)
    {
        if (version.HasLocal || version.DevNumeral is not { } dev)
            return null;
        if (!dev.IsZero)
            return dev.Previous() is { } earlier ? version.With(version.PostNumeral, earlier) : null;
        if (version.PostNumeral is { } post)
        {
            // As a lower end this is one past the local labels of a release, where '>' would leave out its
            // post-releases as well.
            if (post.IsZero)
                return lower ? null : version.With(null, null);
            return post.Previous() is { } previous ? version.With(previous, null) : null;
        }
        if (!lower || version.PreLetter is null || version.PreNumber.IsZero)
            return null;
        return version.PreNumber.Previous() is { } number
            ? Version.Make(version.EpochNumeral, version.Segments(), version.PreLetter, number, null, null, null)
            : null;
    }
}
