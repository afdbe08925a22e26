using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Universes;
using Resolver.Sat.Boolean;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a loaded universe to a problem in numbers: as the search takes it, and as clauses.</summary>
[MemoryDiagnoser]
public class EncodeBenchmarks
{
    private Universe universe = null!;

    [Params("grown-1k-sat", "edge-1k-unsat", "grown-10k-sat")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        universe = Corpora.Universe(Name);
        Wrong.Unless(
            Read() > universe.Queries[0].Root.Count && EncodeClauses().ClauseCount > 0,
            "an encoded universe"
        );
    }

    /// <summary>What the search begins with: names have numbers, and nothing of a project is loaded before it is
    /// asked for.</summary>
    [Benchmark]
    public UniverseProblem Encode() => universe.CreateProblem(universe.Queries[0]);

    /// <summary>The same, and then every requirement that the roots reach.</summary>
    /// <returns>How many projects and extras that are.</returns>
    [Benchmark]
    public int Read()
    {
        var problem = Encode().Problem;
        var (reached, order) = (new HashSet<VariableId>(), new Queue<VariableId>());
        foreach (var root in problem.Roots)
            Reach(problem.Target(root));
        while (order.TryDequeue(out var variable))
        {
            for (var candidate = 0; candidate < problem.CandidateCount(variable); candidate++)
            {
                foreach (var requirement in problem.RequirementsOf(variable, candidate))
                    Reach(problem.Target(requirement));
            }
        }

        return reached.Count;

        void Reach(VariableId variable)
        {
            if (reached.Add(variable))
                order.Enqueue(variable);
        }
    }

    /// <summary>The problem as clauses over one Boolean a candidate, all that is reachable: for Z3, proofs and
    /// DIMACS.</summary>
    [Benchmark]
    public Cnf EncodeClauses() => new BooleanEncoding(Encode().Problem).Formula;
}
