using System.Runtime.InteropServices;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;

namespace Resolver.Resolution.Translation;

/// <summary>
/// Candidates and requirements of Python projects (PEP 440, 508, 517) as a <see cref="Problem"/>.
/// A requirement <c>q[x]&gt;=1</c> becomes two: q lies in the set that satisfies <c>&gt;=1</c>, and the variable of
/// q's extra x is active. A marker is judged at once but for <c>extra</c>, which stays open as conditions on the
/// extras of the project that requires.
/// </summary>
/// <remarks>Projects are asked of the source when they are first needed. Not thread-safe.</remarks>
public sealed partial class CandidateProblem : Problem, IProblemText
{
    private readonly ICandidateSource source;
    private readonly List<ProblemVariable> variables = [];
    private readonly Dictionary<PackageName, ProjectVariable> projects = [];
    private readonly Dictionary<(PackageName Project, ExtraName Extra), ExtraVariable> extras = [];
    private readonly RequirementTable numbered = new();
    private readonly EffectiveRequirements effective;
    private readonly CandidatePolicy policy;
    private readonly List<RequirementId> roots = [];
    private readonly Dictionary<RequirementId, List<Requirement>> written = [];
    private ISelectionTheory? theory;

    /// <param name="source">Asked at most once a project.</param>
    /// <param name="request">What is asked; its roots, constraints and overrides whose markers do not hold are left
    /// out.</param>
    /// <param name="builds">What judges the builds where each has an environment of its own; otherwise not
    /// used.</param>
    /// <exception cref="ArgumentNullException">Each build has an environment of its own, and nothing judges
    /// them.</exception>
    internal CandidateProblem(ICandidateSource source, PlanRequest request, IBuildJudge? builds = null)
        : this(source, request, builds, new EffectiveRequirements(request)) { }

    private CandidateProblem(
        ICandidateSource source,
        PlanRequest request,
        IBuildJudge? builds,
        EffectiveRequirements effective
    )
    {
        if (request.BuildIsolation != BuildIsolation.None)
            Builds = builds ?? throw new ArgumentNullException(nameof(builds));
        this.source = Builds?.Source ?? source;
        Request = request;
        this.effective = effective;
        policy = new CandidatePolicy(request);
        // A root that does not hold here has no say, not even where an override names its project.
        foreach (var root in request.Roots.Where(each => request.Counts(each)))
            AddRoot(root, Role.Root);
        foreach (var constraint in request.Constraints)
            AddRoot(constraint, Role.Constraint);
    }

    /// <summary>What was asked.</summary>
    public PlanRequest Request { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => CollectionsMarshal.AsSpan(roots);

    /// <inheritdoc/>
    public override int VariableCount => variables.Count;

    /// <inheritdoc/>
    public override ISelectionTheory Theory =>
        theory ??= Builds is null ? new BuildOrderTheory(this) : Builds.TheoryOf(this);

    /// <summary>What judges the builds, where each has an environment of its own; null where builds share the
    /// environment of the plan. Build requirements belong to this problem only in the second case.</summary>
    internal IBuildJudge? Builds { get; }

    /// <summary>The theory in place of <see cref="IBuildJudge.TheoryOf"/>, for a judge that reads it
    /// afterwards.</summary>
    internal ISelectionTheory Judges
    {
        init => theory = value;
    }

    /// <summary>A root that only these very candidates meet: the artifacts of one version.</summary>
    public void AddExactRoot(Requirement requirement, IReadOnlyList<Candidate> artifacts) =>
        roots.Add(
            numbered.Number(
                new NumberedRequirement(Project(artifacts[0].Name).Id, requirement, Role.Root) { Exact = artifacts }
            )
        );

    /// <summary>
    /// A root that takes the last of these versions that some full solution allows, and none where no solution allows
    /// any: a variable of its own whose candidate 0 requires nothing and whose candidate i + 1 requires exactly the
    /// artifacts of <paramref name="ascending"/>[i].
    /// </summary>
    public VariableId AddOptionalRoot(PackageName project, IReadOnlyList<IReadOnlyList<Candidate>> ascending)
    {
        var choice = new ChoiceVariable(NextId(), project, ascending);
        variables.Add(choice);
        choice.Requirements =
        [
            .. ascending.Select(artifacts =>
                numbered.Number(
                    new NumberedRequirement(Project(project).Id, ExactRequirement(artifacts[0]), Role.Root)
                    {
                        Exact = artifacts,
                    }
                )
            ),
        ];
        roots.Add(
            numbered.Number(new NumberedRequirement(choice.Id, Requirement.Parse(project.Normalized), Role.Root))
        );
        return choice.Id;
    }

    /// <summary>The same question of another source, or with another request; what was given by
    /// <see cref="AddExactRoot"/> is given again, unless it is left out.</summary>
    /// <param name="added">Further artifacts of versions that were given.</param>
    internal CandidateProblem Remade(
        ICandidateSource otherSource,
        PlanRequest otherRequest,
        bool keepExact = true,
        IBuildJudge? builds = null,
        IReadOnlySet<string>? without = null,
        IReadOnlyList<Candidate>? added = null
    )
    {
        var remade = new CandidateProblem(
            otherSource,
            otherRequest,
            builds ?? Builds?.For(otherSource, otherRequest),
            effective.For(otherRequest)
        );
        if (!keepExact)
            return remade;
        foreach (
            var exact in roots
                .Select(each => numbered[each])
                .Where(each => each.Exact is not null && without?.Contains(each.Requirement.ToString()) != true)
        )
            remade.AddExactRoot(
                exact.Requirement,
                [
                    .. exact.Exact!,
                    .. (added ?? []).Where(each =>
                        each.Name == exact.Exact![0].Name && each.Version == exact.Exact[0].Version
                    ),
                ]
            );
        return remade;
    }

    /// <summary>The number here of a requirement on a project that another problem has, without the conditions under
    /// which it holds there.</summary>
    internal RequirementId NumberAlike(CandidateProblem other, RequirementId requirement)
    {
        var demand = other.numbered[requirement];
        return numbered.Number(demand with { Target = Project(demand.Requirement.Name).Id, Conditions = [] });
    }

    /// <summary>The requirement as it would count if it were written so, under the same conditions; null where an
    /// override says what counts.</summary>
    internal RequirementId? Rewritten(RequirementId requirement, Requirement instead)
    {
        var demand = numbered[requirement];
        return effective.IsOverridden(instead.Name) ? null : numbered.Number(demand with { Requirement = instead });
    }

    /// <summary>Where its candidates come from.</summary>
    internal ICandidateSource Source => source;

    /// <summary><c>name==version</c>, as a requirement.</summary>
    public static Requirement ExactRequirement(Candidate candidate) =>
        Requirement.Parse($"{candidate.Name}=={candidate.Version}");

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) =>
        variables[variable.Index] switch
        {
            ProjectVariable project => Loaded(project).Candidates.Length,
            ChoiceVariable choice => choice.Versions.Count + 1,
            _ => 1,
        };

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        if (variables[variable.Index] is ProjectVariable project)
        {
            var reasons = Loaded(project).Unusable;
            for (var i = 0; i < reasons.Length; i++)
            {
                if (reasons[i] is null)
                    words[i >> 6] |= 1UL << i;
            }
        }
        else
        {
            for (var i = 0; i < CandidateCount(variable); i++)
                words[i >> 6] |= 1UL << i;
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) =>
        variables[variable.Index] is ProjectVariable project ? Loaded(project).Preference : [];

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        switch (variables[variable.Index])
        {
            case ProjectVariable project:
                return Loaded(project).Requirements[candidate] ??= EncodeAsBefore(project, candidate);
            case ChoiceVariable choice when candidate > 0:
                return new ReadOnlySpan<RequirementId>(choice.Requirements, candidate - 1, 1);
            default:
                return [];
        }
    }

    /// <inheritdoc/>
    public override bool IsRead(VariableId variable, int candidate) =>
        variables[variable.Index] is not ProjectVariable { IsLoaded: true } project
        || project.Requirements[candidate] is not null;

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => numbered[requirement].Target;

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => numbered[requirement].Role == Role.Constraint;

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) =>
        numbered[requirement].Conditions;

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => numbered[requirement].Role == Role.Build;

    /// <inheritdoc/>
    public override bool AdmitsOthers(RequirementId requirement) =>
        numbered[requirement] is { Exact: null, Error: null };

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        var demand = numbered[requirement];
        if (demand.Error is not null)
            return;
        if (variables[demand.Target.Index] is not ProjectVariable project)
        {
            for (var i = 0; i < CandidateCount(demand.Target); i++)
                words[i >> 6] |= 1UL << i;
            return;
        }
        var candidates = Loaded(project).Candidates;
        for (var i = 0; i < candidates.Length; i++)
        {
            if (demand.Admits(candidates[i]))
                words[i >> 6] |= 1UL << i;
        }
    }

    /// <summary>Whether a file that need not be there would meet the requirement.</summary>
    internal bool IsMetBy(RequirementId requirement, Candidate file) =>
        numbered[requirement] is { Error: null } demand && demand.Admits(file);

    /// <summary>Why a file that need not be there could never be chosen; null where it could.</summary>
    internal UnusableCause? WhyUnusable(Candidate file) => policy.Judge(file.Name, [file])[0];

    /// <summary>As <see cref="Satisfying"/>, of the candidates of the target's project where the target is an
    /// extra.</summary>
    internal void SatisfyingProject(RequirementId requirement, Span<ulong> words)
    {
        var demand = numbered[requirement];
        if (variables[demand.Target.Index] is not ExtraVariable)
        {
            Satisfying(requirement, words);
            return;
        }
        var candidates = Loaded(Project(demand.Requirement.Name)).Candidates;
        for (var i = 0; demand.Error is null && i < candidates.Length; i++)
        {
            if (demand.Admits(candidates[i]))
                words[i >> 6] |= 1UL << i;
        }
    }

    /// <summary>The candidates of a project variable, ascending; empty for other variables.</summary>
    public IReadOnlyList<Candidate> CandidatesOf(VariableId variable) =>
        variables[variable.Index] is ProjectVariable project ? Loaded(project).Candidates : [];

    /// <summary>Whether choosing the candidate is one more of what the objective would have few of.</summary>
    public bool Counts(Objective objective, VariableId variable, int candidate)
    {
        if (variables[variable.Index] is not ProjectVariable project)
            return false;
        var chosen = Loaded(project).Candidates[candidate];
        return objective switch
        {
            Objective.FewestPackages => true,
            Objective.FewestBuilds => chosen.IsBuilt,
            Objective.FewestChanges => policy.IsChange(chosen),
            _ => false,
        };
    }

    /// <summary>What a requirement says, as it counts here (an override's text where one replaced it).</summary>
    public Requirement RequirementOf(RequirementId requirement) => numbered[requirement].Requirement;

    /// <summary>Whether the requirement is the half of <c>q[x]</c> that activates the extra.</summary>
    public bool ActivatesExtra(RequirementId requirement) =>
        variables[numbered[requirement].Target.Index] is ExtraVariable;

    /// <summary>The extra that a variable stands for, or null for projects.</summary>
    public ExtraName? ExtraOf(VariableId variable) => (variables[variable.Index] as ExtraVariable)?.Extra;

    /// <summary>The variable of a project, made where there is none yet.</summary>
    public VariableId VariableOf(PackageName project) => Project(project).Id;

    /// <summary>The variable of an extra, made where there is none yet.</summary>
    internal VariableId VariableOf(PackageName project, ExtraName extra) => Extra(project, extra).Id;

    /// <summary>The project of a variable; for an extra, the project it belongs to.</summary>
    public PackageName NameOf(VariableId variable) => variables[variable.Index].ProjectName;

    private void AddRoot(Requirement requirement, Role role)
    {
        foreach (var (each, error) in effective.OfRequest(requirement, role))
        {
            AddRoot(new NumberedRequirement(Project(each.Name).Id, each, role) { Error = error }, requirement);
            if (role == Role.Constraint)
                continue;
            foreach (var extra in each.Extras)
                AddRoot(new NumberedRequirement(Extra(each.Name, extra).Id, each, role), requirement);
        }
    }

    private void AddRoot(NumberedRequirement demand, Requirement asWritten)
    {
        var id = numbered.Number(demand);
        roots.Add(id);
        if (!written.TryGetValue(id, out var known))
            written.Add(id, known = []);
        known.Add(asWritten);
    }

    /// <summary>Neighbouring versions mostly require the same: then what was encoded for one holds for the
    /// other.</summary>
    private RequirementId[] EncodeAsBefore(ProjectVariable project, int candidate)
    {
        var last = project.LastEncoded;
        project.LastEncoded = candidate;
        // Waivers and relaxations are about single candidates.
        return
            last >= 0
            && Request.Waivers.Count == 0
            && Request.Amendments.Count == 0
            && RequireTheSame(project.Candidates[last], project.Candidates[candidate])
            ? project.Requirements[last]!
            : Encode(project, project.Candidates[candidate]);
    }

    private static bool RequireTheSame(Candidate a, Candidate b) =>
        a.IsBuilt == b.IsBuilt
        && AreTheSame(a.Requires, b.Requires)
        && (!a.IsBuilt || AreTheSame(a.BuildRequires, b.BuildRequires));

    /// <summary>Whether the lists read the same; equal requirements may be written in different ways, and a person
    /// wants to see the right one.</summary>
    private static bool AreTheSame(IReadOnlyList<Requirement>? a, IReadOnlyList<Requirement>? b)
    {
        if (ReferenceEquals(a, b))
            return true;
        if ((a?.Count ?? 0) != (b?.Count ?? 0))
            return false;
        for (var i = 0; i < (a?.Count ?? 0); i++)
        {
            if (!ReferenceEquals(a![i], b![i]) && a[i].ToString() != b[i].ToString())
                return false;
        }

        return true;
    }

    private RequirementId[] Encode(ProjectVariable project, Candidate candidate)
    {
        var ranked = effective.RankedOf(candidate);
        var numbers = new RequirementId[ranked.Counted.Length][];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = Encode(project, ranked.Counted[i]);
        return [.. ranked.Ranks.SelectMany(i => numbers[i]).Distinct()];
    }

    /// <summary>The halves of a requirement: the project, then each extra.</summary>
    private RequirementId[] Encode(ProjectVariable project, in ConditionalRequirement counted)
    {
        var conditions =
            counted.Conditions.Count == 0
                ? []
                : counted
                    .Conditions.Select(each => new ExtraCondition(
                        Extra(project.ProjectName, each.Extra).Id,
                        each.Active
                    ))
                    .ToArray();
        var requirement = counted.Requirement;
        var halves = new RequirementId[1 + requirement.Extras.Count];
        var half = new NumberedRequirement(Project(requirement.Name).Id, requirement, counted.Role)
        {
            Conditions = conditions,
            Error = counted.Error,
        };
        halves[0] = numbered.Number(half);
        for (var i = 1; i < halves.Length; i++)
            halves[i] = numbered.Number(
                half with
                {
                    Target = Extra(requirement.Name, requirement.Extras[i - 1]).Id,
                    Error = null,
                }
            );
        return halves;
    }

    private ProjectVariable Loaded(ProjectVariable project)
    {
        if (project.IsLoaded)
            return project;
        var candidates = source.CandidatesOf(project.ProjectName).ToArray();
        policy.Sort(candidates);
        project.Load(
            candidates,
            policy.Judge(project.ProjectName, candidates),
            policy.Prefer(project.ProjectName, candidates)
        );
        return project;
    }

    private VariableId NextId() => new(variables.Count);

    private ProjectVariable Project(PackageName name)
    {
        if (!projects.TryGetValue(name, out var variable))
        {
            projects.Add(name, variable = new ProjectVariable(NextId(), name));
            variables.Add(variable);
        }
        return variable;
    }

    private ExtraVariable Extra(PackageName project, ExtraName extra)
    {
        if (!extras.TryGetValue((project, extra), out var variable))
        {
            extras.Add((project, extra), variable = new ExtraVariable(NextId(), project, extra));
            variables.Add(variable);
        }
        return variable;
    }
}
