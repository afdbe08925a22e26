using System.Diagnostics;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Verification;

namespace Resolver.Resolution.Planning;

/// <summary>Chooses a consistent set from an archive for some requirements, and orders it (<c>resolver
/// plan</c>).</summary>
public static class Planner
{
    /// <summary>A search that meets more of them is explained by a search of its own: most end in a plan, and none
    /// should keep what grows with each conflict.</summary>
    private const long MostConflictsTraced = 20_000;

    /// <summary>Where only many build dependency cycles together rule everything out, there may be too many to name
    /// them.</summary>
    private const long MostConflictsNamed = 1_000;

    /// <summary>The best plan, or why there is none.</summary>
    /// <param name="source">What there is to choose from.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="limits">When to give up; null: never.</param>
    /// <param name="solver">The engine; the answer is the same with each. Null: our own.</param>
    public static PlanOutcome Plan(
        ICandidateSource source,
        PlanRequest request,
        PlanLimits? limits = null,
        ISolver? solver = null,
        CancellationToken cancellation = default
    )
    {
        limits ??= PlanLimits.None;
        var problem = new CandidateProblem(
            source,
            request,
            RequestedProblem.Builds(source, request, limits, cancellation)
        );
        var roots = request.Roots.Where(each => request.Counts(each)).ToList();
        return Solve(problem, roots, [], limits, solver ?? new DomainSolver(), source, cancellation);
    }

    /// <param name="explains">Whether anybody reads why there is no plan; otherwise it is
    /// <see cref="Explanation.Unsaid"/>.</param>
    internal static PlanOutcome Solve(
        CandidateProblem problem,
        IReadOnlyList<Requirement> roots,
        IReadOnlyList<LeftOut> leftOut,
        PlanLimits limits,
        ISolver solver,
        ICandidateSource source,
        CancellationToken cancellation,
        bool explains = true
    )
    {
        try
        {
            return Judged(problem, roots, leftOut, limits, solver, source, explains, cancellation);
        }
        catch (SolveStopped stopped)
        {
            return new PlanOutcome.GaveUp(Describe(stopped.Limit), new PlanStatistics());
        }
    }

    private static PlanOutcome Judged(
        CandidateProblem problem,
        IReadOnlyList<Requirement> roots,
        IReadOnlyList<LeftOut> leftOut,
        PlanLimits limits,
        ISolver solver,
        ICandidateSource source,
        bool explains,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        var options = new SolveOptions
        {
            Deadline = limits.Deadline,
            ConflictLimit = limits.Conflicts,
            Trace = explains,
            ConflictsTraced = MostConflictsTraced,
        };
        var outcome = ObjectiveSearch.Solve(
            problem,
            problem.Request.Objectives,
            problem.Counts,
            options,
            solver,
            cancellation,
            out var values
        );
        var statistics = PlanStatistics.Of(outcome.Statistics, clock.Elapsed);
        switch (outcome)
        {
            case Outcome.Satisfiable satisfiable:
                clock.Restart();
                var plan = PlanBuilder.Build(problem, satisfiable.Selection, roots, leftOut, statistics);
                plan = (
                    plan with
                    {
                        Objectives = values,
                        Statistics = statistics with { OrderMilliseconds = clock.Elapsed.TotalMilliseconds },
                    }
                ).Counted();
                return new PlanOutcome.Planned(plan, satisfiable.Proven);
            case Outcome.Unsatisfiable when !explains:
                return new PlanOutcome.Impossible(Explanation.Unsaid, statistics);
            case Outcome.Unsatisfiable { Refutation: var refutation }:
                var explanation = Explainer.Explain(
                    problem,
                    problem,
                    source,
                    IsNameable(refutation)
                        ? limits
                        : limits with
                        {
                            Conflicts = Math.Min(limits.Conflicts ?? long.MaxValue, MostConflictsNamed),
                        },
                    IsNameable(refutation) ? refutation : null,
                    cancellation
                );
                return explanation is null
                    ? new PlanOutcome.GaveUp(
                        "there is no plan, but the limit was reached while looking for the reason",
                        statistics
                    )
                    : new PlanOutcome.Impossible(explanation, statistics);
            case Outcome.GaveUp gaveUp:
                return new PlanOutcome.GaveUp(Describe(gaveUp.Limit), statistics);
            default:
                throw new UnreachableException();
        }
    }

    /// <summary>Whether an explanation can use the refutation: it names build dependency cycles one by one, and looks
    /// for them itself where this one speaks of many at once.</summary>
    private static bool IsNameable(Refutation? refutation) =>
        refutation is null || !refutation.Axioms.Any(each => each is Axiom.Theory { Nogood.Certificate: StuckBuilds });

    internal static string Describe(LimitReached limit) =>
        limit switch
        {
            LimitReached.Timeout => "the time limit was reached",
            LimitReached.Conflicts => "the conflict limit was reached",
            _ => "the search was cancelled",
        };
}
