using System.Runtime.InteropServices;
using Resolver.Packaging.Names;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Translation;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Environments;

/// <summary>
/// The problems of several environments as one, in which agreement is what is decided first. Each project of each
/// environment keeps its variable; beside them each project has one more, its <b>agreement</b>: candidate v + 1 asks
/// that whichever environment has the project has its version v, candidate 0 (the worst) asks nothing.
/// </summary>
/// <remarks>
/// An agreement is in the discovery queue just before the first variable of its project, so the answer is
/// (docs/planning.md, 'Several environments'): project by project as discovered, one version everywhere if some full
/// solution has one, the best of these; else environment by environment a version that an environment before it has,
/// if possible, and its own best otherwise. Not thread-safe.
/// </remarks>
internal sealed class AgreementProblem : Problem
{
    private readonly IReadOnlyList<CandidateProblem> problems;
    private readonly List<Variable> variables = [];
    private readonly Dictionary<(int Environment, VariableId Own), VariableId> places = [];
    private readonly Dictionary<PackageName, VariableId> agreements = [];
    private readonly List<Demand> demands = [];
    private readonly List<ExtraCondition[]?> conditions = [];
    private readonly Dictionary<Demand, RequirementId> interned = [];
    private readonly List<RequirementId> roots = [];

    /// <param name="problems">One an environment, in the order in which they are to be considered.</param>
    /// <param name="order">The projects of the roots as the user gave them.</param>
    public AgreementProblem(IReadOnlyList<CandidateProblem> problems, IReadOnlyList<PackageName> order)
    {
        this.problems = problems;
        var rank = order.Distinct().Select((name, i) => (name, i)).ToDictionary(pair => pair.name, pair => pair.i);
        var all =
            from environment in Enumerable.Range(0, problems.Count)
            from root in problems[environment].Roots.ToArray()
            orderby rank.GetValueOrDefault(problems[environment].NameOf(problems[environment].Target(root)), rank.Count)
            select (environment, root);
        foreach (var (environment, root) in all)
            roots.AddRange(Demands(environment, [root]));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => CollectionsMarshal.AsSpan(roots);

    /// <inheritdoc/>
    public override int VariableCount => variables.Count;

    /// <inheritdoc/>
    public override ISelectionTheory Theory => new EachTheory(this);

    /// <summary>Which environment's variable it is, and which; null for an agreement.</summary>
    public (int Environment, VariableId Own)? Own(VariableId variable) =>
        variables[variable.Index] is Variable.OfEnvironment own ? (own.Environment, own.Own) : null;

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) =>
        variables[variable.Index] switch
        {
            Variable.OfEnvironment own => problems[own.Environment].CandidateCount(own.Own),
            Variable.Agreement agreement => Versions(agreement).Length + 1,
            _ => 0,
        };

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        if (variables[variable.Index] is Variable.OfEnvironment own)
            problems[own.Environment].Usable(own.Own, words);
        else
            SetAll(variable, words);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable)
    {
        if (variables[variable.Index] is Variable.OfEnvironment own)
            return problems[own.Environment].Preference(own.Own);
        var agreement = (Variable.Agreement)variables[variable.Index];
        return agreement.Preference ??= PreferenceOf(agreement);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore)
    {
        if (
            variables[variable.Index] is not Variable.OfEnvironment own
            || problems[own.Environment].CandidatesOf(own.Own) is not { Count: > 1 } candidates
        )
            return Preference(variable);
        var used = new HashSet<Version>();
        for (var environment = 0; environment < problems.Count; environment++)
        {
            var other = problems[environment].VariableOf(problems[own.Environment].NameOf(own.Own));
            if (
                environment != own.Environment
                && places.TryGetValue((environment, other), out var place)
                && chosenBefore(place) is >= 0 and var candidate
            )
                used.Add(problems[environment].CandidatesOf(other)[candidate].Version);
        }
        var preference = Preference(variable);
        return used.Count == 0
            ? preference
            : preference.ToArray().OrderBy(each => !used.Contains(candidates[each].Version)).ToArray();
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        switch (variables[variable.Index])
        {
            case Variable.OfEnvironment own:
                own.Requirements ??= new RequirementId[problems[own.Environment].CandidateCount(own.Own)][];
                return own.Requirements[candidate] ??= [
                    .. Demands(own.Environment, problems[own.Environment].RequirementsOf(own.Own, candidate).ToArray()),
                ];
            case Variable.Agreement agreement when candidate > 0:
                agreement.Requirements ??= new RequirementId[Versions(agreement).Length][];
                return agreement.Requirements[candidate - 1] ??= [
                    .. Enumerable
                        .Range(0, problems.Count)
                        .Select(environment =>
                            Intern(
                                new Demand.Agree(
                                    environment,
                                    Place(environment, problems[environment].VariableOf(agreement.Project)),
                                    Versions(agreement)[candidate - 1]
                                )
                            )
                        ),
                ];
            default:
                return [];
        }
    }

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => demands[requirement.Index].Target;

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) =>
        demands[requirement.Index] switch
        {
            Demand.Agree => true,
            var own => problems[own.Environment].AllowsAbsence(own.Own),
        };

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement)
    {
        var demand = demands[requirement.Index];
        if (demand is Demand.Agree)
            return [];
        return conditions[requirement.Index] ??= [
            .. problems[demand.Environment]
                .Conditions(demand.Own)
                .ToArray()
                .Select(each => each with { Extra = Place(demand.Environment, each.Extra) }),
        ];
    }

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) =>
        demands[requirement.Index] is Demand.OfEnvironment own && problems[own.Environment].IsBuildRequirement(own.Own);

    /// <inheritdoc/>
    public override bool AdmitsOthers(RequirementId requirement) =>
        demands[requirement.Index] is not Demand.OfEnvironment own || problems[own.Environment].AdmitsOthers(own.Own);

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        switch (demands[requirement.Index])
        {
            case Demand.OfEnvironment own:
                problems[own.Environment].Satisfying(own.Own, words);
                break;
            case Demand.Agree agree:
                var candidates = problems[agree.Environment]
                    .CandidatesOf(((Variable.OfEnvironment)variables[agree.Target.Index]).Own);
                for (var i = 0; i < candidates.Count; i++)
                {
                    if (candidates[i].Version == agree.Version)
                        words[i >> 6] |= 1UL << i;
                }
                break;
            case var discover:
                SetAll(discover.Target, words);
                break;
        }
    }

    /// <summary>What counts in one environment counts there: the sum over all is what an objective makes
    /// small.</summary>
    public bool Counts(Objective objective, VariableId variable, int candidate) =>
        variables[variable.Index] is Variable.OfEnvironment own
        && problems[own.Environment].Counts(objective, own.Own, candidate);

    /// <summary>The variable that stands for an environment's own.</summary>
    public VariableId Place(int environment, VariableId own)
    {
        if (!places.TryGetValue((environment, own), out var place))
        {
            places.Add((environment, own), place = new VariableId(variables.Count));
            variables.Add(new Variable.OfEnvironment(environment, own));
        }
        return place;
    }

    private void SetAll(VariableId variable, Span<ulong> words)
    {
        for (var i = 0; i < CandidateCount(variable); i++)
            words[i >> 6] |= 1UL << i;
    }

    /// <summary>Each requirement on a project comes after one that has the queue pass its agreement, under the same
    /// conditions.</summary>
    private IEnumerable<RequirementId> Demands(int environment, IReadOnlyList<RequirementId> owns)
    {
        var problem = problems[environment];
        foreach (var own in owns)
        {
            var target = Place(environment, problem.Target(own));
            if (!problem.AllowsAbsence(own) && problem.ExtraOf(problem.Target(own)) is null)
                yield return Intern(
                    new Demand.Discover(environment, Agreement(problem.NameOf(problem.Target(own))), own)
                );
            yield return Intern(new Demand.OfEnvironment(environment, target, own));
        }
    }

    private VariableId Agreement(PackageName project)
    {
        if (!agreements.TryGetValue(project, out var agreement))
        {
            agreements.Add(project, agreement = new VariableId(variables.Count));
            variables.Add(new Variable.Agreement(project));
        }
        return agreement;
    }

    private Version[] Versions(Variable.Agreement agreement) =>
        agreement.Versions ??= [
            .. problems
                .SelectMany(problem => problem.CandidatesOf(problem.VariableOf(agreement.Project)))
                .Select(each => each.Version)
                .Distinct()
                .Order(),
        ];

    /// <summary>As the first environment prefers; not to agree is worst.</summary>
    private int[] PreferenceOf(Variable.Agreement agreement)
    {
        var versions = Versions(agreement);
        var project = problems[0].VariableOf(agreement.Project);
        var candidates = problems[0].CandidatesOf(project);
        return
        [
            .. problems[0]
                .Preference(project)
                .ToArray()
                .Select(each => Array.IndexOf(versions, candidates[each].Version) + 1)
                .Distinct(),
            0,
        ];
    }

    private RequirementId Intern(Demand demand)
    {
        if (!interned.TryGetValue(demand, out var id))
        {
            interned.Add(demand, id = new RequirementId(demands.Count));
            demands.Add(demand);
            conditions.Add(null);
        }
        return id;
    }

    private abstract class Variable
    {
        public RequirementId[]?[]? Requirements { get; set; }

        public sealed class OfEnvironment(int environment, VariableId own) : Variable
        {
            public int Environment { get; } = environment;

            public VariableId Own { get; } = own;
        }

        public sealed class Agreement(PackageName project) : Variable
        {
            public PackageName Project { get; } = project;

            public Version[]? Versions { get; set; }

            public int[]? Preference { get; set; }
        }
    }

    /// <summary>A requirement: an environment's own, one that only has its project's agreement discovered, or one of
    /// an agreement.</summary>
    private abstract record Demand(int Environment, VariableId Target, RequirementId Own)
    {
        public sealed record OfEnvironment(int Environment, VariableId Target, RequirementId Own)
            : Demand(Environment, Target, Own);

        public sealed record Discover(int Environment, VariableId Target, RequirementId Own)
            : Demand(Environment, Target, Own);

        public sealed record Agree(int Environment, VariableId Target, Version Version)
            : Demand(Environment, Target, new RequirementId(-1));
    }

    /// <summary>What each environment's theory says of its part.</summary>
    private sealed class EachTheory(AgreementProblem problem) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var nogoods = new List<SelectionNogood>();
            for (var environment = 0; environment < problem.problems.Count; environment++)
            {
                var own = problem.problems[environment];
                if (own.Theory is not { } theory)
                    continue;
                var part = new int[own.VariableCount];
                Array.Fill(part, -1);
                for (var i = 0; i < selection.Length; i++)
                {
                    if (problem.Own(new VariableId(i)) is { } place && place.Environment == environment)
                        part[place.Own.Index] = selection[i];
                }
                var index = environment;
                nogoods.AddRange(
                    theory
                        .Refute(part)
                        .Select(each =>
                            each with
                            {
                                Terms =
                                [
                                    .. each.Terms.Select(term =>
                                        term with
                                        {
                                            Variable = problem.Place(index, term.Variable),
                                        }
                                    ),
                                ],
                            }
                        )
                );
            }
            return nogoods;
        }
    }
}
