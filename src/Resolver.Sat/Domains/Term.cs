namespace Resolver.Sat.Domains;

/// <summary>A statement: the variable lies in a set of its values, where 'absent' may be one of them.</summary>
/// <remarks>
/// Up to 63 values the set is one word held here, so that the search reads no second place for it; larger sets lie in
/// the engine's pool:
/// <code>
/// Words == 1: Bits is the set       Words > 1: Bits is the offset of its first word in the pool
/// </code>
/// Value i is bit i; 'absent' is the bit after the last value.
/// </remarks>
/// <param name="Variable">The variable.</param>
/// <param name="Words">How many words the variable's sets have.</param>
/// <param name="Bits">The set, or where it lies.</param>
public readonly record struct Term(EngineVariable Variable, int Words, ulong Bits);
