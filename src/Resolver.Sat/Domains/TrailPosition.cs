namespace Resolver.Sat.Domains;

/// <summary>The place of an entry in a <see cref="Trail"/>: a later one is greater.</summary>
/// <param name="Index">From 0; below 0 for <see cref="None"/>, which is before every entry.</param>
internal readonly record struct TrailPosition(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;

    /// <summary>Before the first entry: what holds from the start.</summary>
    public static TrailPosition None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;

    public static bool operator <(TrailPosition one, TrailPosition other) => one.Index < other.Index;

    public static bool operator >(TrailPosition one, TrailPosition other) => one.Index > other.Index;

    public static bool operator <=(TrailPosition one, TrailPosition other) => one.Index <= other.Index;

    public static bool operator >=(TrailPosition one, TrailPosition other) => one.Index >= other.Index;
}
