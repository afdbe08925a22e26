using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Proofs;

/// <summary>Proves an answer, whichever engine gave it: solves once more with the domain search, listens, and writes
/// what <see cref="ProofRecorder"/> heard.</summary>
public static class AnswerProof
{
    /// <summary>Writes the clauses to <c>PATH.cnf</c> and the proof to <c>PATH</c>, replacing what is there.</summary>
    /// <param name="problem">The problem, not solved before.</param>
    /// <param name="text">What its numbers mean.</param>
    /// <param name="path">Where the proof goes.</param>
    /// <param name="options">Limits.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>The answer that is proven; where a limit was reached first, nothing is written.</returns>
    /// <exception cref="IOException">A file cannot be written.</exception>
    /// <exception cref="UnauthorizedAccessException">A file cannot be written.</exception>
    public static Outcome Write(
        Problem problem,
        IProblemText text,
        string path,
        SolveOptions options,
        CancellationToken cancellation = default
    )
    {
        var recorder = new ProofRecorder(problem);
        var outcome = new DomainSolver().Solve(problem, options with { Observer = recorder }, cancellation);
        if (outcome is Outcome.Satisfiable { Selection: var selection })
            recorder.WriteBest(path, selection, Describe);
        else if (recorder.IsComplete)
            recorder.Write(path, Describe);
        return outcome;

        string Describe(VariableId variable, int candidate) =>
            (candidate, text.IsExtra(variable)) switch
            {
                ( < 0, true) => $"{text.ProjectOf(variable)}[{text.VersionOf(variable, 0)}] absent",
                ( < 0, false) => $"{text.ProjectOf(variable)} absent",
                (_, true) => $"{text.ProjectOf(variable)}[{text.VersionOf(variable, candidate)}]",
                _ => $"{text.ProjectOf(variable)} {text.VersionOf(variable, candidate)}",
            };
    }
}
