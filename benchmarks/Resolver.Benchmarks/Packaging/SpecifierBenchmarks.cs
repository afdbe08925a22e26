using BenchmarkDotNet.Attributes;
using NuGet.Versioning;
using Resolver.Packaging.Specifiers;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Matching a thousand versions against one range.</summary>
[MemoryDiagnoser]
public class SpecifierBenchmarks
{
    private Version[] ours = [];
    private NuGetVersion[] theirs = [];
    private readonly SpecifierSet specifier = SpecifierSet.Parse(">=1.2,<9");
    private readonly VersionRange range = VersionRange.Parse("[1.2.0, 9.0.0)");

    [GlobalSetup]
    public void Setup()
    {
        var texts = VersionSamples.Make();
        ours = Array.ConvertAll(texts, Version.Parse);
        theirs = Array.ConvertAll(texts, NuGetVersion.Parse);
        if (Match() != MatchNuGet())
            throw new InvalidOperationException("the contestants match different versions");
    }

    [Benchmark(Baseline = true)]
    public int MatchNuGet()
    {
        var count = 0;
        foreach (var version in theirs)
            if (range.Satisfies(version))
                count++;
        return count;
    }

    [Benchmark]
    public int Match()
    {
        var count = 0;
        foreach (var version in ours)
            if (specifier.Contains(version))
                count++;
        return count;
    }

    [Benchmark]
    public SpecifierSet Parse() => SpecifierSet.Parse(">=1.2,<2,!=1.5.*");
}
