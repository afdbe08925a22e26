using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Sat.Z3;

namespace Resolver.Resolution.Z3;

/// <summary>
/// The second engine: the problem written out as clauses (<see cref="BooleanEncoding"/>), and Microsoft.Z3. Gives the
/// same selection as <see cref="DomainSolver"/>, for the answer is defined (docs/decisions/0010) and this solver
/// walks the same queue, asking Z3 at each place whether anything better is possible.
/// </summary>
/// <remarks>
/// It reads everything the roots can reach and asks many questions, so it is slower by one to three orders of
/// magnitude; it is there to be independent. It tells an observer nothing and its <see cref="Outcome.Unsatisfiable"/>
/// has no refutation: explanations and proofs are the domain search's.
/// </remarks>
public sealed class Z3Solver : ISolver
{
    /// <inheritdoc/>
    /// <exception cref="Z3NotAvailableException">Z3's library is not installed; the message says what to
    /// install.</exception>
    public Outcome Solve(Problem problem, SolveOptions options, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(options.ConflictLimit ?? 0);
        using var session = new Z3Session();
        using var questions = new Z3Questions(session, options, cancellation);
        try
        {
            return Answer(problem, session, questions);
        }
        catch (SolveStopped stopped)
        {
            return new Outcome.GaveUp(stopped.Limit, questions.Statistics());
        }
    }

    private static Outcome Answer(Problem problem, Z3Session session, Z3Questions questions)
    {
        var encoding = new BooleanEncoding(problem);
        var walk = new Z3Walk(problem, encoding, questions);
        while (true)
        {
            session.Load(encoding.Formula);
            if (!questions.IsPossible([]))
                return questions.Limit is { } limit
                    ? new Outcome.GaveUp(limit, questions.Statistics())
                    : new Outcome.Unsatisfiable(null, questions.Statistics());
            // A model costs one question and a walk many: what speaks against the model itself is said before walking.
            if (IsRefuted(problem, encoding, variable => CandidateInModel(encoding, questions, variable)))
                continue;
            if (!walk.Run())
                return new Outcome.GaveUp(questions.Limit!.Value, questions.Statistics());
            if (!IsRefuted(problem, encoding, walk))
                return new Outcome.Satisfiable(walk.Selection, true, questions.Statistics());
        }
    }

    /// <summary>Whether something that the clauses do not say (yet) speaks against the completed walk; if so, they
    /// say it from now on.</summary>
    private static bool IsRefuted(Problem problem, BooleanEncoding encoding, Z3Walk walk)
    {
        if (walk.Unfounded() is not { } extra)
            return IsRefuted(problem, encoding, variable => walk.Selection[variable]);
        encoding.AddUnfounded(walk.Choices, extra);
        return true;
    }

    /// <summary>Whether the theory speaks against these candidates, -1 for an absent one.</summary>
    private static bool IsRefuted(Problem problem, BooleanEncoding encoding, Func<VariableId, int> candidateOf)
    {
        if (problem.Theory is not { } theory)
            return false;
        var dense = new int[problem.VariableCount];
        Array.Fill(dense, -1);
        foreach (var variable in encoding.Variables)
            dense[variable.Index] = candidateOf(variable);
        var nogoods = theory.Refute(dense);
        foreach (var nogood in nogoods)
            encoding.AddNogood(nogood);
        return nogoods.Count > 0;
    }

    private static int CandidateInModel(BooleanEncoding encoding, Z3Questions questions, VariableId variable)
    {
        var values = encoding.ValuesOf(variable);
        for (var candidate = 0; candidate < values.Length - 1; candidate++)
        {
            if (questions.IsTrue(values[candidate]))
                return candidate;
        }

        return -1;
    }
}
