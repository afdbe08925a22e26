namespace Resolver.Archives.Scanning;

/// <summary>How to scan, and the limits on hostile input.</summary>
public sealed record ScanOptions
{
    public static ScanOptions Default { get; } = new();

    /// <summary>Files read side by side; at least 1.</summary>
    public int Jobs { get; init; } = Environment.ProcessorCount;
}
