using Resolver.Archives.Containers;
using Resolver.Archives.Files;

namespace Resolver.Archives.Scanning;

/// <summary>How to scan, and the limits on hostile input.</summary>
public sealed record ScanOptions
{
    public static ScanOptions Default { get; } = new();

    /// <summary>Files read side by side; at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;

    /// <summary>Bounds on each container.</summary>
    public ContainerLimits Limits { get; init; } = ContainerLimits.Default;

    /// <summary>Called after each file or tree, from any thread; null for nobody.</summary>
    public Action? Progress { get; init; }

    /// <summary>Called with how many more files or trees were found than are counted by <see cref="Progress"/>, from
    /// any thread: a directory is listed before it is read. Null for nobody.</summary>
    public Action<int>? Found { get; init; }

    /// <summary>Called with the path on disk before each step of reading it, from any thread: tests throw from it.
    /// Null for nobody.</summary>
    internal Action<string, ReadingStep>? Step { get; init; }

    /// <summary>How many bytes of what was found are in memory at most; the rest is put aside in a file.</summary>
    internal int MostHeld { get; init; } = 16 << 20;

    /// <summary>The time by which files are judged too young to be trusted later
    /// (<see cref="FileIdentity.IsSettled"/>).</summary>
    internal Func<long> Now { get; init; } = FileIdentity.Now;
}
