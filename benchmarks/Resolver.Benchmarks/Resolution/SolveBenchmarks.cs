using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a loaded universe to an encoding, to the proven best selection, or to why there is none.</summary>
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

    /// <summary>The problem as our engine takes it: what is reachable is found during the search.</summary>
    [Benchmark]
    public UniverseProblem Encode() => universe.CreateProblem(universe.Queries[0]);

    /// <summary>The problem as clauses over one Boolean a candidate, all that is reachable: for Z3, proofs and DIMACS.</summary>
    [Benchmark]
    public BooleanEncoding EncodeClauses() => new(universe.CreateProblem(universe.Queries[0]).Problem);

    [Benchmark(Baseline = true)]
    public Outcome Solve() => solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);

    /// <summary>Null where there is nothing to explain.</summary>
    [Benchmark]
    public Explanation? Explain()
    {
        if (universe.Queries[0].Expected!.Satisfiable == true)
            return null;
        var problem = universe.CreateProblem(universe.Queries[0]);
        return Explainer.Explain(problem.Problem, problem.Text, null, new PlanLimits(null, null));
    }
}
