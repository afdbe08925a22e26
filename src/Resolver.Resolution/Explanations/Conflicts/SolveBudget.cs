using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>One time limit over the many solves of an explanation.</summary>
internal sealed class SolveBudget(PlanLimits limits, CancellationToken cancellation)
{
    /// <summary>The last solver that is not at work: its buffers have grown to what explanations need.</summary>
    [ThreadStatic]
    private static DomainSolver? idle;

    /// <summary>How many solves there were: the cost of an explanation, free of noise.</summary>
    public int Solves { get; private set; }

    /// <summary>Choices and shrunk domains of all solves together: what they cost, by their size too.</summary>
    public long Effort { get; private set; }

    /// <param name="conflicts">Gives up after as many, if the limits allow more.</param>
    public Outcome Solve(Problem problem, bool trace, long conflicts = long.MaxValue)
    {
        Solves++;
        if (IsOver)
            return new Outcome.GaveUp(
                cancellation.IsCancellationRequested ? LimitReached.Cancelled : LimitReached.Timeout,
                new SearchStatistics()
            );
        var solver = idle ?? new DomainSolver();
        idle = null; // what a theory asks meanwhile takes another one
        var options = new SolveOptions
        {
            Trace = trace,
            NamesCycles = trace,
            ConflictLimit =
                conflicts == long.MaxValue ? limits.Conflicts : Math.Min(conflicts, limits.Conflicts ?? conflicts),
            Deadline = limits.Deadline,
        };
        var outcome = solver.Solve(problem, options, cancellation);
        idle = solver;
        Effort += outcome.Statistics.Decisions + outcome.Statistics.Propagations;
        return outcome;
    }

    /// <summary>The limits of each search.</summary>
    public PlanLimits Limits => limits;

    /// <summary>Stops the search at once.</summary>
    public CancellationToken Cancellation => cancellation;

    /// <summary>Whether the time is over, or the search is cancelled: nothing more is to be begun.</summary>
    public bool IsOver => limits.Deadline is { IsOver: true } || cancellation.IsCancellationRequested;

    /// <summary>Ends work between solves that the limits do not allow.</summary>
    /// <exception cref="SolveStopped">The time is over, or somebody ended it.</exception>
    public void ThrowIfOver()
    {
        if (cancellation.IsCancellationRequested)
            throw new SolveStopped(LimitReached.Cancelled);
        if (IsOver)
            throw new SolveStopped(LimitReached.Timeout);
    }

    /// <summary>Whether there is a selection; false also where the limit came first.</summary>
    public bool IsSatisfiable(Problem problem) => Solve(problem, trace: false) is Outcome.Satisfiable;
}
