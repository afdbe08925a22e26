namespace Resolver.Resolution.Solving;

/// <summary>Why there is no selection: the axioms that the derivation of the contradiction used, without duplicates,
/// in the order they were loaded. Not minimal.</summary>
internal sealed record Refutation(IReadOnlyList<Axiom> Axioms);
