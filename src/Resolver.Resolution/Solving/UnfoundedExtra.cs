using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>The certificate of a nogood that the search itself adds: with exactly its candidates no active
/// requirement asks for this extra, so it is not active.</summary>
public sealed record UnfoundedExtra(VariableId Extra);
