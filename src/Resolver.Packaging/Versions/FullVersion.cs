namespace Resolver.Packaging.Versions;

/// <summary>A version that does not fit the packed form: an epoch, a local label, several suffixes, long releases or
/// large numbers.</summary>
internal sealed class FullVersion
{
    public required Numeral Epoch { get; init; }

    /// <summary>As written: trailing zeros count for the text, not for the order.</summary>
    public required Numeral[] Release { get; init; }

    /// <summary><see cref="Phase.Alpha"/>, <see cref="Phase.Beta"/> or <see cref="Phase.Candidate"/>; null where
    /// there is no pre-release part.</summary>
    public Phase? PreLetter { get; init; }

    public Numeral PreNumber { get; init; }

    public Numeral? Post { get; init; }

    public Numeral? Dev { get; init; }

    /// <summary>Null where there is none; never empty.</summary>
    public LocalSegment[]? Local { get; init; }

    /// <summary>The first and most weighty suffix, which is what the packed key orders by.</summary>
    public Phase Phase =>
        PreLetter
        ?? (
            Post is not null ? Phase.Post
            : Dev is not null ? Phase.Development
            : Phase.Final
        );

    public Numeral PhaseNumber => PreLetter is not null ? PreNumber : Post ?? Dev ?? default;

    /// <summary>Whether phase and number say all there is after the release.</summary>
    public bool HasOnlyPhase =>
        Local is null
        && Epoch.IsZero
        && (PreLetter is null ? Post is null || Dev is null : Post is null && Dev is null);

    public int SignificantSegments()
    {
        var count = Release.Length;
        while (count > 0 && Release[count - 1].IsZero)
            count--;
        return count;
    }
}
