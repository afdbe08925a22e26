using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>A problem written down as tables, small enough to be solved by trying everything.</summary>
public sealed class TableProblem : Problem
{
    private readonly List<Variable> variables = [];
    private readonly List<Requirement> requirements = [];
    private readonly List<RequirementId> roots = [];

    public override ReadOnlySpan<RequirementId> Roots => roots.ToArray();

    public override int VariableCount => variables.Count;

    public ISelectionTheory? Judge { get; set; }

    public override ISelectionTheory? Theory => Judge;

    /// <summary>A project with this many candidates, all usable, the highest best.</summary>
    public VariableId Project(int candidates)
    {
        variables.Add(new Variable([.. Enumerable.Range(0, candidates).Select(_ => new List<RequirementId>())]));
        return new VariableId(variables.Count - 1);
    }

    public VariableId Extra() => Project(1);

    public RequirementId Require(VariableId target, params int[] satisfying) => Require(target, satisfying, false);

    public RequirementId Require(
        VariableId target,
        int[] satisfying,
        bool allowsAbsence,
        params ExtraCondition[] conditions
    )
    {
        requirements.Add(new Requirement(target, satisfying, allowsAbsence, conditions));
        return new RequirementId(requirements.Count - 1);
    }

    public void Root(RequirementId requirement) => roots.Add(requirement);

    public void Demand(VariableId variable, int candidate, RequirementId requirement) =>
        variables[variable.Index].Requirements[candidate].Add(requirement);

    public void Bar(VariableId variable, int candidate) => variables[variable.Index].Barred.Add(candidate);

    public void Prefer(VariableId variable, params int[] order) => variables[variable.Index].Preference = order;

    public override int CandidateCount(VariableId variable) => variables[variable.Index].Requirements.Length;

    public override void Usable(VariableId variable, Span<ulong> words)
    {
        for (var i = 0; i < CandidateCount(variable); i++)
        {
            if (!variables[variable.Index].Barred.Contains(i))
                words[i >> 6] |= 1UL << i;
        }
    }

    public override ReadOnlySpan<int> Preference(VariableId variable) => variables[variable.Index].Preference;

    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate) =>
        variables[variable.Index].Requirements[candidate].ToArray();

    public override VariableId Target(RequirementId requirement) => requirements[requirement.Index].Target;

    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        foreach (var candidate in requirements[requirement.Index].Satisfying)
            words[candidate >> 6] |= 1UL << candidate;
    }

    public override bool AllowsAbsence(RequirementId requirement) => requirements[requirement.Index].AllowsAbsence;

    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) =>
        requirements[requirement.Index].Conditions;

    public bool IsSatisfied(RequirementId requirement, int chosen) =>
        chosen < 0
            ? requirements[requirement.Index].AllowsAbsence
            : requirements[requirement.Index].Satisfying.Contains(chosen);

    private sealed class Variable(List<RequirementId>[] requirements)
    {
        public List<RequirementId>[] Requirements { get; } = requirements;

        public HashSet<int> Barred { get; } = [];

        public int[] Preference { get; set; } = [];
    }

    private sealed record Requirement(
        VariableId Target,
        int[] Satisfying,
        bool AllowsAbsence,
        ExtraCondition[] Conditions
    );
}
