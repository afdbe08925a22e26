using System.Diagnostics;
using Resolver.Packaging.Markers.Regions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Objectives;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Environments;

/// <summary>
/// One plan for several environments: versions agree across them wherever that is possible (docs/planning.md,
/// 'Several environments'). There is a plan exactly where each environment for itself has one.
/// </summary>
public static class EnvironmentsPlanner
{
    /// <summary>The best plan, or why there is none.</summary>
    /// <param name="source">What there is to choose from.</param>
    /// <param name="request">What is asked; its own environment and tags play no part.</param>
    /// <param name="environments">At least one; disjoint. Where they cannot agree, the first ones have the better
    /// choice.</param>
    /// <param name="limits">When to give up.</param>
    /// <param name="solver">The engine; the answer is the same with each. Null: our own.</param>
    public static PlanOutcome Plan(
        ICandidateSource source,
        PlanRequest request,
        IReadOnlyList<EnvironmentRequest> environments,
        PlanLimits limits,
        ISolver? solver = null,
        CancellationToken cancellation = default
    )
    {
        var solutions = Solve(
            new MemoizedSource(source),
            request,
            environments,
            limits,
            solver ?? new DomainSolver(),
            cancellation,
            out var failure,
            out var values
        );
        if (solutions is null)
            return failure!;
        var targets = environments
            .Select(each => new TargetedEnvironment(
                each.Name,
                each.Region.ToMarker(MarkerRegion.Existing),
                each.Example
            ))
            .ToList();
        return new PlanOutcome.Planned(
            MergedPlan.Of(request, solutions, targets) with
            {
                Objectives = values,
            },
            values.All(each => each.IsProven)
        );
    }

    /// <summary>What is best for each environment, in their order; null where there is nothing, or a limit was
    /// reached.</summary>
    internal static IReadOnlyList<EnvironmentSolution>? Solve(
        MemoizedSource source,
        PlanRequest request,
        IReadOnlyList<EnvironmentRequest> environments,
        PlanLimits limits,
        ISolver solver,
        CancellationToken cancellation,
        out PlanOutcome? failure,
        out IReadOnlyList<ObjectiveValue> values
    )
    {
        failure = null;
        var clock = Stopwatch.StartNew();
        var requests = environments.Select(each => each.Of(request)).ToList();
        var problems = requests.ConvertAll(each => RequestedProblem.Of(source, each));
        var problem = new AgreementProblem(problems, [.. request.Roots.Select(each => each.Name)]);
        var options = new SolveOptions { Deadline = limits.Deadline, ConflictLimit = limits.Conflicts };
        var outcome = ObjectiveSearch.Solve(
            problem,
            request.Objectives,
            problem.Counts,
            options,
            solver,
            cancellation,
            out values
        );
        var statistics = PlanStatistics.Of(outcome.Statistics, clock.Elapsed);
        switch (outcome)
        {
            case Outcome.Satisfiable satisfiable:
                return
                [
                    .. environments.Select(
                        (each, i) =>
                            new EnvironmentSolution(
                                each,
                                problems[i],
                                Part(problem, satisfiable.Selection, i),
                                statistics
                            )
                    ),
                ];
            case Outcome.GaveUp gaveUp:
                failure = new PlanOutcome.GaveUp(Planner.Describe(gaveUp.Limit), statistics);
                return null;
            default:
                failure = Explain(source, requests, environments, limits, solver, cancellation);
                return null;
        }
    }

    /// <summary>Environments can always disagree, so at least one of them has no plan of its own: the first such is
    /// what is explained.</summary>
    private static PlanOutcome Explain(
        MemoizedSource source,
        List<PlanRequest> requests,
        IReadOnlyList<EnvironmentRequest> environments,
        PlanLimits limits,
        ISolver solver,
        CancellationToken cancellation
    )
    {
        for (var i = 0; i < requests.Count; i++)
        {
            switch (Planner.Plan(source, requests[i], limits, solver, cancellation))
            {
                case PlanOutcome.Planned:
                    continue;
                case PlanOutcome.Impossible impossible:
                    var where =
                        environments[i].Name
                        ?? environments[i].Region.ToMarker(MarkerRegion.Existing)?.ToString()
                        ?? "every environment";
                    return impossible with
                    {
                        Explanation = impossible.Explanation with
                        {
                            Text = $"For {where}:\n{impossible.Explanation.Text}",
                        },
                    };
                case var other:
                    return other;
            }
        }
        throw new InvalidOperationException("each environment has a plan, but there is none for all together");
    }

    private static Selection Part(AgreementProblem problem, Selection selection, int environment)
    {
        var order = new List<VariableId>();
        var candidates = new List<int>();
        for (var i = 0; i < selection.Order.Count; i++)
        {
            if (problem.Own(selection.Order[i]) is not { } own || own.Environment != environment)
                continue;
            order.Add(own.Own);
            candidates.Add(selection.CandidateAt(i));
        }
        return new Selection(order, [.. candidates]);
    }
}
