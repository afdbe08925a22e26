using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations;

/// <summary>All circles of builds that wait for each other, each with the cheapest break that was solved
/// again.</summary>
/// <remarks>
/// The selection that would be best if builds could wait for each other shows them: for each build requirement on a
/// circle, a shortest circle through it. A break is looked for in the order of its price: something else that is
/// there already (a wheel, what is installed, a version without the requirement), the best such as the planner
/// prefers; then one wheel more, of the member that most circles share; then a build requirement that is waived.
/// </remarks>
public sealed class BuildCircles
{
    /// <summary>Circles looked at, at most.</summary>
    public const int Most = 64;

    private readonly CandidateProblem problem;
    private readonly SolveBudget budget;
    private readonly int[] selection;
    private readonly List<BuildCycle> cycles;

    private readonly IReadOnlySet<PackageName>? batch;

    private BuildCircles(
        CandidateProblem problem,
        IReadOnlySet<PackageName>? batch,
        SolveBudget budget,
        Selection selection
    )
    {
        (this.problem, this.batch, this.budget) = (problem, batch, budget);
        this.selection = [.. Enumerable.Range(0, problem.VariableCount).Select(v => selection[new VariableId(v)])];
        cycles = [.. new BuildGraph(problem, this.selection).CyclesOfEachEdge().Take(Most)];
    }

    /// <summary>The circles; null where there is no selection even without an order, or a limit was reached.</summary>
    /// <param name="problem">The question. Optional roots are taken as far as they go.</param>
    /// <param name="batch">What was given as a batch, so that its version stands; null where requirements were.</param>
    public static IReadOnlyList<BuildCircle>? Find(
        CandidateProblem problem,
        IReadOnlySet<PackageName>? batch,
        PlanLimits limits,
        CancellationToken cancellation = default
    )
    {
        var budget = new SolveBudget(limits, cancellation);
        return
            budget.Solve(new WithTheory(problem, null), trace: false)
                is Outcome.Satisfiable { Selection: var selection }
            ? new BuildCircles(problem, batch, budget, selection).Describe()
            : null;
    }

    private List<BuildCircle> Describe() =>
        [
            .. cycles.Select(cycle => new BuildCircle(
                [.. cycle.Edges.Select(edge => problem.ProjectOf(edge.Source)).Distinct()],
                [.. cycle.Edges.Select(Step)],
                Break(cycle)
            )),
        ];

    private string Step(BuildEdge edge)
    {
        var who = $"{problem.ProjectOf(edge.Source)} {problem.VersionOf(edge.Source, selection[edge.Source.Index])}";
        return problem.IsBuildRequirement(edge.Requirement)
            ? $"to build {who}, {problem.TextOf(edge.Requirement)} is needed"
            : $"{who} needs {problem.TextOf(edge.Requirement)} to run";
    }

    /// <summary>The cheapest break; null where none was found within what is tried.</summary>
    private CircleBreak? Break(BuildCycle cycle)
    {
        var members = cycle.Edges.Select(edge => edge.Source).Distinct().ToList();
        // What was given, at its version but in any form; what else it needs is open. Only circles of these count:
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
        var judged = new WithTheory(question, new OnlyAmong(question, names));
        if (budget.Solve(judged, trace: false) is Outcome.Satisfiable { Selection: var other })
            return Difference(question, other, members);
        foreach (
            var member in Built(cycle)
                .OrderByDescending(each => cycles.Count(one => one.Edges.Any(edge => edge.Source == each)))
                .ThenBy(problem.ProjectOf, StringComparer.Ordinal)
        )
        {
            var name = problem.NameOf(member);
            if (
                budget.IsSatisfiable(
                    RelaxedProblem.Without(judged, question, [new Assumption.NoOthers(question.VariableOf(name))])
                )
            )
            {
                var version = problem.VersionOf(member, selection[member.Index]);
                return new CircleBreak("add", name.Normalized, $"add {name}=={version} to the archive as a wheel");
            }
        }
        foreach (var edge in cycle.Edges.Where(edge => problem.IsBuildRequirement(edge.Requirement)))
        {
            var source = problem.CandidatesOf(edge.Source)[selection[edge.Source.Index]];
            var amendment = new AmendedRequirement(
                source.Name,
                [source.Version],
                problem.RequirementOf(edge.Requirement),
                Role.Build,
                null
            );
            var waived = problem.Remade(
                problem.Source,
                question.Request with
                {
                    Amendments = [.. question.Request.Amendments, amendment],
                },
                keepExact: false
            );
            if (budget.IsSatisfiable(new WithTheory(waived, new OnlyAmong(waived, names))))
                return new CircleBreak(
                    "waive",
                    source.Name.Normalized,
                    $"waive {problem.TextOf(edge.Requirement)} for the build of {source.Name} {source.Version}, if it can be built without"
                );
        }
        return null;
    }

    private IEnumerable<VariableId> Built(BuildCycle cycle) =>
        cycle.Edges.Where(edge => problem.IsBuildRequirement(edge.Requirement)).Select(edge => edge.Source).Distinct();

    /// <summary>What the selection without the circle has in place of a member.</summary>
    private CircleBreak? Difference(CandidateProblem question, Selection other, List<VariableId> members)
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
                DistributionKind.Installed => new CircleBreak(
                    "installed",
                    after.Name.Normalized,
                    $"keep {after.Name} {after.Version}, which is installed"
                ),
                DistributionKind.Wheel => new CircleBreak(
                    "wheel",
                    after.Name.Normalized,
                    $"take the wheel of {after.Name} {after.Version}{place} instead of building it"
                ),
                _ => new CircleBreak(
                    "version",
                    after.Name.Normalized,
                    $"take {after.Name} {after.Version}{place}, which does not need the others to be built"
                ),
            };
        }
        // The members stay as they are: something that one of them needs is another version, and closes no circle.
        foreach (var variable in other.Order.Where(each => question.CandidatesOf(each).Count > 0))
        {
            var after = question.CandidatesOf(variable)[other[variable]];
            var before = selection[problem.VariableOf(after.Name).Index];
            if (before >= 0 && !ReferenceEquals(problem.CandidatesOf(problem.VariableOf(after.Name))[before], after))
                return new CircleBreak(
                    "version",
                    after.Name.Normalized,
                    $"take {after.Name} {after.Version}{(after.Path is { } path ? $" ({path})" : "")}"
                );
        }
        return null;
    }

    /// <summary>A problem with another theory; null: none.</summary>
    private sealed class WithTheory(CandidateProblem inner, ISelectionTheory? theory) : DerivedProblem(inner)
    {
        public override ISelectionTheory? Theory => theory;
    }

    /// <summary>Only circles that some of these projects are part of count.</summary>
    private sealed class OnlyAmong(CandidateProblem problem, HashSet<PackageName> names) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection) =>
            [
                .. problem
                    .Theory.Refute(selection)
                    .Where(nogood => nogood.Terms.Any(term => names.Contains(problem.NameOf(term.Variable)))),
            ];
    }
}
