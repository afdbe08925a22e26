using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;

namespace Resolver.Benchmarks;

/// <summary>Five processes, one sample each.</summary>
public sealed class ColdProcess : ManualConfig
{
    public ColdProcess()
    {
        if (!IsOff)
            AddJob(
                Job.Default.WithStrategy(RunStrategy.ColdStart)
                    .WithLaunchCount(5)
                    .WithWarmupCount(0)
                    .WithIterationCount(1)
            );
    }

    /// <summary>Whether everything stays in this process, for <c>--short</c>: an attribute's job would be added to
    /// those of the command line.</summary>
    public static bool IsOff { get; set; }
}
