using BenchmarkDotNet.Attributes;
using Resolver.Packaging.Markers;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Reading a marker, judging it, and reducing it to what it says of extras.</summary>
[MemoryDiagnoser]
public class MarkerBenchmarks
{
    private const string Text = "python_version >= '3.8' and (sys_platform != 'win32' or extra == 'tests')";
    private readonly Marker marker = Marker.Parse(Text);

    [GlobalSetup]
    public void Setup() =>
        Wrong.Unless(Read().Equals(marker) && Judge() && Reduce().AlwaysTrue, "a marker of a usual environment");

    [Benchmark]
    public Marker Read() => Marker.Parse(Text);

    [Benchmark]
    public bool Judge() => marker.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []).Value;

    [Benchmark]
    public ExtraFormula Reduce() => marker.Reduce(MarkerEnvironment.CPython311OnLinux).Value;
}
