namespace Resolver.Resolution.Problems;

/// <summary>At most <paramref name="Limit"/> of these hold at once. The value of an objective: as a nogood a
/// combination it would be exponentially many.</summary>
/// <param name="Terms">At most one a variable.</param>
/// <param name="Limit">From 0.</param>
public sealed record SelectionBound(IReadOnlyList<SelectionTerm> Terms, int Limit);
