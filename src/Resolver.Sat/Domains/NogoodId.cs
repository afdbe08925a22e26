namespace Resolver.Sat.Domains;

/// <summary>A nogood of one engine: its place in the order of creation.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>.</param>
public readonly record struct NogoodId(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;

    /// <summary>No nogood.</summary>
    public static NogoodId None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}
