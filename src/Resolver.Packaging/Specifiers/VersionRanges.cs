using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Packaging.Specifiers;

/// <summary>
/// A set of versions: a union of intervals in the order of PEP 440. Immutable; two are equal exactly where no version
/// distinguishes them. Operations take time linear in the number of intervals.
/// </summary>
public sealed partial class VersionRanges : IEquatable<VersionRanges>
{
    private const int FewCuts = 32;

    /// <summary>Ascending, without duplicates. The set begins at each cut with an even index and ends at the next;
    /// with an odd number of cuts it has no upper end.</summary>
    private readonly VersionCut[] cuts;

    private VersionRanges(VersionCut[] cuts) => this.cuts = cuts;

    /// <summary>No version.</summary>
    public static VersionRanges Empty { get; } = new([]);

    /// <summary>Every version.</summary>
    public static VersionRanges All { get; } = new([VersionCut.Lowest]);

    /// <summary>Whether no version is in the set.</summary>
    public bool IsEmpty => cuts.Length == 0;

    /// <summary>Whether every version is in the set.</summary>
    public bool IsAll => cuts.Length == 1 && cuts[0] == VersionCut.Lowest;

    /// <summary>Exactly this version: not its local labels, but every spelling that is equal to it.</summary>
    public static VersionRanges Of(Version version) => new([VersionCut.Before(version), new(version, CutSide.After)]);

    /// <summary>From one cut to another; null for no upper end.</summary>
    internal static VersionRanges Between(VersionCut from, VersionCut? to)
    {
        if (from.CompareTo(VersionCut.Lowest) < 0)
            from = VersionCut.Lowest;
        if (to is not { } end)
            return new([from]);
        return from.CompareTo(end) < 0 ? new([from, end]) : Empty;
    }

    /// <summary>Exactly these versions.</summary>
    public static VersionRanges Of(IEnumerable<Version> versions) =>
        new([
            .. versions
                .Distinct()
                .Order()
                .SelectMany(version => (VersionCut[])[VersionCut.Before(version), new(version, CutSide.After)]),
        ]);

    /// <summary>Whether the version is in the set. Allocates nothing.</summary>
    public bool Contains(Version version)
    {
        if (cuts.Length > FewCuts)
            return ContainsAmongMany(version);
        // An odd number of cuts lies before it. All are counted: a way out early costs more in branches foretold
        // wrongly than it spares.
        var inside = false;
        foreach (ref readonly var cut in cuts.AsSpan())
            inside ^= !cut.IsAfter(version);
        return inside;
    }

    /// <summary>Halves the cuts: a hostile specifier has thousands, and thousands of versions are held against
    /// it.</summary>
    private bool ContainsAmongMany(Version version)
    {
        int low = 0,
            high = cuts.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (cuts[middle].IsAfter(version))
                high = middle;
            else
                low = middle + 1;
        }
        return low % 2 != 0;
    }

    /// <summary>Every version that is not in the set.</summary>
    public VersionRanges Complement() =>
        cuts.Length > 0 && cuts[0] == VersionCut.Lowest ? new(cuts[1..]) : new([VersionCut.Lowest, .. cuts]);

    /// <summary>The versions in both.</summary>
    public VersionRanges Intersect(VersionRanges other) => Combine(other, (a, b) => a && b);

    /// <summary>The versions in either.</summary>
    public VersionRanges Union(VersionRanges other) => Combine(other, (a, b) => a || b);

    /// <summary>The versions in this set and not in the other.</summary>
    public VersionRanges Except(VersionRanges other) => Combine(other, (a, b) => a && !b);

    /// <summary>Whether every version of this set is in the other.</summary>
    public bool IsSubsetOf(VersionRanges other) => Except(other).IsEmpty;

    /// <summary>Whether every version of the other set is in this one.</summary>
    public bool IsSupersetOf(VersionRanges other) => other.IsSubsetOf(this);

    /// <summary>Whether no version is in both.</summary>
    public bool IsDisjointFrom(VersionRanges other) => Intersect(other).IsEmpty;

    /// <summary>Walks both lists of cuts in order and keeps those where the combined membership changes.</summary>
    private VersionRanges Combine(VersionRanges other, Func<bool, bool, bool> rule)
    {
        var result = new List<VersionCut>(cuts.Length + other.cuts.Length);
        bool inThis = false,
            inOther = false,
            inside = false;
        int i = 0,
            j = 0;
        while (i < cuts.Length || j < other.cuts.Length)
        {
            var order =
                i == cuts.Length ? 1
                : j == other.cuts.Length ? -1
                : cuts[i].CompareTo(other.cuts[j]);
            var cut = order <= 0 ? cuts[i] : other.cuts[j];
            if (order <= 0)
                (inThis, i) = (!inThis, i + 1);
            if (order >= 0)
                (inOther, j) = (!inOther, j + 1);
            if (rule(inThis, inOther) == inside)
                continue;
            inside = !inside;
            result.Add(cut);
        }
        return new([.. result]);
    }

    /// <inheritdoc/>
    public bool Equals(VersionRanges? other) => other is not null && cuts.AsSpan().SequenceEqual(other.cuts);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as VersionRanges);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var cut in cuts)
            hash.Add(cut);
        return hash.ToHashCode();
    }
}
