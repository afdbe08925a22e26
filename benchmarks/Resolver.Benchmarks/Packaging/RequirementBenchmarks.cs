using BenchmarkDotNet.Attributes;
using Resolver.Packaging.Requirements;

namespace Resolver.Benchmarks.Packaging;

/// <summary>Reading requirements.</summary>
[MemoryDiagnoser]
public class RequirementBenchmarks
{
    [GlobalSetup]
    public void Setup()
    {
        Wrong.Unless(ReadShort().Name.Normalized == "requests" && ReadLong().Extras.Count == 2, "two requirements");
    }

    [Benchmark]
    public Requirement ReadShort() => Requirement.Parse("requests>=2.28");

    [Benchmark]
    public Requirement ReadLong() =>
        Requirement.Parse(
            "requests[security,socks] (>=2.8.1,!=2.9.*,<3) ; python_version < '3.13' and sys_platform == 'linux'"
        );
}
