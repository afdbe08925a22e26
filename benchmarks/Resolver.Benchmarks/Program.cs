using BenchmarkDotNet.Running;
using Resolver.Benchmarks.Packaging;

if (args is ["--packaging-versions", var path]) return VersionTimer.Run(path);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
