using BenchmarkDotNet.Attributes;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Reading requirements and judging their markers.</summary>
[MemoryDiagnoser]
public class RequirementBenchmarks
{
    private readonly Marker marker = Marker.Parse("python_version >= '3.8' and (sys_platform != 'win32' or extra == 'tests')");

    [GlobalSetup]
    public void Setup()
    {
        if (!Judge() || ReadLong().Extras.Count != 2 || Reduce().AlwaysTrue == false) throw new InvalidOperationException("a wrong answer is not worth measuring");
    }

    [Benchmark]
    public Requirement ReadShort() => Requirement.Parse("requests>=2.28");

    [Benchmark]
    public Requirement ReadLong() => Requirement.Parse("requests[security,socks] (>=2.8.1,!=2.9.*,<3) ; python_version < '3.13' and sys_platform == 'linux'");

    [Benchmark]
    public Marker ReadMarker() => Marker.Parse("python_version >= '3.8' and (sys_platform != 'win32' or extra == 'tests')");

    [Benchmark]
    public bool Judge() => marker.TryEvaluate(MarkerEnvironment.CPython311OnLinux, []).Value;

    [Benchmark]
    public ExtraFormula Reduce() => marker.Reduce(MarkerEnvironment.CPython311OnLinux).Value;
}
