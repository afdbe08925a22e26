using System.Runtime.CompilerServices;

namespace Resolver.Packaging.Versions;

public readonly partial struct Version
{
    /// <summary>The order of PEP 440 ("Summary of permitted suffixes and relative ordering"). Allocates
    /// nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CompareTo(Version other)
    {
        ulong a = Key,
            b = other.Key;
        // Without a branch on the outcome, which no processor could predict on versions in no order.
        var order = (a > b ? 1 : 0) - (a < b ? 1 : 0);
        return order != 0 || (full is null && other.full is null) ? order : CompareParts(other);
    }

    /// <summary>Whether this one sorts before the other; what membership asks most, so without the third
    /// outcome.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool IsBelow(Version other)
    {
        ulong a = Key,
            b = other.Key;
        return a == b ? (full is not null || other.full is not null) && CompareParts(other) < 0 : a < b;
    }

    /// <summary>Whether both are equal in the order of PEP 440: <c>1.0</c> equals <c>1</c>, <c>1.0+x</c> does
    /// not.</summary>
    public bool Equals(Version other) =>
        Key == other.Key && ((full is null && other.full is null) || CompareParts(other) == 0);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Version other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        if (full is null)
            return Key.GetHashCode();
        LayoutOf(full, out var exact);
        if (exact)
            return Key.GetHashCode(); // equal to a packed one but for its zeros
        var hash = new HashCode();
        hash.Add(full.Epoch);
        for (var i = full.SignificantSegments() - 1; i >= 0; i--)
            hash.Add(full.Release[i]);
        hash.Add(full.PreLetter);
        hash.Add(full.PreNumber);
        hash.Add(full.Post);
        hash.Add(full.Dev);
        foreach (var segment in full.Local ?? [])
            hash.Add(segment);
        return hash.ToHashCode();
    }

    private int CompareParts(Version other)
    {
        var order = EpochNumeral.CompareTo(other.EpochNumeral);
        if (order == 0)
            order = CompareRelease(other);
        if (order == 0)
            order = (int)PreRank - (int)other.PreRank; // Enum.CompareTo would box both
        if (order == 0)
            order = PreNumber.CompareTo(other.PreNumber);
        if (order == 0)
            order = Nullable.Compare(PostNumeral, other.PostNumeral); // none before any
        if (order == 0)
            order = CompareDev(DevNumeral, other.DevNumeral);
        return order != 0 ? order : CompareLocal(full?.Local, other.full?.Local);
    }

    /// <summary>A development release of the release itself comes before its alphas; a version without either comes
    /// after its candidates.</summary>
    private Phase PreRank =>
        PreLetter ?? (PostNumeral is null && DevNumeral is not null ? Phase.Development : Phase.Final);

    internal int CompareRelease(Version other)
    {
        var count = Math.Max(SegmentCount, other.SegmentCount);
        for (var i = 0; i < count; i++)
        {
            var order = Segment(i).CompareTo(other.Segment(i));
            if (order != 0)
                return order;
        }
        return 0;
    }

    private static int CompareDev(Numeral? a, Numeral? b) =>
        (a, b) switch
        {
            (null, null) => 0,
            (null, _) => 1, // a development release comes before what it leads to
            (_, null) => -1,
            _ => a.Value.CompareTo(b.Value),
        };

    private static int CompareLocal(LocalSegment[]? a, LocalSegment[]? b)
    {
        if (a is null || b is null)
            return (a is null ? 0 : 1) - (b is null ? 0 : 1);
        for (var i = 0; i < a.Length && i < b.Length; i++)
        {
            var order = a[i].CompareTo(b[i]);
            if (order != 0)
                return order;
        }
        return a.Length.CompareTo(b.Length);
    }
}
