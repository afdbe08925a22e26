using Resolver.Resolution.Explanations.Conflicts;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>A fix and its place: the lowest rank is the best fix.</summary>
internal readonly record struct RankedFix(int Rank, IReadOnlyList<FixAction> Actions)
{
    /// <summary>A selection of the problem without the fact that the fix puts right, which may well be one with the
    /// fix; null where none is known.</summary>
    public FoundSelection? Like { get; init; }

    /// <summary>Files that are missing, added.</summary>
    public const int Missing = -1;

    /// <summary>A single thing that is wrong, put right.</summary>
    public const int Right = 0;

    /// <summary>Less is requested.</summary>
    public const int Lesser = 2;

    /// <summary>A constraint is lifted.</summary>
    public const int Constraint = 3;

    /// <summary>A requirement in the archive counts as less.</summary>
    public const int Relaxed = 4;

    /// <summary>Two prefixes in place of one.</summary>
    public const int Split = 5;

    /// <summary>Something is not requested any more.</summary>
    public const int Dropped = 7;

    /// <summary>From this rank on a fix is weak: a hope, or a requirement that is simply dropped.</summary>
    public const int Weak = 8;

    /// <summary>A requirement in the archive does not count.</summary>
    public const int Ignored = 9;

    /// <summary>A version of which nobody knows whether it exists.</summary>
    public const int Hoped = 10;

    /// <summary>A fix of one action.</summary>
    public static RankedFix Of(int rank, FixAction action) => new(rank, [action]);

    /// <summary>The only action, or null where there are more.</summary>
    public FixAction? Only => Actions is [var only] ? only : null;
}
