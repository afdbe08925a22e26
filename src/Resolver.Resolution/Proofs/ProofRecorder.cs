using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Sat.Boolean;
using Resolver.Sat.Proofs;

namespace Resolver.Resolution.Proofs;

/// <summary>
/// Listens to a search and writes, where it ended without a selection, a proof that anybody's DRAT checker can replay
/// (docs/proofs.md): the clauses of <see cref="BooleanEncoding"/> and what the search derived from them. Not
/// thread-safe; for one solve.
/// </summary>
/// <remarks>Keeps a copy of every nogood told until it is written: memory grows with the number of conflicts.</remarks>
public sealed class ProofRecorder(Problem problem) : ISearchObserver
{
    private readonly List<ObservedTerm[]> steps = [];
    private readonly List<SelectionNogood> theory = [];

    /// <summary>Whether the contradiction was derived, so that there is a proof to write.</summary>
    public bool IsComplete { get; private set; }

    /// <inheritdoc/>
    public void Axiom(ReadOnlySpan<ObservedTerm> nogood, Axiom origin)
    {
        if (origin is Axiom.Theory { Nogood: var refuted })
            theory.Add(refuted);
        Record(nogood);
    }

    /// <inheritdoc/>
    public void Learned(ReadOnlySpan<ObservedTerm> nogood) => Record(nogood);

    /// <summary>Writes the clauses to <c>PATH.cnf</c> and the proof to <c>PATH</c>, replacing what is there.</summary>
    /// <param name="describe">What a Boolean means, for comments in the formula; candidate -1 is 'absent'. Null: no
    /// comments.</param>
    /// <exception cref="InvalidOperationException">The search derived no contradiction.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void Write(string path, Func<VariableId, int, string>? describe = null)
    {
        using var formula = new StreamWriter(path + ".cnf");
        using var proof = new StreamWriter(path);
        Write(formula, proof, describe);
    }

    /// <summary>Writes the clauses and the proof.</summary>
    /// <exception cref="InvalidOperationException">The search derived no contradiction.</exception>
    public void Write(TextWriter formula, TextWriter proof, Func<VariableId, int, string>? describe = null)
    {
        if (!IsComplete)
            throw new InvalidOperationException("The search derived no contradiction: there is nothing to prove.");
        var encoding = new BooleanEncoding(problem);
        foreach (var nogood in theory)
            encoding.AddNogood(nogood);
        WriteFormula(formula, encoding, describe);
        var drat = new DratWriter(proof);
        var sets = new SetBooleans(encoding, drat);
        var clause = new List<Literal>();
        foreach (var step in steps)
        {
            clause.Clear();
            if (ToClause(step, sets, clause))
                drat.Add(clause.ToArray());
        }
    }

    /// <returns>False where the nogood has a term that cannot hold, about a variable that no selection reaches: it
    /// then says nothing.</returns>
    private static bool ToClause(ObservedTerm[] nogood, SetBooleans sets, List<Literal> clause)
    {
        foreach (var term in nogood)
        {
            switch (sets.Of(term))
            {
                case { Literal: { } literal }:
                    clause.Add(!literal);
                    break;
                case { Constant: false }:
                    return false;
            }
        }

        return true;
    }

    private static void WriteFormula(
        TextWriter writer,
        BooleanEncoding encoding,
        Func<VariableId, int, string>? describe
    )
    {
        if (describe is not null)
        {
            foreach (var variable in encoding.Variables)
            {
                var values = encoding.ValuesOf(variable);
                for (var value = 0; value < values.Length; value++)
                    Dimacs.WriteComment(
                        writer,
                        $"{values[value].ToDimacs()} is {describe(variable, value == values.Length - 1 ? -1 : value)}"
                    );
            }
        }

        Dimacs.Write(writer, encoding.Formula, clause => Certificate(encoding, clause));
    }

    private static string? Certificate(BooleanEncoding encoding, int clause) =>
        encoding.OriginOf(clause) is { Kind: ClauseKind.Theory, Variable: null, Nogood: { } nogood }
            ? $"axiom, certified by: {nogood.Certificate}"
            : null;

    private void Record(ReadOnlySpan<ObservedTerm> nogood)
    {
        var copy = new ObservedTerm[nogood.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = nogood[i] with { Candidates = nogood[i].Candidates.ToArray() };
        steps.Add(copy);
        IsComplete |= copy.Length == 0;
    }
}
