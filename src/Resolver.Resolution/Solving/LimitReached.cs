namespace Resolver.Resolution.Solving;

/// <summary>Why a search gave up.</summary>
public enum LimitReached
{
    /// <summary><see cref="SolveOptions.Deadline"/>.</summary>
    Timeout,

    /// <summary><see cref="SolveOptions.ConflictLimit"/>.</summary>
    Conflicts,

    /// <summary>The caller's cancellation token.</summary>
    Cancelled,
}
