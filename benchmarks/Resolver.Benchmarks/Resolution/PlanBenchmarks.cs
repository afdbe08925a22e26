using BenchmarkDotNet.Attributes;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Generators.Universes;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Universes;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From what was scanned to a plan, its order and its text.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    // Names are popular in the order of their numbers: these reach many others.
    private static readonly string[] Roots = ["project-60", "project-70", "project-80"];

    private string folder = "";
    private PlanRequest request = null!;
    private IReadOnlyList<Distribution> distributions = [];
    private ArchiveCandidateSource source = null!;
    private Plan plan = null!;
    private Problem problem = null!;
    private int[] selection = [];

    [GlobalSetup]
    public void Setup()
    {
        folder = Corpora.MakeArchive(1_000);
        distributions = ArchiveScanner.Scan([folder], ScanOptions.Default);
        source = new ArchiveCandidateSource(distributions);
        request = new PlanRequest { Roots = [.. Roots.Select(Requirement.Parse)], Environment = MarkerEnvironment.CPython311OnLinux };
        plan = ((PlanOutcome.Planned)PlanAgain()).Plan;
        Wrong.Unless(plan.Steps.Count > 5, "a plan of several steps");

        var universe = Corpora.Universe("grown-10k-sat");
        problem = universe.CreateProblem(universe.Queries[0]).Problem;
        var solved = (Outcome.Satisfiable)new DomainSolver().Solve(problem, SolveOptions.Default);
        selection = [.. Enumerable.Range(0, problem.VariableCount).Select(variable => solved.Selection[new VariableId(variable)])];
        Wrong.Unless(!new BuildGraph(problem, selection).Cycles().Any(), "an order without cycles");
        Wrong.Unless(PlanJson.Read(Write(), "written").Steps.Count == plan.Steps.Count, "a plan read back");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public ArchiveCandidateSource MakeCandidates() => new(distributions);

    [Benchmark]
    public PlanOutcome PlanAgain() => Planner.Plan(source, request, new PlanLimits(null, null));

    /// <summary>Stages of a selection of 161 projects.</summary>
    [Benchmark]
    public int[] Order() => new BuildGraph(problem, selection).Stages(_ => false);

    [Benchmark]
    public byte[] Write() => PlanJson.Write(plan);
}
