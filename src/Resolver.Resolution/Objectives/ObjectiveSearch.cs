using System.Diagnostics.CodeAnalysis;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Objectives;

/// <summary>
/// The best selection by objectives in an order, the newest among those that are equal. Each objective is first asked
/// to count nothing; the refutation of that names what cannot all count nothing, which may then count one more, and
/// so on (core-guided: MSU3 with disjoint groups). The first selection found is an optimum, for every refutation
/// raised the proven least by one; and as the search walks in discovery order, it is the newest of the optimal ones.
/// So the last objective's search gives the answer.
/// </summary>
internal static class ObjectiveSearch
{
    /// <summary>The solver's outcome.</summary>
    /// <param name="problem">Solved as it is where no objective counts anything.</param>
    /// <param name="objectives">The first counts most.</param>
    /// <param name="counts">Whether the candidate of a variable counts in an objective.</param>
    /// <param name="solver">Gives the last answer; what comes before needs refutations, which only our own engine
    /// has.</param>
    /// <param name="values">The value of the selection in each objective; empty where there is none.</param>
    public static Outcome Solve(
        Problem problem,
        IReadOnlyList<Objective> objectives,
        Func<Objective, VariableId, int, bool> counts,
        SolveOptions options,
        ISolver solver,
        CancellationToken cancellation,
        out IReadOnlyList<ObjectiveValue> values
    )
    {
        values = [];
        List<ObjectiveSlack> slacks =
        [
            .. objectives
                .TakeWhile(each => each != Objective.Newest)
                .Distinct()
                .Select(each => new ObjectiveSlack((variable, candidate) => counts(each, variable, candidate))),
        ];
        var first = solver.Solve(problem, options, cancellation);
        if (slacks.Count == 0 || first is not Outcome.Satisfiable best)
            return first;
        var session = new Session(options, best.Statistics, cancellation);
        var isProven = true;
        for (var i = 0; isProven && i < slacks.Count; i++)
        {
            var better = best;
            isProven = session.Optimise(problem, slacks.GetRange(0, i + 1), ref better);
            best = better ?? best;
        }
        if (
            isProven
            && solver is not DomainSolver
            && session.Ask(solver, new BoundedProblem(problem, slacks), trace: false) is Outcome.Satisfiable answer
        )
            best = answer;
        values =
        [
            .. slacks.Zip(
                objectives.Distinct(),
                (slack, objective) => new ObjectiveValue(objective, slack.Of(best.Selection), slack.AtLeast)
            ),
        ];
        if (isProven && values.Any(each => !each.IsProven))
            throw new InvalidOperationException($"a selection counts {string.Join(", ", values)}");
        return best with { Proven = isProven, Statistics = session.Statistics };
    }

    /// <summary>The best selection by one objective that is no option of a plan, the newest among those that are
    /// equal. Never without a selection: the objective can give way until there is one.</summary>
    /// <param name="slack">Afterwards, what every selection counts at least.</param>
    /// <param name="effort">Gives up after about as many decisions and propagations, so that the same question ends
    /// the same way on every machine.</param>
    /// <returns>The selection, or null where a limit was reached first.</returns>
    public static Selection? Minimise(
        Problem problem,
        ObjectiveSlack slack,
        SolveOptions options,
        ref long effort,
        CancellationToken cancellation
    )
    {
        var session = new Session(options, new SearchStatistics(), cancellation);
        Outcome.Satisfiable? best = null;
        var isFound = session.Optimise(problem, [slack], ref best, effort);
        effort -= session.Effort;
        return isFound ? best!.Selection : null;
    }

    /// <summary>Many questions under one set of limits.</summary>
    private sealed class Session(SolveOptions options, SearchStatistics first, CancellationToken cancellation)
    {
        private readonly DomainSolver own = new();

        public SearchStatistics Statistics { get; private set; } = first;

        /// <summary>What the search took, free of noise.</summary>
        public long Effort => Statistics.Decisions + Statistics.Propagations;

        /// <summary>Finds the least value of the last objective, the others being settled.</summary>
        /// <returns>False where a limit was reached: then <paramref name="best"/> is as it was.</returns>
        public bool Optimise(
            Problem problem,
            IReadOnlyList<ObjectiveSlack> slacks,
            [NotNullWhen(true)] ref Outcome.Satisfiable? best,
            long effort = long.MaxValue
        )
        {
            while (Effort < effort)
            {
                switch (Ask(own, new BoundedProblem(problem, slacks), trace: true))
                {
                    case Outcome.Satisfiable better:
                        best = better;
                        return true;
                    case Outcome.Unsatisfiable { Refutation: { } refutation }:
                        if (!slacks[^1].Widen(refutation))
                            throw new InvalidOperationException(
                                "a selection was found, and then refuted without regard to the objective"
                            );
                        break;
                    default:
                        return false;
                }
            }
            return false;
        }

        public Outcome Ask(ISolver solver, Problem problem, bool trace)
        {
            var outcome = solver.Solve(
                problem,
                options with
                {
                    Trace = trace,
                    ConflictLimit = options.ConflictLimit is { } limit
                        ? Math.Max(0, limit - Statistics.Conflicts)
                        : null,
                },
                cancellation
            );
            Statistics = Statistics with
            {
                Decisions = Statistics.Decisions + outcome.Statistics.Decisions,
                Conflicts = Statistics.Conflicts + outcome.Statistics.Conflicts,
                Propagations = Statistics.Propagations + outcome.Statistics.Propagations,
                PeakBytes = Math.Max(Statistics.PeakBytes, outcome.Statistics.PeakBytes),
            };
            return outcome;
        }
    }
}
