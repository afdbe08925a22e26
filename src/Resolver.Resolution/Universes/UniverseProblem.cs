using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Universes;

/// <summary>A problem made from a universe, and the names of its parts.</summary>
public sealed record UniverseProblem(Problem Problem, IProblemText Text);
