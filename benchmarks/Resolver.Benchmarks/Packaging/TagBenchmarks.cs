using BenchmarkDotNet.Attributes;
using Resolver.Packaging.FileNames;
using Resolver.Packaging.Tags;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Making the tags of an interpreter, reading a wheel's name and ranking it.</summary>
[MemoryDiagnoser]
public class TagBenchmarks
{
    private const string Name = "numpy-1.26.4-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl";
    private readonly SupportedTags tags = SupportedTags.ForCPython(3, 11, PlatformTags.Linux("x86_64", (2, 36)));
    private readonly WheelFileName wheel = WheelFileName.Parse(Name);

    [GlobalSetup]
    public void Setup()
    {
        if (Rank() < 0)
            throw new InvalidOperationException("the wheel should be supported");
    }

    [Benchmark]
    public SupportedTags MakeTags() => SupportedTags.ForCPython(3, 11, PlatformTags.Linux("x86_64", (2, 36)));

    [Benchmark]
    public WheelFileName ReadName() => WheelFileName.Parse(Name);

    [Benchmark]
    public int Rank() => tags.BestIndex(wheel.Tags);
}
