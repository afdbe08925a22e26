using System.Diagnostics;
using Resolver.Resolution.Solving;
using Resolver.Sat.Boolean;
using Resolver.Sat.Z3;

namespace Resolver.Resolution.Z3;

/// <summary>Questions to Z3 within the limits of one solve. After a limit was reached every answer is no, and
/// <see cref="Limit"/> says why.</summary>
internal sealed class Z3Questions : IDisposable
{
    private readonly Z3Session session;
    private readonly long? conflictLimit;
    private readonly CancellationToken caller;
    private readonly CancellationTokenSource stop;
    private readonly CancellationTokenRegistration registration;

    public Z3Questions(Z3Session session, SolveOptions options, CancellationToken caller)
    {
        this.session = session;
        this.caller = caller;
        conflictLimit = options.ConflictLimit;
        stop = Deadline.Source(options.Deadline, caller);
        registration = stop.Token.Register(session.Interrupt);
    }

    /// <summary>The limit that was reached, or null.</summary>
    public LimitReached? Limit { get; private set; }

    /// <summary>Whether all clauses, all assumptions and, where there are any, one of the alternatives can hold
    /// together. If so, there is a model.</summary>
    public bool IsPossible(ReadOnlySpan<Literal> assumptions, ReadOnlySpan<Literal> anyOf = default)
    {
        if (Limit is null && stop.IsCancellationRequested)
            Limit = StoppedBy();
        if (Limit is not null)
            return false;
        var remaining = conflictLimit - session.Statistic("sat conflicts");
        switch (session.Check(assumptions, anyOf, remaining is < 0 ? 0 : remaining))
        {
            case Z3Verdict.Satisfiable:
                return true;
            case Z3Verdict.Unsatisfiable:
                return false;
            default:
                Limit = StoppedBy();
                return false;
        }
    }

    public bool IsTrue(Literal literal) => session.IsTrue(literal);

    /// <summary>Z3's own counts.</summary>
    public SearchStatistics Statistics() =>
        new()
        {
            Decisions = session.Statistic("sat decisions"),
            Conflicts = session.Statistic("sat conflicts"),
            Propagations =
                session.Statistic("sat propagations 2ary")
                + session.Statistic("sat propagations 3ary")
                + session.Statistic("sat propagations nary"),
        };

    public void Dispose()
    {
        // Waits for an interruption under way: the session must outlive it.
        registration.Dispose();
        stop.Dispose();
    }

    private LimitReached StoppedBy()
    {
        Debug.Assert(
            conflictLimit is not null || stop.IsCancellationRequested,
            "Z3 gives up without a limit only where a theory is incomplete, and clauses have none."
        );
        return caller.IsCancellationRequested ? LimitReached.Cancelled
            : stop.IsCancellationRequested ? LimitReached.Timeout
            : LimitReached.Conflicts;
    }
}
