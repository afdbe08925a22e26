using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>An engine that finds the best selection of a problem, or shows that there is none.</summary>
/// <remarks>The answer is defined (docs/decisions/0010-which-answer.md), so every engine gives the same one. Not
/// thread-safe.</remarks>
public interface ISolver
{
    /// <summary>Solves the problem from scratch: nothing learned in an earlier call is used.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is negative.</exception>
    Outcome Solve(Problem problem, SolveOptions options, CancellationToken cancellation = default);
}
