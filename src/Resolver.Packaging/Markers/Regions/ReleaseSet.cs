namespace Resolver.Packaging.Markers.Regions;

/// <summary>A set of final releases of Python: half-open intervals, kept as the ascending places where membership
/// changes.</summary>
internal sealed class ReleaseSet : ValueSet
{
    private readonly FinalRelease[] changes;
    private readonly string text;

    private ReleaseSet(FinalRelease[] changes)
    {
        this.changes = changes;
        text = string.Join(' ', changes);
    }

    public override bool IsEmpty => changes.Length == 0;

    /// <summary>The intervals in ascending order; the last may have no end.</summary>
    public IEnumerable<(FinalRelease From, FinalRelease? To)> Intervals
    {
        get
        {
            for (var i = 0; i < changes.Length; i += 2)
                yield return (changes[i], i + 1 < changes.Length ? changes[i + 1] : null);
        }
    }

    /// <summary>The lowest release of a set that is not empty.</summary>
    public FinalRelease First => changes[0];

    /// <summary>Whether there is no highest release.</summary>
    public bool IsOpen => changes.Length % 2 == 1;

    public static ReleaseSet Between(FinalRelease from, FinalRelease? to) =>
        to is { } end ? new(from.CompareTo(end) < 0 ? [from, end] : []) : new([from]);

    /// <summary>The releases for which something holds that can only change at these places.</summary>
    public static ReleaseSet Where(IEnumerable<FinalRelease> places, Func<FinalRelease, bool> holds)
    {
        var changes = new List<FinalRelease>();
        foreach (var place in places.Append(FinalRelease.Lowest).Distinct().Order())
        {
            if (holds(place) != (changes.Count % 2 == 1))
                changes.Add(place);
        }
        return new([.. changes]);
    }

    public bool Contains(FinalRelease release) => changes.Count(change => change.CompareTo(release) <= 0) % 2 == 1;

    public override ValueSet Complement() =>
        new ReleaseSet(
            changes.Length > 0 && changes[0] == FinalRelease.Lowest ? changes[1..] : [FinalRelease.Lowest, .. changes]
        );

    public override ValueSet Intersect(ValueSet other)
    {
        var right = (ReleaseSet)other;
        return Where(changes.Concat(right.changes), release => Contains(release) && right.Contains(release));
    }

    public override string ToString() => text;
}
