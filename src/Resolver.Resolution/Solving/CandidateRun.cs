namespace Resolver.Resolution.Solving;

/// <summary>Neighbouring candidates of a variable.</summary>
/// <param name="First">The lowest.</param>
/// <param name="Last">The highest, inclusive.</param>
internal readonly record struct CandidateRun(CandidateIndex First, CandidateIndex Last)
{
    /// <summary>No candidates: the run of a root.</summary>
    public static CandidateRun None => new(CandidateIndex.None, CandidateIndex.None);

    /// <summary>How many there are.</summary>
    public int Count => Last.Index - First.Index + 1;

    /// <summary>Whether all of the other's are among them.</summary>
    public bool Covers(CandidateRun other) => First.Index <= other.First.Index && other.Last.Index <= Last.Index;
}
