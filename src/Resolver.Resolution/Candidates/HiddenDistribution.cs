namespace Resolver.Resolution.Candidates;

/// <summary>A distribution that is there, but of which no plan knows.</summary>
/// <param name="Version">As far as it is known.</param>
/// <param name="Place">Where it lies, or null where it has no place on disk (a finder serves it).</param>
/// <param name="Why">A stable word: <c>no-installed</c>, <c>other-prefix</c>, <c>shadowed</c>, <c>finder</c>,
/// <c>unreadable</c>, <c>unknown-version</c>.</param>
/// <param name="Detail">For a person, a clause that starts from the distribution's name and what to do: <c>is
/// installed there, but …; …</c> Lines to paste may follow it.</param>
public sealed record HiddenDistribution(string? Version, string? Place, string Why, string Detail)
{
    /// <summary>Whether it lies in the archive and only its version is unknown: then it is not missing.</summary>
    public bool IsOfUnknownVersion => Why == "unknown-version";
}
