using BenchmarkDotNet.Attributes;
using NuGet.Versioning;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Reading and ordering a thousand versions.</summary>
[MemoryDiagnoser]
public class VersionBenchmarks
{
    private string[] texts = [];
    private Version[] ours = [];
    private NuGetVersion[] theirs = [];

    [GlobalSetup]
    public void Setup()
    {
        texts = VersionSamples.Make();
        VersionSamples.Verify(texts);
        ours = Array.ConvertAll(texts, Version.Parse);
        theirs = Array.ConvertAll(texts, NuGetVersion.Parse);
    }

    [Benchmark(Baseline = true)]
    public int ParseNuGet()
    {
        var count = 0;
        foreach (var text in texts)
            if (NuGetVersion.TryParse(text, out _))
                count++;
        return count;
    }

    [Benchmark]
    public int Parse()
    {
        var count = 0;
        foreach (var text in texts)
            if (Version.TryParse(text).Success)
                count++;
        return count;
    }

    [Benchmark]
    public int CompareNuGet()
    {
        var sum = 0;
        for (var i = 1; i < theirs.Length; i++)
            sum += Math.Sign(theirs[i - 1].CompareTo(theirs[i]));
        return sum;
    }

    [Benchmark]
    public int Compare()
    {
        var sum = 0;
        for (var i = 1; i < ours.Length; i++)
            sum += Math.Sign(ours[i - 1].CompareTo(ours[i]));
        return sum;
    }
}
