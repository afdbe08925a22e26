using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Proofs;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Planning;

/// <summary>Proves the answer to a request for a plan (<see cref="AnswerProof"/>).</summary>
public static class PlanProof
{
    /// <summary>Writes the clauses to <c>PATH.cnf</c> and the proof to <c>PATH</c>.</summary>
    /// <param name="outcome">The answer, of the same source and request.</param>
    /// <param name="source">What there was to choose from.</param>
    /// <param name="request">What was requested, with no objective but the newest plan.</param>
    /// <param name="path">Where the proof goes.</param>
    /// <param name="limits">When to give up.</param>
    /// <param name="cancellation">Ends the search.</param>
    /// <returns>False where a limit was reached first; then nothing is written.</returns>
    /// <exception cref="InvalidOperationException">What was proven is another answer: a fault.</exception>
    /// <exception cref="IOException">A file cannot be written.</exception>
    public static bool Write(
        PlanOutcome outcome,
        ICandidateSource source,
        PlanRequest request,
        string path,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        var problem = RequestedProblem.Of(source, request);
        var options = new SolveOptions { Deadline = limits.Deadline, ConflictLimit = limits.Conflicts };
        var proven =
            outcome is PlanOutcome.GaveUp ? null : AnswerProof.Write(problem, problem, path, options, cancellation);
        switch (proven)
        {
            case null or Outcome.GaveUp:
                return false;
            case Outcome.Unsatisfiable when outcome is PlanOutcome.Impossible:
                return true;
            case Outcome.Satisfiable { Selection: var selection }
                when outcome is PlanOutcome.Planned { Plan: var plan }:
                var selected = selection
                    .Order.Where(each => problem.CandidatesOf(each).Count > 0)
                    .Select(each => Identity(problem.CandidatesOf(each)[selection[each]]))
                    .ToHashSet();
                if (selected.SetEquals(plan.Steps.Select(each => Identity(each.Candidate))))
                    return true;
                break;
        }

        throw new InvalidOperationException("the proof is of another answer");
    }

    private static (PackageName Name, Version Version, DistributionKind Kind, string? Path) Identity(
        Candidate candidate
    ) => (candidate.Name, candidate.Version, candidate.Kind, candidate.Path);
}
