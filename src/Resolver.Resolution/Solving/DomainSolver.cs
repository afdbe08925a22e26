using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Solving;

/// <summary>The project's own engine: conflict-driven search over project domains, in discovery order (docs/solver.md).</summary>
/// <remarks>Reusable: between calls it keeps empty buffers, and no encoding, clause or memo. Not thread-safe.</remarks>
public sealed class DomainSolver : ISolver
{
    /// <inheritdoc/>
    public Outcome Solve(Problem problem, SolveOptions options, CancellationToken cancellation = default) =>
        throw new NotImplementedException();
}
