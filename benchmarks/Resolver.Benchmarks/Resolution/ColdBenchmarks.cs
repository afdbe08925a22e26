using BenchmarkDotNet.Attributes;
using Resolver.Archives.Scanning;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Benchmarks.Resolution;

/// <summary>The first time of a process, compiling included; each sample in a process of its own. What ships is
/// native and compiles nothing: <c>Resolver.SolveTimer</c> has its figures.</summary>
[Config(typeof(ColdProcess))]
public class ColdBenchmarks
{
    private Universe universe = null!;

    [GlobalSetup(Target = nameof(FirstSolve))]
    public void Setup() => universe = Corpora.Universe("grown-1k-sat");

    [Benchmark]
    public Universe FirstLoad() => Corpora.Universe("grown-1k-sat");

    [Benchmark]
    public Outcome FirstSolve() =>
        new DomainSolver().Solve(universe.CreateProblem(universe.Queries[0]).Problem, SolveOptions.Default);

    [Benchmark]
    public int FirstScan() => ArchiveScanner.Scan([Corpora.Quickstart("archive")], ScanOptions.Default).Count;
}
