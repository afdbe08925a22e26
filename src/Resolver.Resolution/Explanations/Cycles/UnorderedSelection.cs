using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>The selection that would be best if builds needed no order, and its build dependency cycles.</summary>
/// <param name="Chosen">By the variable's number: the candidate, or -1 where the variable is absent.</param>
/// <param name="Cycles">For each build requirement on a cycle, a shortest cycle through it; at most
/// <see cref="BuildCycles.Most"/>.</param>
internal sealed record UnorderedSelection(IReadOnlyList<int> Chosen, IReadOnlyList<BuildCycle> Cycles)
{
    /// <summary>The selection; null where there is none even without an order, or a limit was reached.</summary>
    public static UnorderedSelection? Find(CandidateProblem problem, SolveBudget budget)
    {
        if (
            budget.Solve(new WithTheory(problem, null), trace: false)
            is not Outcome.Satisfiable { Selection: var selection }
        )
            return null;
        int[] chosen = [.. Enumerable.Range(0, problem.VariableCount).Select(v => selection[new VariableId(v)])];
        return new UnorderedSelection(
            chosen,
            [.. new BuildGraph(problem, chosen).CyclesOfEachEdge().Take(BuildCycles.Most)]
        );
    }
}
