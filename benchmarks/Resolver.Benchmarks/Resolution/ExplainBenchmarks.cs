using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a universe without a solution to why there is none, and to what would help; beside it the refutation
/// alone.</summary>
[MemoryDiagnoser]
public class ExplainBenchmarks
{
    private readonly DomainSolver solver = new();
    private Universe universe = null!;

    [Params("grown-1k-unsat", "edge-1k-unsat")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        universe = Corpora.Universe(Name);
        Wrong.Unless(
            Refute() is Outcome.Unsatisfiable && Explain() is { Core.Count: > 0 },
            "a universe without a solution"
        );
    }

    [Benchmark(Baseline = true)]
    public Outcome Refute() => solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);

    [Benchmark]
    public Explanation? Explain()
    {
        var problem = universe.CreateProblem(universe.Queries[0]);
        return Explainer.Explain(problem.Problem, problem.Text, null, new PlanLimits(null, null));
    }
}
