using System.Text;
using BenchmarkDotNet.Attributes;
using Resolver.Archives.Candidates;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Lockfiles;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From a plan to its text: JSON, and a lock file.</summary>
[MemoryDiagnoser]
public class WriteBenchmarks
{
    private Plan plan = null!;

    [GlobalSetup]
    public void Setup()
    {
        var folder = Corpora.MakeArchive(1_000);
        try
        {
            var source = new ArchiveCandidateSource(ArchiveScanner.Scan([folder], ScanOptions.Default));
            var request = new PlanRequest
            {
                Roots = [Requirement.Parse("project-60"), Requirement.Parse("project-70")],
                Environment = MarkerEnvironment.CPython311OnLinux,
            };
            plan = ((PlanOutcome.Planned)Planner.Plan(source, request, new PlanLimits(null, null))).Plan;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        Wrong.Unless(
            plan.Steps.Count > 3 && PlanJson.Read(WriteJson(), "written").Steps.Count == plan.Steps.Count,
            "a plan read back from JSON"
        );
        Wrong.Unless(
            PlanLock.PlanOf(PyLock.TryParse(Encoding.UTF8.GetBytes(WriteLock())).Value, path => path)?.Steps.Count
                == plan.Steps.Count,
            "a plan read back from a lock file"
        );
    }

    [Benchmark(Baseline = true)]
    public byte[] WriteJson() => PlanJson.Write(plan);

    [Benchmark]
    public string WriteLock() => PlanLock.Of(plan, path => path).ToToml();
}
