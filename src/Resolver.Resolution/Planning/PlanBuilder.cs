using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Resolution.Verification;

namespace Resolver.Resolution.Planning;

/// <summary>Turns a selection into a plan: what is kept first, then stage by stage, by name within a stage.</summary>
internal sealed class PlanBuilder
{
    private readonly CandidateProblem problem;
    private readonly Selection selection;
    private readonly List<VariableId> selected;
    private readonly Dictionary<PackageName, Candidate> chosen;
    private readonly Dictionary<PackageName, List<Need>> neededBy = [];
    private readonly HashSet<(PackageName Target, Need Need)> noted = [];
    private readonly Dictionary<Candidate, PlannedBuild> builds = [];

    private PlanBuilder(CandidateProblem problem, Selection selection)
    {
        this.problem = problem;
        this.selection = selection;
        selected = [.. selection.Order.Where(each => problem.CandidatesOf(each).Count > 0)];
        chosen = selected.ToDictionary(each => CandidateOf(each).Name, CandidateOf);
    }

    /// <summary>The plan; the selection was judged by a checker that shares no code with the solver, the plan by a
    /// verifier that starts from the metadata.</summary>
    /// <param name="roots">What the user requested, for the plan's <c>roots</c> and for who needs a step.</param>
    /// <exception cref="InvalidOperationException">A checker found something: a fault of the program.</exception>
    public static Plan Build(
        CandidateProblem problem,
        Selection selection,
        IReadOnlyList<Requirement> roots,
        IReadOnlyList<LeftOut> leftOut,
        PlanStatistics statistics
    )
    {
        SelectionChecker.Require(problem, selection);
        var builder = new PlanBuilder(problem, selection);
        builder.AddBuilds();
        return builder.Build(roots, leftOut, statistics).Verified(problem.Request);
    }

    /// <summary>Plans the environments of builds that are apart, those first that others need.</summary>
    private void AddBuilds()
    {
        if (BuildEnvironments.JudgeOf(problem) is not { } environments)
            return;
        foreach (var environment in environments.Of(selected.Select(CandidateOf).OrderBy(each => each.Name)))
        {
            SelectionChecker.Require(environment.Problem, environment.Selection);
            var roots = environment.Problem.Request.Roots;
            var steps = new PlanBuilder(environment.Problem, environment.Selection)
                .Build([.. roots.Where(each => environment.Problem.Request.Counts(each))], [], new PlanStatistics())
                .Steps;
            var candidate = environment.Candidate;
            var requires = steps.SelectMany(step =>
                step.NeededBy.Where(need => need.Role == Role.Root)
                    .Select(need => new PlannedRequirement(need.Requirement, Role.Build, step.Candidate))
            );
            builds.Add(
                candidate,
                new PlannedBuild(
                    1 + environment.Built.Select(each => builds[each].Stage).DefaultIfEmpty(0).Max(),
                    candidate,
                    [
                        .. requires
                            .OrderBy(each => each.Requirement.Name)
                            .ThenBy(each => each.Requirement.ToString(), StringComparer.Ordinal),
                        .. Waived(candidate).Select(each => new PlannedRequirement(each, Role.Build, null)),
                    ],
                    [
                        .. steps.Select(step =>
                            step with
                            {
                                NeededBy =
                                [
                                    .. step.NeededBy.Select(need =>
                                        need.Name is null
                                            ? new Need(candidate.Name, need.Requirement, Role.Build)
                                            : need
                                    ),
                                ],
                            }
                        ),
                    ]
                )
            );
        }
    }

    private Plan Build(IReadOnlyList<Requirement> roots, IReadOnlyList<LeftOut> leftOut, PlanStatistics statistics)
    {
        var candidates = new int[problem.VariableCount];
        for (var v = 0; v < candidates.Length; v++)
            candidates[v] = selection[new VariableId(v)];
        var stages = new BuildGraph(problem, candidates).Stages(each =>
            problem.CandidatesOf(each) is { Count: > 0 } && IsKept(CandidateOf(each))
        );

        var inOrder = selected
            .OrderBy(each => IsKept(CandidateOf(each)) ? 0 : 1)
            .ThenBy(each => stages[each.Index])
            .ThenBy(each => CandidateOf(each).Name)
            .ToList();
        foreach (var root in roots)
            Note(root.Name, new Need(null, root, Role.Root));
        var requires = new List<IReadOnlyList<PlannedRequirement>>();
        foreach (var variable in inOrder)
            requires.Add(RequirementsOf(variable));
        foreach (var constraint in problem.Request.Constraints.Where(each => problem.Request.Counts(each)))
            Note(constraint.Name, new Need(null, constraint, Role.Constraint));

        var steps = inOrder.Select(
            (variable, i) =>
            {
                var candidate = CandidateOf(variable);
                return new PlanStep(
                    i + 1,
                    stages[variable.Index],
                    IsKept(candidate) ? StepAction.Keep : StepAction.Install,
                    candidate,
                    requires[i],
                    neededBy.GetValueOrDefault(candidate.Name, [])
                );
            }
        );
        var environment = problem.Request.Environment.Variables.ToDictionary(each => each.Key, each => each.Value);
        return new Plan(environment, roots, [.. steps], leftOut, statistics)
        {
            BuildIsolation = problem.Request.BuildIsolation,
            Builds =
            [
                .. builds
                    .Values.OrderBy(each => each.Stage)
                    .ThenBy(each => each.Candidate.Name)
                    .ThenBy(each => each.Candidate.Version),
            ],
        };
    }

    private static bool IsKept(Candidate candidate) => candidate.Kind == DistributionKind.Installed;

    private Candidate CandidateOf(VariableId variable) => problem.CandidatesOf(variable)[selection[variable]];

    private void Note(PackageName target, Need need)
    {
        if (!chosen.ContainsKey(target))
            return;
        if (!neededBy.TryGetValue(target, out var needs))
            neededBy.Add(target, needs = []);
        if (noted.Add((target, need)))
            needs.Add(need);
    }

    private List<PlannedRequirement> RequirementsOf(VariableId variable)
    {
        var candidate = CandidateOf(variable);
        var planned = new List<PlannedRequirement>();
        var known = new HashSet<(Role, Requirement)>();
        foreach (var id in problem.RequirementsOf(variable, selection[variable]))
        {
            if (problem.ActivatesExtra(id) || !Holds(id, out var through))
                continue;
            var requirement = problem.RequirementOf(id);
            var role = problem.RoleOf(id);
            var entry = new PlannedRequirement(requirement, role, chosen[requirement.Name], through);
            // One that also holds without any extra needs no mention of one.
            if (!known.Add((role, requirement)))
                continue;
            planned.Add(entry);
            Note(requirement.Name, new Need(candidate.Name, requirement, role));
        }
        if (builds.TryGetValue(candidate, out var build))
            planned.AddRange(build.Requires);
        else if (problem.Builds is null)
            planned.AddRange(Waived(candidate).Select(each => new PlannedRequirement(each, Role.Build, null)));
        planned.AddRange(Relaxed(candidate));
        return planned;
    }

    private IEnumerable<Requirement> Waived(Candidate candidate) =>
        candidate.IsBuilt && candidate.BuildRequires is { } builds
            ? builds.Where(each => problem.Request.Waivers.Any(waiver => waiver.Covers(candidate, each)))
            : [];

    private IEnumerable<PlannedRequirement> Relaxed(Candidate candidate) =>
        from amendment in problem.Request.Amendments
        where amendment.Instead is null
        from requirement in (amendment.Role == Role.Build ? candidate.BuildRequires : candidate.Requires) ?? []
        where amendment.Covers(candidate, requirement, amendment.Role)
        select new PlannedRequirement(requirement, amendment.Role, null);

    private bool Holds(RequirementId id, out ExtraName? through)
    {
        through = null;
        if (!selection.Holds(problem, id))
            return false;
        foreach (var condition in problem.Conditions(id))
        {
            if (condition.Active)
                through ??= problem.ExtraOf(condition.Extra);
        }
        return true;
    }
}
