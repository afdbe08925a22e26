namespace Resolver.Resolution.Problems;

/// <summary>Judges a complete selection by something clauses do not say: whether its builds can be ordered.</summary>
public interface ISelectionTheory
{
    /// <summary>Asked at each completed walk, before an answer is given.</summary>
    /// <param name="selection">Indexed by <see cref="VariableId.Index"/>: the candidate, or -1 where absent.</param>
    /// <returns>Nothing where the selection stands; else at least one nogood that it violates. A nogood is a set of
    /// variables with the candidates (ascending) they must not take all at once.</returns>
    IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection);
}

/// <summary>Not all of these at once: each variable in its set of candidates.</summary>
/// <param name="Terms">At most one a variable; never empty.</param>
/// <param name="Certificate">What a checker can replay (the cycle, edge by edge), kept as origin of the clause.</param>
public sealed record SelectionNogood(IReadOnlyList<SelectionTerm> Terms, object Certificate)
{
    /// <summary>Whether the other forbids the same. The theory makes a new one each time it is asked.</summary>
    public bool IsSame(SelectionNogood other) =>
        Terms.Count == other.Terms.Count
        && Terms
            .Zip(other.Terms)
            .All(pair =>
                pair.First.Variable == pair.Second.Variable
                && pair.First.Candidates.SequenceEqual(pair.Second.Candidates)
            );
}

/// <summary>The variable takes one of these candidates (ascending); -1 among them: or is absent.</summary>
public sealed record SelectionTerm(VariableId Variable, IReadOnlyList<int> Candidates)
{
    /// <summary>Whether the term holds where the variable is absent.</summary>
    internal bool AdmitsAbsence => Candidates is [-1, ..];

    /// <summary>Sets the bit of each of the candidates; others stay. Words as in
    /// <see cref="Problem.Usable"/>.</summary>
    /// <param name="absent">The bit that means 'absent'.</param>
    internal void Set(Span<ulong> words, int absent)
    {
        foreach (var candidate in Candidates)
        {
            var bit = candidate < 0 ? absent : candidate;
            words[bit >> 6] |= 1UL << bit;
        }
    }
}
