namespace Resolver.Execution.Runs;

/// <summary>What the journal says one step has done to the destination; paths are below its base.</summary>
/// <param name="Order">The step's number in the plan.</param>
/// <param name="Saved">The folder of its saved files, below the run's.</param>
internal sealed record StepRecord(int Order, string Saved)
{
    /// <summary>Files of another version it removed, in the order in which they were.</summary>
    public IReadOnlyList<string> Removed { get; init; } = [];

    /// <summary>Files of other projects it wrote over.</summary>
    public IReadOnlyList<string> Overwritten { get; init; } = [];

    /// <summary>Files it installed.</summary>
    public IReadOnlyList<string> Added { get; init; } = [];

    /// <summary>Whether taking it back has begun.</summary>
    public bool Undoing { get; init; }
}
