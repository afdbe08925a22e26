using BenchmarkDotNet.Attributes;
using Resolver.Resolution.Universes;
using Resolver.Resolution.Universes.Files;

namespace Resolver.Benchmarks.Resolution;

/// <summary>From the bytes of a universe to typed requirements.</summary>
[MemoryDiagnoser]
public class LoadBenchmarks
{
    private byte[] bytes = [];

    [Params("grown-1k-sat", "grown-10k-sat")]
    public string Name { get; set; } = "";

    [GlobalSetup]
    public void Setup()
    {
        bytes = File.ReadAllBytes(Corpora.UniverseFile(Name));
        Wrong.Unless(Load().CandidateCount > 900, "a universe's size");
    }

    [Benchmark]
    public Universe Load()
    {
        using var stream = new MemoryStream(bytes, writable: false);
        return UniverseFile.Read(stream, Name);
    }
}
