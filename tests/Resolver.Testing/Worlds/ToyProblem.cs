using Resolver.Resolution.Problems;

namespace Resolver.Testing.Worlds;

/// <summary>A toy world in numbers. Plain and eager; requirements that are equal share their number.</summary>
public sealed class ToyProblem : Problem
{
    private readonly List<string> names = [];
    private readonly Dictionary<string, VariableId> variables = [];
    private readonly List<ToyProject?> projects = [];
    private readonly List<RequirementId[][]> required = [];
    private readonly List<Interned> requirements = [];
    private readonly Dictionary<string, RequirementId> byText = [];
    private readonly HashSet<(int Variable, int Candidate)> built = [];
    private readonly RequirementId[] roots;
    private readonly ISelectionTheory? theory;

    /// <param name="orderable">Whether builds must be orderable (the theory), where a candidate must be built.</param>
    public ToyProblem(ToyWorld world, bool orderable = true)
    {
        foreach (var project in world.Projects)
            projects[Variable(project.Name).Index] = project;
        roots = [.. world.Roots.SelectMany(root => Intern("", root, false))];
        foreach (var project in world.Projects)
        {
            var variable = Variable(project.Name).Index;
            required[variable] =
            [
                .. project.Candidates.Select(candidate =>
                    candidate
                        .Requires.Where(requirement => requirement.Conditions.Count == 0)
                        .SelectMany(requirement => Intern(project.Name, requirement, false))
                        .Concat(
                            candidate.IsBuilt
                                ? candidate.BuildRequires.SelectMany(requirement =>
                                    Intern(project.Name, requirement, true)
                                )
                                : []
                        )
                        .Concat(
                            candidate
                                .Requires.Where(requirement => requirement.Conditions.Count > 0)
                                .SelectMany(requirement => Intern(project.Name, requirement, false))
                        )
                        .ToArray()
                ),
            ];
            for (var candidate = 0; candidate < project.Candidates.Count; candidate++)
            {
                if (project.Candidates[candidate].IsBuilt)
                    built.Add((variable, candidate));
            }
        }

        theory = orderable && built.Count > 0 ? new ToyBuildOrder(this) : null;
    }

    public static ToyProblem Of(string notation) => new(ToyWorld.Of(notation));

    public override ReadOnlySpan<RequirementId> Roots => roots;

    public override int VariableCount => names.Count;

    public override ISelectionTheory? Theory => theory;

    /// <summary>The project's name; for an extra <c>PROJECT[EXTRA]</c>.</summary>
    public string NameOf(VariableId variable) => names[variable.Index];

    public int VersionOf(VariableId variable, int candidate) =>
        projects[variable.Index]?.Candidates[candidate].Version ?? 0;

    public bool IsBuilt(VariableId variable, int candidate) => built.Contains((variable.Index, candidate));

    public override int CandidateCount(VariableId variable) =>
        IsExtra(variable) ? 1 : projects[variable.Index]?.Candidates.Count ?? 0;

    public override void Usable(VariableId variable, Span<ulong> words)
    {
        for (var candidate = 0; candidate < CandidateCount(variable); candidate++)
        {
            if (IsExtra(variable) || projects[variable.Index]!.Candidates[candidate].IsUsable)
                words[candidate / 64] |= 1UL << (candidate % 64);
        }
    }

    public override ReadOnlySpan<int> Preference(VariableId variable)
    {
        if (projects[variable.Index] is not { Preference: { } preference } project)
            return [];
        var versions = project.Candidates.Select(candidate => candidate.Version).ToList();
        return preference.Select(version => versions.IndexOf(version)).ToArray();
    }

    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate) =>
        IsExtra(variable) ? [] : required[variable.Index][candidate];

    public override VariableId Target(RequirementId requirement) => requirements[requirement.Index].Target;

    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        var (target, asked, _, _, _) = requirements[requirement.Index];
        for (var candidate = 0; candidate < CandidateCount(target); candidate++)
        {
            if (IsExtra(target) || asked.Admits(projects[target.Index]!.Candidates[candidate].Version))
                words[candidate / 64] |= 1UL << (candidate % 64);
        }
    }

    public override bool AllowsAbsence(RequirementId requirement) => requirements[requirement.Index].Asked.IsConstraint;

    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) =>
        requirements[requirement.Index].Conditions;

    public override bool IsBuildRequirement(RequirementId requirement) => requirements[requirement.Index].IsBuild;

    private bool IsExtra(VariableId variable) => names[variable.Index].Contains('[');

    /// <summary>A requirement on a project, and a second one on its extra where it asks for one.</summary>
    private IEnumerable<RequirementId> Intern(string source, ToyRequirement asked, bool isBuild)
    {
        ExtraCondition[] conditions =
        [
            .. asked.Conditions.Select(condition => new ExtraCondition(
                Variable($"{source}[{condition.Extra}]"),
                condition.Active
            )),
        ];
        yield return Intern(new(Variable(asked.Project), asked, conditions, isBuild, ""));
        if (asked.Extra is { } extra)
            yield return Intern(
                new(Variable($"{asked.Project}[{extra}]"), asked with { Bounds = [] }, conditions, isBuild, extra)
            );
    }

    private RequirementId Intern(Interned requirement)
    {
        var key =
            $"{requirement.Target.Index} {string.Join(' ', requirement.Asked.Bounds)} "
            + $"{requirement.Asked.IsConstraint} {string.Join(' ', requirement.Conditions)} "
            + $"{requirement.IsBuild}";
        if (!byText.TryGetValue(key, out var id))
        {
            byText.Add(key, id = new(requirements.Count));
            requirements.Add(requirement);
        }

        return id;
    }

    private VariableId Variable(string name)
    {
        if (!variables.TryGetValue(name, out var variable))
        {
            variables.Add(name, variable = new(names.Count));
            names.Add(name);
            projects.Add(null);
            required.Add([]);
        }

        return variable;
    }

    private sealed record Interned(
        VariableId Target,
        ToyRequirement Asked,
        ExtraCondition[] Conditions,
        bool IsBuild,
        string Extra
    );
}
