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
public sealed class CandidateProblem : Problem, IProblemText
{
    /// <summary>The text is made only where two lines speak of one project, which is rare.</summary>
    private static readonly Comparer<Requirement> ByNameAndText = Comparer<Requirement>.Create(
        (one, other) =>
            string.CompareOrdinal(one.Name.Normalized, other.Name.Normalized) is not 0 and var order
                ? order
                : string.CompareOrdinal(one.ToString(), other.ToString())
    );

    private readonly ICandidateSource source;
    private readonly List<Variable> variables = [];
    private readonly Dictionary<PackageName, ProjectVariable> projects = [];
    private readonly Dictionary<(PackageName Project, ExtraName Extra), ExtraVariable> extras = [];
    private readonly List<Demand> demands = [];
    private readonly Dictionary<DemandKey, RequirementId> interned = [];
    private readonly Dictionary<Requirement, int> texts = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, int> numbers = [];
    private readonly Dictionary<PackageName, List<Requirement>> overrides;
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
    {
        if (request.BuildIsolation != BuildIsolation.None)
            Builds = builds ?? throw new ArgumentNullException(nameof(builds));
        this.source = Builds?.Source ?? source;
        Request = request;
        overrides = request
            .Overrides.GroupBy(each => each.Name)
            .ToDictionary(group => group.Key, group => group.ToList());
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
        roots.Add(Intern(new Demand(Project(artifacts[0].Name).Id, requirement, Role.Root) { Exact = artifacts }));

    /// <summary>
    /// A root that takes the last of these versions that some full solution allows, and none where no solution allows
    /// any: a variable of its own whose candidate 0 asks for nothing and whose candidate i + 1 asks for exactly the
    /// artifacts of <paramref name="ascending"/>[i].
    /// </summary>
    public VariableId AddOptionalRoot(PackageName project, IReadOnlyList<IReadOnlyList<Candidate>> ascending)
    {
        var choice = new ChoiceVariable(NextId(), project, ascending);
        variables.Add(choice);
        choice.Requirements =
        [
            .. ascending.Select(artifacts =>
                Intern(new Demand(Project(project).Id, ExactRequirement(artifacts[0]), Role.Root) { Exact = artifacts })
            ),
        ];
        roots.Add(Intern(new Demand(choice.Id, Requirement.Parse(project.Normalized), Role.Root)));
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
        var remade = new CandidateProblem(otherSource, otherRequest, builds ?? Builds?.For(otherSource, otherRequest));
        if (!keepExact)
            return remade;
        foreach (
            var exact in roots
                .Select(each => demands[each.Index])
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

    /// <summary>The requirement as it would count if it were written so, under the same conditions; null where an
    /// override says what counts.</summary>
    internal RequirementId? Rewritten(RequirementId requirement, Requirement instead)
    {
        var demand = demands[requirement.Index];
        return overrides.ContainsKey(instead.Name) ? null : Intern(demand with { Requirement = instead });
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
    public override VariableId Target(RequirementId requirement) => demands[requirement.Index].Target;

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => demands[requirement.Index].Role == Role.Constraint;

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) =>
        demands[requirement.Index].Conditions;

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => demands[requirement.Index].Role == Role.Build;

    /// <inheritdoc/>
    public override bool AdmitsOthers(RequirementId requirement) =>
        demands[requirement.Index] is { Exact: null, Error: null };

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        var demand = demands[requirement.Index];
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
        demands[requirement.Index] is { Error: null } demand && demand.Admits(file);

    /// <summary>Why a file that need not be there could never be chosen; null where it could.</summary>
    internal UnusableReason? WhyUnusable(Candidate file) => policy.Judge(file.Name, [file])[0];

    /// <summary>As <see cref="Satisfying"/>, of the candidates of the target's project where the target is an
    /// extra.</summary>
    internal void SatisfyingProject(RequirementId requirement, Span<ulong> words)
    {
        var demand = demands[requirement.Index];
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
    public Requirement RequirementOf(RequirementId requirement) => demands[requirement.Index].Requirement;

    /// <summary>Whether the requirement is the half of <c>q[x]</c> that activates the extra.</summary>
    public bool ActivatesExtra(RequirementId requirement) =>
        variables[demands[requirement.Index].Target.Index] is ExtraVariable;

    /// <summary>The extra that a variable stands for, or null for projects.</summary>
    public ExtraName? ExtraOf(VariableId variable) => (variables[variable.Index] as ExtraVariable)?.Extra;

    /// <summary>The variable of a project, made where there is none yet.</summary>
    public VariableId VariableOf(PackageName project) => Project(project).Id;

    /// <summary>The project of a variable; for an extra, the project it belongs to.</summary>
    public PackageName NameOf(VariableId variable) => variables[variable.Index].ProjectName;

    /// <inheritdoc/>
    public string ProjectOf(VariableId variable) => variables[variable.Index].ProjectName.Normalized;

    /// <inheritdoc/>
    public bool IsExtra(VariableId variable) => variables[variable.Index] is ExtraVariable;

    /// <inheritdoc/>
    public string VersionOf(VariableId variable, int candidate) =>
        variables[variable.Index] switch
        {
            ProjectVariable project => Loaded(project).Candidates[candidate].Version.ToString(),
            ExtraVariable extra => extra.Extra.Normalized,
            ChoiceVariable choice => candidate == 0 ? "" : choice.Versions[candidate - 1][0].Version.ToString(),
            _ => "",
        };

    /// <inheritdoc/>
    public string TextOf(RequirementId requirement) => demands[requirement.Index].Requirement.ToString();

    /// <inheritdoc/>
    public string RequestOf(RequirementId requirement) =>
        IsGiven(requirement) && RequirementOf(requirement).Specifier.Specifiers is [var version]
            ? $"{ProjectOf(Target(requirement))} {version.VersionText}"
        : WrittenOf(requirement) is var requested && requested != RequirementOf(requirement)
            ? $"{TextOf(requirement)} (override of {requested})"
        : TextOf(requirement);

    /// <summary>A root as it was requested, before any override; of several that one override replaces, the first.
    /// Every other requirement as it is.</summary>
    public Requirement WrittenOf(RequirementId requirement) =>
        written.TryGetValue(requirement, out var requested) ? requested[0] : RequirementOf(requirement);

    /// <summary>What was requested, of roots that read like this.</summary>
    public IReadOnlySet<Requirement> WrittenAs(IReadOnlyCollection<string> texts) =>
        roots
            .Where(each => texts.Contains(TextOf(each)))
            .SelectMany(each => written.GetValueOrDefault(each) ?? [RequirementOf(each)])
            .ToHashSet();

    /// <inheritdoc/>
    public string PlainTextOf(RequirementId requirement)
    {
        var plain = demands[requirement.Index].Requirement.With(demands[requirement.Index].Requirement.RawExtras, null);
        if (plain.Url is not null || plain.Specifier.Specifiers.Count < 2)
            return plain.ToString();
        var extras = plain.RawExtras.Count > 0 ? $"[{string.Join(',', plain.RawExtras)}]" : "";
        var lowerFirst = plain.Specifier.Specifiers.OrderBy(each => each.Operator is "<" or "<=" or "!=");
        return $"{plain.RawName}{extras}{string.Join(',', lowerFirst)}";
    }

    /// <inheritdoc/>
    public string BoundOf(RequirementId requirement) => demands[requirement.Index].Requirement.Specifier.ToString();

    /// <inheritdoc/>
    public Role RoleOf(RequirementId requirement) => demands[requirement.Index].Role;

    /// <inheritdoc/>
    public string? PlaceOf(VariableId variable, int candidate) =>
        variables[variable.Index] is not ProjectVariable project ? null
        : Loaded(project).Candidates[candidate] is { Kind: DistributionKind.Installed } ? "installed"
        : project.Candidates[candidate].Path;

    /// <inheritdoc/>
    public IReadOnlyList<string> PlacesWithoutVersion(VariableId project) =>
        variables[project.Index] is not ProjectVariable each
            ? []
            :
            [
                .. source
                    .HiddenOf(each.ProjectName)
                    .Where(hidden => hidden.IsOfUnknownVersion)
                    .Select(hidden => hidden.Place)
                    .OfType<string>(),
            ];

    /// <inheritdoc/>
    public bool IsGiven(RequirementId requirement) => demands[requirement.Index].Exact is not null;

    /// <inheritdoc/>
    public UnusableReason? WhyUnusable(VariableId variable, int candidate) =>
        variables[variable.Index] is ProjectVariable project ? Loaded(project).Unusable[candidate] : null;

    private void AddRoot(Requirement requirement, Role role)
    {
        foreach (var effective in Effective(requirement, role))
        {
            if (Alternatives(effective, out var error) is not { } alternatives)
                continue;
            // No extra is requested of the user's own list, so only alternatives that ask for none can hold.
            if (error is null && !alternatives.Any(each => each.All(condition => !condition.Active)))
                continue;
            var target = Project(effective.Name);
            AddRoot(new Demand(target.Id, effective, role) { Error = error }, requirement);
            if (role == Role.Constraint)
                continue;
            foreach (var extra in effective.Extras)
                AddRoot(new Demand(Extra(effective.Name, extra).Id, effective, role), requirement);
        }
    }

    private void AddRoot(Demand demand, Requirement asWritten)
    {
        var id = Intern(demand);
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
        var encoded = new List<(RequirementId Id, bool Build, string Extra, string Text)>();
        Encode(project, candidate, candidate.Requires ?? [], Role.Runtime, encoded);
        if (candidate.IsBuilt && Builds is null)
            Encode(project, candidate, candidate.BuildRequires ?? [], Role.Build, encoded);
        // The rank of the discovery queue (design: 'Which answer'): runtime, then build, then by extra, each by name
        // and text. Both halves of q[x] have the same text, and the sort is stable: the project stays before its
        // extra.
        return
        [
            .. encoded
                .OrderBy(each => each.Extra.Length > 0)
                .ThenBy(each => each.Extra, StringComparer.Ordinal)
                .ThenBy(each => each.Build)
                .ThenBy(each => ProjectOf(Target(each.Id)), StringComparer.Ordinal)
                .ThenBy(each => each.Text, StringComparer.Ordinal)
                .Select(each => each.Id)
                .Distinct(),
        ];
    }

    private void Encode(
        ProjectVariable project,
        Candidate candidate,
        IReadOnlyList<Requirement> requirements,
        Role role,
        List<(RequirementId, bool, string, string)> encoded
    )
    {
        // Sorted before anything is numbered: what goes by number (a circle's first member, say) must not hang on the
        // order of lines.
        foreach (var each in requirements.Order(ByNameAndText))
        {
            if (role == Role.Build && IsWaived(candidate, each))
                continue;
            var amendment = Request.Amendments.FirstOrDefault(other => other.Covers(candidate, each, role));
            if (amendment is { Instead: null })
                continue;
            var written = amendment?.Instead ?? each;
            foreach (var requirement in Effective(written, role))
            {
                foreach (var alternative in Alternatives(requirement, out var error))
                {
                    // A build asks for no extras of itself: what holds only through one never holds.
                    if (role == Role.Build && alternative.Any(each => each.Active))
                        continue;
                    var conditions =
                        role == Role.Build
                            ? []
                            : alternative
                                .Select(each => new ExtraCondition(
                                    Extra(project.ProjectName, each.Extra).Id,
                                    each.Active
                                ))
                                .ToArray();
                    var extra = string.Join(
                        ',',
                        alternative.Where(each => each.Active).Select(each => each.Extra.Normalized)
                    );
                    var text = requirement.ToString();
                    Add(
                        new Demand(Project(requirement.Name).Id, requirement, role)
                        {
                            Conditions = conditions,
                            Error = error,
                        }
                    );
                    foreach (var wanted in requirement.Extras)
                        Add(
                            new Demand(Extra(requirement.Name, wanted).Id, requirement, role)
                            {
                                Conditions = conditions,
                            }
                        );

                    void Add(Demand demand) => encoded.Add((Intern(demand), role == Role.Build, extra, text));
                }
            }
        }
    }

    private bool IsWaived(Candidate candidate, Requirement requirement) =>
        Request.Waivers.Any(each => each.Covers(candidate, requirement));

    /// <summary>The requirement itself, or the overrides that stand in its place. They keep the extras that it requests
    /// and its condition on extras, as in uv; the rest of its marker is theirs to say.</summary>
    private IEnumerable<Requirement> Effective(Requirement written, Role role)
    {
        if (role == Role.Constraint || !overrides.TryGetValue(written.Name, out var replacements))
            return [written];
        var condition = written.Marker?.OnExtras();
        return written.Extras.Count == 0 && condition is null
            ? replacements
            : replacements.Select(each =>
                each.With(
                    each.RawExtras.Count > 0 ? each.RawExtras : written.RawExtras,
                    condition is null ? each.Marker : each.Marker?.And(condition) ?? condition
                )
            );
    }

    /// <summary>The ways in which the marker can hold, as conditions on the extras of the project that requires;
    /// empty where it cannot. A marker that cannot be judged makes its candidate unfit (PEP 508): it stands as a
    /// requirement that nothing meets.</summary>
    private IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Alternatives(
        Requirement requirement,
        out string? error
    )
    {
        error = null;
        if (requirement.Marker is not { } marker)
            return Always;
        var reduced = marker.Reduce(Request.Environment);
        if (!reduced.Success)
        {
            error = reduced.Error.ToString();
            return Always;
        }
        return reduced.Value.AlwaysTrue ? Always
            : reduced.Value.AlwaysFalse ? []
            : reduced.Value.Alternatives;
    }

    private static readonly IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Always =
    [
        [],
    ];

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

    private RequirementId Intern(Demand demand)
    {
        var key = new DemandKey(
            demand.Target,
            demand.Role,
            TextOf(demand.Requirement),
            demand.Exact?[0],
            string.Join(',', demand.Conditions.Select(each => $"{(each.Active ? "" : "!")}{each.Extra.Index}"))
        );
        if (!interned.TryGetValue(key, out var id))
        {
            interned.Add(key, id = new RequirementId(demands.Count));
            demands.Add(demand);
        }
        return id;
    }

    /// <summary>The number of the requirement's text. A requirement that requests many extras is interned for each of
    /// them: its long text is looked at once.</summary>
    private int TextOf(Requirement requirement)
    {
        if (texts.TryGetValue(requirement, out var known))
            return known;
        var text = requirement.ToString();
        if (!numbers.TryGetValue(text, out var number))
            numbers.Add(text, number = numbers.Count);
        texts.Add(requirement, number);
        return number;
    }

    private readonly record struct DemandKey(
        VariableId Target,
        Role Role,
        int Text,
        Candidate? Exact,
        string Conditions
    );

    /// <summary>A requirement in numbers; shared by all candidates that require it.</summary>
    private sealed record Demand(VariableId Target, Requirement Requirement, Role Role)
    {
        public ExtraCondition[] Conditions { get; init; } = [];

        /// <summary>The only candidates that meet it, or null where the specifier decides.</summary>
        public IReadOnlyList<Candidate>? Exact { get; init; }

        /// <summary>Why it cannot be judged; nothing meets it then.</summary>
        public string? Error { get; init; }

        public bool Admits(Candidate candidate)
        {
            if (Exact is not null)
                return Exact.Contains(candidate);
            if (Requirement.Url is not null)
                return Requirement.ValidReference is { } reference && DirectReference.IsMetBy(reference, candidate);
            if (candidate.OnlyForReferences)
                return false;
            // Whether pre-releases may be chosen is the policy's matter, not the specifier's.
            return Requirement.Specifier.Contains(candidate.Version, prereleases: true);
        }
    }

    private abstract class Variable(VariableId id, PackageName projectName)
    {
        public VariableId Id { get; } = id;

        public PackageName ProjectName { get; } = projectName;
    }

    private sealed class ProjectVariable(VariableId id, PackageName projectName) : Variable(id, projectName)
    {
        public bool IsLoaded { get; private set; }

        public Candidate[] Candidates { get; private set; } = [];

        /// <summary>Why candidate i may never be chosen; null where it may.</summary>
        public UnusableReason?[] Unusable { get; private set; } = [];

        public int[] Preference { get; private set; } = [];

        public RequirementId[]?[] Requirements { get; private set; } = [];

        /// <summary>The candidate whose requirements were encoded last, or -1.</summary>
        public int LastEncoded { get; set; } = -1;

        public void Load(Candidate[] candidates, UnusableReason?[] unusable, int[] preference)
        {
            (Candidates, Unusable, Preference, IsLoaded) = (candidates, unusable, preference, true);
            Requirements = new RequirementId[candidates.Length][];
        }
    }

    private sealed class ExtraVariable(VariableId id, PackageName project, ExtraName extra) : Variable(id, project)
    {
        public ExtraName Extra { get; } = extra;
    }

    private sealed class ChoiceVariable(
        VariableId id,
        PackageName project,
        IReadOnlyList<IReadOnlyList<Candidate>> versions
    ) : Variable(id, project)
    {
        public IReadOnlyList<IReadOnlyList<Candidate>> Versions { get; } = versions;

        public RequirementId[] Requirements { get; set; } = [];
    }
}
