using Resolver.Resolution.Candidates;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>A file that could be added to the archive, as if it were there.</summary>
/// <param name="File">What the planner would see of it. What nothing tells about its requirements is taken for
/// none.</param>
/// <param name="Kind">Why it is no file that is there already.</param>
internal sealed record Addition(Candidate File, AdditionKind Kind)
{
    /// <summary>The file of the archive that says what this one requires (the same version for another Python or
    /// platform), or null where nothing does.</summary>
    public string? KnownFrom { get; init; }

    /// <summary>The URL that names this file, or null where its project and version are enough.</summary>
    public string? Url { get; init; }

    /// <summary>Whether what it requires is known rather than taken for nothing.</summary>
    public bool IsKnown { get; init; }

    /// <summary>What stands or falls together.</summary>
    public AdditionGroup Group => new(File.Name, Kind);
}
