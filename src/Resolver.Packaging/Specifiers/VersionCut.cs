using System.Runtime.CompilerServices;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>On which side of its version a cut lies.</summary>
internal enum CutSide
{
    /// <summary>Just before the version.</summary>
    Before = 0,

    /// <summary>Just after the version itself, before its local labels.</summary>
    After = 1,

    /// <summary>After a final release, all its local labels and all its post-releases. No version follows next: the
    /// place has no other name.</summary>
    AfterPosts = 2,
}

/// <summary>
/// A place between two neighbours in the order of versions. Every clause of PEP 440 begins and ends at such places,
/// so that sets of versions become sorted lists of cuts and their algebra is exact. Two cuts that no version lies
/// between are the same cut, because every place that has a smallest version after it is written as
/// <see cref="CutSide.Before"/> that version.
/// </summary>
internal readonly record struct VersionCut(Version Version, CutSide Side) : IComparable<VersionCut>
{
    /// <summary>Before every version: the smallest there is, 0.dev0, lies right of it.</summary>
    public static VersionCut Lowest { get; } = new(Version.Parse("0.dev0"), CutSide.Before);

    public static VersionCut Before(Version version) => new(version, CutSide.Before);

    /// <summary>After the version and all its local labels.</summary>
    public static VersionCut AfterLocals(Version version)
    {
        if (version.DevNumeral is { } dev)
            return Before(version.With(version.PostNumeral, dev.Next()));
        return Before(version.With(version.PostNumeral is { } post ? post.Next() : default, default(Versions.Numeral)));
    }

    /// <summary>After the version, its local labels and its post-releases.</summary>
    public static VersionCut AfterPosts(Version version)
    {
        if (version.DevNumeral is not null || version.PostNumeral is not null)
            return AfterLocals(version);
        return version.PreLetter is null
            ? new(version, CutSide.AfterPosts)
            : Before(
                Version.Make(
                    version.EpochNumeral,
                    version.Segments(),
                    version.PreLetter,
                    version.PreNumber.Next(),
                    null,
                    default(Versions.Numeral),
                    null
                )
            );
    }

    /// <summary>Whether the version lies before this place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAfter(Version version)
    {
        if (Side == CutSide.Before)
            return version.IsBelow(Version);
        return version <= Version || (Side == CutSide.AfterPosts && IsLaterOfSameRelease(version));
    }

    public int CompareTo(VersionCut other)
    {
        if (Side == CutSide.AfterPosts && other.Side != CutSide.AfterPosts)
            return IsAfter(other.Version) ? 1 : -1;
        if (other.Side == CutSide.AfterPosts && Side != CutSide.AfterPosts)
            return other.IsAfter(Version) ? -1 : 1;
        var order = Version.CompareTo(other.Version);
        return order != 0 ? order : Side.CompareTo(other.Side);
    }

    /// <summary>Given a version above this final release: whether it is one of its local labels or
    /// post-releases.</summary>
    private bool IsLaterOfSameRelease(Version version) =>
        version.PreLetter is null
        && version.EpochNumeral.Equals(Version.EpochNumeral)
        && version.CompareRelease(Version) == 0;
}
