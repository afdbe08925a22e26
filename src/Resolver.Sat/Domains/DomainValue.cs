namespace Resolver.Sat.Domains;

/// <summary>One of the values that a variable may take, or 'absent': <see cref="DomainEngine.AbsentOf"/>.</summary>
/// <param name="Index">From 0, ascending; 'absent' is the number of values. Below 0 for <see cref="None"/>.</param>
public readonly record struct DomainValue(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;

    /// <summary>No single value: more than one is left, or none is known.</summary>
    public static DomainValue None => new(-1);

    /// <summary>Whether this is <see cref="None"/>.</summary>
    public bool IsNone => Index < 0;
}
