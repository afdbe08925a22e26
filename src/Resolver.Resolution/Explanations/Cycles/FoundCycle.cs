using Resolver.Resolution.Explanations.Conflicts;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>A build dependency cycle, and what breaks it.</summary>
/// <param name="Projects">Its members, in the order of the cycle.</param>
/// <param name="Steps">What each requires of the next.</param>
/// <param name="Break">The cheapest break found; null where none was.</param>
public sealed record FoundCycle(IReadOnlyList<string> Projects, IReadOnlyList<BuildCycleStep> Steps, CycleBreak? Break);

/// <summary>What breaks a cycle: the problem was solved again with it.</summary>
/// <param name="Kind">A stable word: <c>wheel</c>, <c>installed</c>, <c>version</c> (something that is there),
/// <c>add</c>, <c>waive</c>.</param>
/// <param name="Projects">The projects that are changed.</param>
/// <param name="Text">For a person, in the imperative.</param>
public sealed record CycleBreak(string Kind, IReadOnlyList<string> Projects, string Text);
