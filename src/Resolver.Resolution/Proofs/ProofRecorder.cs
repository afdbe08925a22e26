using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Sat.Boolean;
using Resolver.Sat.Proofs;

namespace Resolver.Resolution.Proofs;

/// <summary>
/// Listens to a search and writes a proof of its answer that anybody's DRAT checker can replay (docs/proofs.md): the
/// clauses of <see cref="BooleanEncoding"/> and what the search derived from them. Where there is a selection, what is
/// refuted is the claim that a better one exists. Not thread-safe; for one solve.
/// </summary>
/// <remarks>Keeps a copy of every nogood told until it is written: memory grows with the number of conflicts.</remarks>
internal sealed class ProofRecorder(Problem problem) : ISearchObserver
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
        var encoding = Encode();
        WriteFormula(formula, encoding, describe, []);
        WriteSteps(new DratWriter(proof), encoding);
    }

    /// <summary>As <see cref="Write(string, Func{VariableId, int, string})"/>, where the search ended with this
    /// selection: proves that there is none better.</summary>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public void WriteBest(string path, Selection selection, Func<VariableId, int, string>? describe = null)
    {
        using var formula = new StreamWriter(path + ".cnf");
        using var proof = new StreamWriter(path);
        WriteBest(formula, proof, selection, describe);
    }

    /// <summary>Writes the clauses, the claim that something better than the selection exists, and the refutation of
    /// both.</summary>
    /// <remarks>The search passes over what is better only where unit propagation under the choices before rules it
    /// out, given what it learned. So each place of the claim is refuted in one step.</remarks>
    public void WriteBest(
        TextWriter formula,
        TextWriter proof,
        Selection selection,
        Func<VariableId, int, string>? describe = null
    )
    {
        var encoding = Encode();
        var walk = SelectionWalk.Of(problem, selection);
        var claim = new BetterClaim(encoding, walk);
        WriteFormula(formula, encoding, describe, walk);
        var drat = new DratWriter(proof);
        WriteSteps(drat, encoding);
        foreach (var place in claim.Places)
            drat.Add(!place);
        drat.Add();
    }

    private BooleanEncoding Encode()
    {
        var encoding = new BooleanEncoding(problem);
        foreach (var nogood in theory)
            encoding.AddNogood(nogood);
        return encoding;
    }

    private void WriteSteps(DratWriter drat, BooleanEncoding encoding)
    {
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
        Func<VariableId, int, string>? describe,
        IReadOnlyList<WalkChoice> walk
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

            foreach (var (variable, candidate, _) in walk)
                Dimacs.WriteComment(writer, $"selected: {describe(variable, candidate)}");
        }

        Dimacs.Write(writer, encoding.Formula, clause => Certificate(encoding, clause));
    }

    private static string? Certificate(BooleanEncoding encoding, int clause) =>
        encoding.OriginOf(clause) switch
        {
            { Kind: ClauseKind.Theory, Variable: null, Nogood: { } nogood } =>
                $"axiom, certified by: {nogood.Certificate}",
            { Kind: ClauseKind.Claim } when clause == 0 || encoding.OriginOf(clause - 1).Kind != ClauseKind.Claim =>
                "claim: something better than what is selected exists",
            _ => null,
        };

    private void Record(ReadOnlySpan<ObservedTerm> nogood)
    {
        var copy = new ObservedTerm[nogood.Length];
        for (var i = 0; i < copy.Length; i++)
            copy[i] = nogood[i] with { Candidates = nogood[i].Candidates.ToArray() };
        steps.Add(copy);
        IsComplete |= copy.Length == 0;
    }
}
