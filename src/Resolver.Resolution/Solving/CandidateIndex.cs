namespace Resolver.Resolution.Solving;

/// <summary>One candidate of a variable, by its place in ascending order.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>.</param>
internal readonly record struct CandidateIndex(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;

    /// <summary>No candidate: the variable is absent, or the search has not come down to one.</summary>
    public static CandidateIndex None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}
