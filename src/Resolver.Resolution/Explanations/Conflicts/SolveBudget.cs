using System.Diagnostics;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>One time limit over the many solves of an explanation.</summary>
internal sealed class SolveBudget(PlanLimits limits, CancellationToken cancellation)
{
    private readonly Stopwatch clock = Stopwatch.StartNew();

    /// <summary>The last solver that is not at work: its buffers have grown to what explanations need.</summary>
    [ThreadStatic]
    private static DomainSolver? idle;

    /// <summary>How many solves there were: the cost of an explanation, free of noise.</summary>
    public int Solves { get; private set; }

    /// <param name="conflicts">Gives up after as many, if the limits allow more.</param>
    public Outcome Solve(Problem problem, bool trace, long conflicts = long.MaxValue)
    {
        Solves++;
        var solver = idle ?? new DomainSolver();
        idle = null; // what a theory asks meanwhile takes another one
        var options = new SolveOptions
        {
            Trace = trace,
            ConflictLimit =
                conflicts == long.MaxValue ? limits.Conflicts : Math.Min(conflicts, limits.Conflicts ?? conflicts),
            Timeout = Left,
        };
        var outcome = solver.Solve(problem, options, cancellation);
        idle = solver;
        return outcome;
    }

    /// <summary>The limits of a search that starts now.</summary>
    public PlanLimits Remaining => limits with { Timeout = Left };

    /// <summary>Stops the search at once.</summary>
    public CancellationToken Cancellation => cancellation;

    private TimeSpan? Left =>
        limits.Timeout is { } timeout
            ? timeout > clock.Elapsed
                ? timeout - clock.Elapsed
                : TimeSpan.Zero
            : null;

    /// <summary>Ends work between solves that the limits do not allow.</summary>
    /// <exception cref="SolveStopped">The time is over, or somebody ended it.</exception>
    public void ThrowIfOver()
    {
        if (cancellation.IsCancellationRequested)
            throw new SolveStopped(LimitReached.Cancelled);
        if (Left == TimeSpan.Zero)
            throw new SolveStopped(LimitReached.Timeout);
    }

    /// <summary>Whether there is a selection; false also where the limit came first.</summary>
    public bool IsSatisfiable(Problem problem) => Solve(problem, trace: false) is Outcome.Satisfiable;
}
