using BenchmarkDotNet.Attributes;
using Resolver.Archives.Candidates;
using Resolver.Archives.Declarations;
using Resolver.Archives.Distributions;
using Resolver.Archives.Index;
using Resolver.Archives.Scanning;
using Resolver.Packaging.Names;

namespace Resolver.Benchmarks.Archives;

/// <summary>An archive of which nothing changed since it was read: a scan that checks every file, what a plan loads,
/// and reading it all for comparison.</summary>
[MemoryDiagnoser]
public class IndexBenchmarks
{
    private const int Distributions = 2_000;
    private const int Reached = 20;

    private string folder = "";
    private string cache = "";
    private PackageName[] projects = [];

    [GlobalSetup]
    public void Setup()
    {
        folder = Corpora.MakeArchive(Distributions);
        cache = Directory.CreateTempSubdirectory("resolver-benchmark-").FullName;
        // What is younger than a tick of the file system's clock would not be believed.
        Thread.Sleep(200);
        Wrong.Unless(
            WarmScan().Count == Distributions && WarmScan().SequenceEqual(WarmScan(), Paths.Same),
            "a scan with an index"
        );
        projects =
        [
            .. ArchiveScanner
                .Scan([folder], ScanOptions.Default)
                .Select(each => each.Name!.Value)
                .Distinct()
                .Take(Reached),
        ];
        Wrong.Unless(
            LoadReachable()
                == ArchiveScanner
                    .Scan([folder], ScanOptions.Default)
                    .Count(each => projects.Contains(each.Name!.Value)),
            "the candidates of an index"
        );
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        Directory.Delete(folder, recursive: true);
        Directory.Delete(cache, recursive: true);
    }

    [Benchmark(Baseline = true)]
    public IReadOnlyList<Distribution> ColdScan() => ArchiveScanner.Scan([folder], ScanOptions.Default);

    [Benchmark]
    public IReadOnlyList<Distribution> WarmScan()
    {
        using var index = Open();
        return index.Scan([folder], ScanOptions.Default);
    }

    /// <summary>The index opened, every directory checked, and the candidates of twenty projects.</summary>
    [Benchmark]
    public int LoadReachable()
    {
        using var index = Open();
        var source = new ArchiveCandidateSource(
            index.View([folder], ArchiveDeclarations.None, ScanOptions.Default),
            []
        );
        return projects.Sum(project => source.CandidatesOf(project).Count);
    }

    private ArchiveIndex Open() => ArchiveIndex.InDirectory(cache, message => Wrong.Unless(false, message));

    private sealed class Paths : EqualityComparer<Distribution>
    {
        public static Paths Same { get; } = new();

        public override bool Equals(Distribution? x, Distribution? y) => x?.Path == y?.Path && x?.Sha256 == y?.Sha256;

        public override int GetHashCode(Distribution obj) => obj.Path!.GetHashCode(StringComparison.Ordinal);
    }
}
