using System.Text;
using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Benchmarks.Resolution;

/// <summary>Nothing but propagation: a chain of ten thousand projects, each of which pins the next.</summary>
[MemoryDiagnoser]
public class PropagationBenchmarks
{
    private const int Length = 10_000;

    private readonly DomainSolver solver = new();
    private Universe universe = null!;

    [GlobalSetup]
    public void Setup()
    {
        var text = new StringBuilder("""{ "name": "chain", "scheme": "number", "root": ["p0 [1, 1]"], "packages": {""");
        for (var i = 0; i < Length; i++)
            text.Append(i == 0 ? "" : ",")
                .Append(
                    $$""" "p{{i}}": [ { "version": "0" }, { "version": "1", "requires": ["p{{i + 1}} [1, 1]"] }, { "version": "2" } ]"""
                );
        text.Append($$""", "p{{Length}}": [ { "version": "1" } ] } }""");
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(text.ToString()));
        universe = UniverseFile.Read(stream, "chain");
        Wrong.Unless(
            Propagate() is Outcome.Satisfiable { Selection.Order.Count: Length + 1, Statistics.Conflicts: 0 },
            "a chain of pins"
        );
    }

    [Benchmark(OperationsPerInvoke = Length)]
    public Outcome Propagate() =>
        solver.Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);
}
