using BenchmarkDotNet.Attributes;
using Resolver.Archives.Candidates;
using Resolver.Archives.Distributions;
using Resolver.Archives.Scanning;

namespace Resolver.Benchmarks.Archives;

/// <summary>From one file to what it says of itself: a wheel's METADATA, an sdist's PKG-INFO and pyproject.toml, a
/// tree's pyproject.toml.</summary>
[MemoryDiagnoser]
public class MetadataBenchmarks
{
    private readonly string wheel = Path.Combine(Corpora.Quickstart("archive"), "inkpot-1.0-py3-none-any.whl");
    private readonly string sdist = Path.Combine(Corpora.Quickstart("batch"), "poster-1.0.tar.gz");
    private string folder = "";
    private IReadOnlyList<Distribution> distributions = [];

    [GlobalSetup]
    public void Setup()
    {
        folder = Corpora.MakeArchive(500);
        distributions = ArchiveScanner.Scan([folder], ScanOptions.Default);
        Wrong.Unless(
            ReadWheel().Name?.Normalized == "inkpot" && ReadSdist().BuildRequires?.Count > 0,
            "what two files say"
        );
        Wrong.Unless(MakeCandidates().Projects.Any(), "candidates of an archive");
    }

    [GlobalCleanup]
    public void Cleanup() => Directory.Delete(folder, recursive: true);

    [Benchmark]
    public Distribution ReadWheel() => ArchiveScanner.Scan([wheel], ScanOptions.Default)[0];

    [Benchmark]
    public Distribution ReadSdist() => ArchiveScanner.Scan([sdist], ScanOptions.Default)[0];

    [Benchmark]
    public ArchiveCandidateSource MakeCandidates() => new(distributions);
}
