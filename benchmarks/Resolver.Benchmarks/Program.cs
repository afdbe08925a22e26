using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Loggers;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Resolver.Benchmarks;
using Resolver.Benchmarks.Packaging;
using Resolver.Benchmarks.Resolution;

if (args is ["--packaging-versions", var path])
    return VersionTimer.Run(path);
if (args is ["--verify", .. { Length: > 0 } archives])
    return VerifyTimer.Run(archives);
if (args is ["--explain", .. { Length: > 0 } universes])
    return ExplainTimer.Run(universes);
if (args is not ["--short", .. var rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
    return 0;
}

// Every benchmark once, in this process: that each still works and gets its answers right, not how long it takes.
ColdProcess.IsOff = true;
var once = Job.Dry.WithToolchain(InProcessNoEmitToolchain.Instance).WithStrategy(RunStrategy.ColdStart);
var config = ManualConfig
    .CreateEmpty()
    .AddJob(once)
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumnProvider(DefaultColumnProviders.Instance)
    .AddLogger(ConsoleLogger.Default)
    .WithOptions(ConfigOptions.JoinSummary | ConfigOptions.DisableLogFile)
    .WithArtifactsPath(Path.Combine(Path.GetTempPath(), "resolver-benchmarks-short"));
var summaries = BenchmarkSwitcher
    .FromAssembly(typeof(Program).Assembly)
    .Run(rest.Length == 0 ? ["--filter", "*"] : rest, config)
    .ToList();
var failed = summaries
    .SelectMany(summary => summary.Reports)
    .Where(report => !report.Success)
    .Select(report => report.BenchmarkCase.DisplayInfo)
    .Concat(
        summaries
            .SelectMany(summary => summary.ValidationErrors)
            .Where(error => error.IsCritical)
            .Select(error => error.Message)
    )
    .ToList();
Console.WriteLine(
    $"{summaries.Sum(summary => summary.Reports.Count(report => report.Success))} benchmarks ran, {failed.Count} failed"
);
foreach (var name in failed)
    Console.Error.WriteLine($"error: {name}");
return failed.Count == 0 && summaries.Any(summary => summary.Reports.Length > 0) ? 0 : 1;
