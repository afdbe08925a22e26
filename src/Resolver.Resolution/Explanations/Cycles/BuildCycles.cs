using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>All build dependency cycles, each with the cheapest break that was solved again.</summary>
/// <remarks>
/// The selection that would be best if builds needed no order shows them: for each build requirement on a cycle, a
/// shortest cycle through it. A break is looked for in the order of its price: something else that is there already
/// (a wheel, what is installed, a version without the requirement), the best such as the planner prefers; then a
/// wheel more, then two or more; then build requirements that are waived (<see cref="CycleBreaks"/>).
/// </remarks>
public sealed class BuildCycles
{
    /// <summary>Cycles looked at, at most.</summary>
    public const int Most = 64;

    private readonly CandidateProblem problem;
    private readonly SolveBudget budget;
    private readonly IReadOnlyList<int> selection;
    private readonly IReadOnlyList<BuildCycle> cycles;
    private readonly IReadOnlySet<PackageName>? batch;

    private BuildCycles(
        CandidateProblem problem,
        IReadOnlySet<PackageName>? batch,
        SolveBudget budget,
        UnorderedSelection unordered
    )
    {
        (this.problem, this.batch, this.budget) = (problem, batch, budget);
        (selection, cycles) = unordered;
    }

    /// <summary>The cycles; null where there is no selection even without an order, or a limit was reached.</summary>
    /// <param name="problem">The question. Optional roots are taken as far as they go.</param>
    /// <param name="batch">What was given as a batch, so that its version stands; null where requirements were.</param>
    public static IReadOnlyList<FoundCycle>? Find(
        CandidateProblem problem,
        IReadOnlySet<PackageName>? batch,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        var budget = new SolveBudget(limits, cancellation);
        return UnorderedSelection.Find(problem, budget) is { } unordered
            ? new BuildCycles(problem, batch, budget, unordered).Describe()
            : null;
    }

    private List<FoundCycle> Describe() =>
        [
            .. cycles.Select(cycle => new FoundCycle(
                [.. cycle.Edges.Select(edge => problem.ProjectOf(edge.Source)).Distinct()],
                [.. cycle.Edges.Select(Step)],
                Break(cycle)
            )),
        ];

    private BuildCycleStep Step(BuildEdge edge)
    {
        var version = problem.VersionOf(edge.Source, selection[edge.Source.Index]);
        return new BuildCycleStep(
            problem.ProjectOf(edge.Source),
            [version],
            version,
            problem.TextOf(edge.Requirement),
            problem.IsBuildRequirement(edge.Requirement) ? Role.Build : Role.Runtime
        );
    }

    /// <summary>The cheapest break; null where none was found within what is tried.</summary>
    private CycleBreak? Break(BuildCycle cycle)
    {
        var members = cycle.Edges.Select(edge => edge.Source).Distinct().ToList();
        // What was given, at its version but in any form; what else it requires is open. Only cycles of these count:
        // others have breaks of their own.
        var question = problem.Remade(
            problem.Source,
            batch is null
                ? problem.Request
                : problem.Request with
                {
                    Roots =
                    [
                        .. members
                            .Where(each => batch.Contains(problem.NameOf(each)))
                            .Select(each =>
                                CandidateProblem.ExactRequirement(problem.CandidatesOf(each)[selection[each.Index]])
                            ),
                    ],
                },
            keepExact: false
        );
        var names = members.Select(each => problem.NameOf(each)).ToHashSet();
        var judged = new WithTheory(question, new CyclesAmong(question, names));
        if (budget.Solve(judged, trace: false) is Outcome.Satisfiable { Selection: var other })
            return Difference(question, other, members);
        var breaks = new CycleBreaks(
            question,
            problem,
            selection,
            [.. cycles.Where(each => each.Edges.Any(edge => members.Contains(edge.Source)))],
            budget,
            remade => new CyclesAmong(remade, names)
        );
        if (breaks.Wheels(1) is [var wheels, ..])
            return new CycleBreak("add", [.. wheels.Select(each => each.Name.Normalized)], CycleFixes.TextOf(wheels));
        if (breaks.Waivers(1) is [var waivers, ..])
            return new CycleBreak(
                "waive",
                [.. waivers.Select(each => each.Project.Normalized).Distinct()],
                CycleFixes.TextOf(waivers)
            );
        return null;
    }

    /// <summary>What the selection without the cycle has in place of a member.</summary>
    private CycleBreak? Difference(CandidateProblem question, Selection other, List<VariableId> members)
    {
        foreach (var member in members)
        {
            var before = problem.CandidatesOf(member)[selection[member.Index]];
            var variable = question.VariableOf(before.Name);
            if (other[variable] < 0)
                continue;
            var after = question.CandidatesOf(variable)[other[variable]];
            if (ReferenceEquals(before, after))
                continue;
            var place = after.Path is { } path ? $" ({path})" : "";
            return after.Kind switch
            {
                DistributionKind.Installed => new CycleBreak(
                    "installed",
                    [after.Name.Normalized],
                    $"keep {after.Name} {after.Version}, which is installed"
                ),
                DistributionKind.Wheel => new CycleBreak(
                    "wheel",
                    [after.Name.Normalized],
                    $"take the wheel of {after.Name} {after.Version}{place} instead of building it"
                ),
                _ => new CycleBreak(
                    "version",
                    [after.Name.Normalized],
                    $"take {after.Name} {after.Version}{place}, which does not require the others to build"
                ),
            };
        }
        // The members stay as they are: something that one of them requires is another version, and closes no cycle.
        foreach (var variable in other.Order.Where(each => question.CandidatesOf(each).Count > 0))
        {
            var after = question.CandidatesOf(variable)[other[variable]];
            var before = selection[problem.VariableOf(after.Name).Index];
            if (before >= 0 && !ReferenceEquals(problem.CandidatesOf(problem.VariableOf(after.Name))[before], after))
                return new CycleBreak(
                    "version",
                    [after.Name.Normalized],
                    $"take {after.Name} {after.Version}{(after.Path is { } path ? $" ({path})" : "")}"
                );
        }
        return null;
    }
}
