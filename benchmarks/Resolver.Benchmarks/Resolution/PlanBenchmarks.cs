using BenchmarkDotNet.Attributes;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From what was scanned to a plan.</summary>
[MemoryDiagnoser]
public class PlanBenchmarks
{
    // Names are popular in the order of their numbers: these reach many others.
    private static readonly string[] Roots = ["project-60", "project-70", "project-80"];

    private string folder = "";
    private PlanRequest request = null!;
    private IReadOnlyList<Distribution> distributions = [];
    private ArchiveCandidateSource source = null!;

    [GlobalSetup]
    public void Setup()
    {
        folder = Corpora.MakeArchive(1_000);
        distributions = ArchiveScanner.Scan([folder], ScanOptions.Default);
        source = new ArchiveCandidateSource(distributions);
        request = new PlanRequest
        {
            Roots = [.. Roots.Select(Requirement.Parse)],
            Environment = MarkerEnvironment.CPython311OnLinux,
        };
        Wrong.Unless(PlanAgain() is PlanOutcome.Planned { Plan.Steps.Count: > 5 }, "a plan of several steps");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public ArchiveCandidateSource MakeCandidates() => new(distributions);

    [Benchmark]
    public PlanOutcome PlanAgain() => Planner.Plan(source, request, new PlanLimits(null, null));
}
