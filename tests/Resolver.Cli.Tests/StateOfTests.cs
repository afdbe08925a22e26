using System.Runtime.CompilerServices;

namespace Resolver.Cli.Tests;

/// <summary>Tests record their runs and keep their wheels in a folder of their own, not among those of whoever runs
/// them.</summary>
internal static class StateOfTests
{
    [ModuleInitializer]
    internal static void Set()
    {
        var folder = Directory.CreateTempSubdirectory("resolver-state-").FullName;
        Environment.SetEnvironmentVariable("RESOLVER_STATE_DIR", folder);
        Environment.SetEnvironmentVariable("RESOLVER_CACHE_DIR", Path.Combine(folder, "cache"));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(folder, recursive: true);
    }
}
