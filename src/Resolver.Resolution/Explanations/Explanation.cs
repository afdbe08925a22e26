using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Hints;
using Resolver.Resolution.Explanations.Unmet;

namespace Resolver.Resolution.Explanations;

/// <summary>Why there is no consistent set (contract: 'an explanation').</summary>
/// <param name="Core">Facts that cannot hold together.</param>
/// <param name="Minimal">Whether dropping any one of them would leave the rest satisfiable (verified by solving
/// again).</param>
/// <param name="Text">The same, told for a person; several lines, no trailing newline.</param>
/// <param name="Hints">Near misses.</param>
/// <param name="Fixes">Changes after each of which a plan exists (each was solved again), best first.</param>
public sealed record Explanation(
    IReadOnlyList<Fact> Core,
    bool Minimal,
    string Text,
    IReadOnlyList<Hint> Hints,
    IReadOnlyList<IReadOnlyList<FixAction>> Fixes
)
{
    /// <summary>Stands for an explanation that nobody reads.</summary>
    internal static Explanation Unsaid { get; } = new([], false, "", [], []);

    /// <summary>Of a large request, all requirements that cannot be met; null where the conflict says it all.</summary>
    public UnmetRequirements? Unmet { get; init; }

    /// <summary>All minimal conflicts that were found, the core first, where all were requested; else empty.</summary>
    public IReadOnlyList<Conflict> Conflicts { get; init; } = [];

    /// <summary>Whether <see cref="Conflicts"/> are all there are.</summary>
    public bool AreAllConflicts { get; init; }
}

/// <summary>One minimal conflict of several.</summary>
/// <param name="Core">Facts that cannot hold together; without any one of them they could.</param>
/// <param name="Text">The same, told for a person.</param>
public sealed record Conflict(IReadOnlyList<Fact> Core, string Text);
