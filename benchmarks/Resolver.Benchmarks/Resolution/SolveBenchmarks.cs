using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a loaded universe to the proven best selection, or to the certainty that there is none.</summary>
[MemoryDiagnoser]
public class SolveBenchmarks
{
    private readonly DomainSolver solver = new();
    private Universe universe = null!;

    [Params("grown-1k-sat", "grown-1k-unsat", "edge-1k-sat", "edge-1k-unsat", "grown-10k-sat")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        universe = Corpora.Universe(Name);
        var problem = universe.CreateProblem(universe.Queries[0]).Problem;
        var outcome = solver.Solve(problem, SolveOptions.Default);
        Wrong.Unless(universe.Queries[0].Expected!.Satisfiable == outcome is Outcome.Satisfiable, "a verdict");
        if (outcome is Outcome.Satisfiable satisfiable)
            SelectionChecker.Require(problem, satisfiable.Selection);
    }

    [Benchmark]
    public Outcome Solve() => solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);
}
