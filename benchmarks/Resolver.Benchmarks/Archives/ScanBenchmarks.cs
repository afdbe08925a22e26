using BenchmarkDotNet.Attributes;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Benchmarks.Archives;

/// <summary>Reading an archive of a thousand small distributions, half of them wheels, with the files in the system's cache.</summary>
[MemoryDiagnoser]
public class ScanBenchmarks
{
    private const int Distributions = 1_000;

    private string folder = "";

    [Params(1, 2)]
    public int Jobs { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        folder = Corpora.MakeArchive(Distributions);
        var scanned = Scan();
        Wrong.Unless(scanned.Count == Distributions && scanned.All(distribution => distribution.Problems.Count == 0), "a scan of a generated archive");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public IReadOnlyList<Distribution> Scan() => ArchiveScanner.Scan([folder], ScanOptions.Default with { Jobs = Jobs });
}
