using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a selection of 161 projects to its stages.</summary>
[MemoryDiagnoser]
public class OrderBenchmarks
{
    private Problem problem = null!;
    private int[] selection = [];

    [GlobalSetup]
    public void Setup()
    {
        var universe = Corpora.Universe("grown-10k-sat");
        problem = universe.CreateProblem(universe.Queries[0]).Problem;
        var solved = (Outcome.Satisfiable)new DomainSolver().Solve(problem, SolveOptions.Default);
        selection =
        [
            .. Enumerable
                .Range(0, problem.VariableCount)
                .Select(variable => solved.Selection[new VariableId(variable)]),
        ];
        Wrong.Unless(
            !new BuildGraph(problem, selection).Cycles().Any() && Order().Max() > 1,
            "an order of several stages without cycles"
        );
    }

    [Benchmark]
    public int[] Order() => new BuildGraph(problem, selection).Stages(_ => false);
}
