using System.Runtime.InteropServices;
using Resolver.Peers.Contestants;

namespace Resolver.Peers.Reporting;

/// <summary>What was measured on, and of what.</summary>
internal static class Machine
{
    public static string Description()
    {
        var processor =
            Line("/proc/cpuinfo", "model name")?.Split(':')[1].Trim()
            ?? RuntimeInformation.ProcessArchitecture.ToString();
        var system = Line("/etc/os-release", "PRETTY_NAME=")?.Split('"')[1] ?? RuntimeInformation.OSDescription;
        return $"{system}, {processor}, {Environment.ProcessorCount} cores, {Mebibytes / 1024:0} GiB, .NET "
            + $"{Environment.Version}";
    }

    /// <summary>Memory that there is.</summary>
    public static double Mebibytes { get; } = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1048576.0;

    /// <summary>How many processes wanted to run, on average over the last minute.</summary>
    public static string Load() =>
        File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";

    /// <summary>The commit of the tree that is measured.</summary>
    public static string Commit { get; } = Command.VersionOf("git", "rev-parse", "--short", "HEAD") ?? "unknown";

    private static string? Line(string file, string start) =>
        File.Exists(file)
            ? File.ReadLines(file).FirstOrDefault(line => line.StartsWith(start, StringComparison.Ordinal))
            : null;
}
