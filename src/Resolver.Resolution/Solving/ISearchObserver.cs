using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Hears every nogood the search uses, in order; enough to write a proof by reverse unit propagation.
/// A nogood says that not all of its terms hold; one without terms is the contradiction.
/// </summary>
/// <remarks>Propagation is that of domains: a term is true where the variable's domain lies within its set, false
/// where they are disjoint; a nogood with all terms true but one takes the last one's set from the domain. Every
/// learned nogood follows so from what was told before.</remarks>
internal interface ISearchObserver
{
    /// <summary>A nogood of the problem was loaded. May be reported twice.</summary>
    void Axiom(ReadOnlySpan<ObservedTerm> nogood, Axiom origin);

    /// <summary>A nogood was derived.</summary>
    void Learned(ReadOnlySpan<ObservedTerm> nogood);
}

/// <summary>The variable lies in a set of its candidates, where being absent may be one of them.</summary>
/// <param name="Variable">The variable; at most one term a nogood speaks of it.</param>
/// <param name="Candidates">Bit i % 64 of word i / 64 stands for candidate i; (count + 63) / 64 words, those above
/// the count clear.</param>
/// <param name="Absent">Whether 'absent' is in the set.</param>
internal readonly record struct ObservedTerm(VariableId Variable, ReadOnlyMemory<ulong> Candidates, bool Absent);
