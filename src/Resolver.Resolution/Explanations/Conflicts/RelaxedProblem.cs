using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>
/// A problem with some of its facts dropped: either only the given assumptions hold, or all but the given ones.
/// A project whose candidates are 'no others' dropped has a phantom after its last candidate, which satisfies every
/// requirement and has none.
/// </summary>
internal sealed class RelaxedProblem : Problem, IProblemText
{
    private readonly Problem inner;
    private readonly IProblemText text;
    private readonly bool onlyThese;
    private readonly bool readsAhead;
    private readonly HashSet<Assumption.NoOthers> closed = [];
    private readonly HashSet<Assumption.Unusable> unusable = [];
    private readonly Dictionary<int, List<Assumption.Requires>> bySource = [];
    private readonly List<SelectionNogood> cycles = [];
    private readonly List<RequirementId> roots = [];
    private readonly Dictionary<(int, int), RequirementId[]> filtered = [];
    private readonly IReadOnlyDictionary<RequirementId, RequirementId>? instead;

    private RelaxedProblem(
        Problem inner,
        IProblemText text,
        IEnumerable<Assumption> assumptions,
        bool onlyThese,
        IReadOnlyDictionary<RequirementId, RequirementId>? instead,
        bool readsAhead
    )
    {
        (this.inner, this.text, this.onlyThese, this.instead, this.readsAhead) = (
            inner,
            text,
            onlyThese,
            instead,
            readsAhead
        );
        var namedRoots = new HashSet<(Role, bool, string)>();
        foreach (var assumption in assumptions)
        {
            switch (assumption)
            {
                case Assumption.NoOthers each:
                    closed.Add(each);
                    break;
                case Assumption.Unusable each:
                    unusable.Add(each);
                    break;
                case Assumption.Cycle each:
                    cycles.Add(each.Nogood);
                    break;
                case Assumption.Requires { Source: null } each:
                    namedRoots.Add(LineOf(each.Id));
                    break;
                case Assumption.Requires each:
                    if (!bySource.TryGetValue(each.Source!.Value.Index, out var list))
                        bySource.Add(each.Source.Value.Index, list = []);
                    list.AddRange(each.Line(inner, text).Select(id => each with { Id = id }));
                    break;
            }
        }
        foreach (var root in inner.Roots)
        {
            if ((namedRoots.Count > 0 && namedRoots.Contains(LineOf(root))) == onlyThese)
                roots.Add(root);
            else if (instead is not null && instead.TryGetValue(root, out var less))
                roots.Add(less);
        }
        Theory =
            onlyThese ? (cycles.Count > 0 ? new ListedCycles(cycles) : null)
            : inner.Theory is { } theory ? new TheoryWithout(theory, IsPhantom, cycles)
            : null;
    }

    /// <summary>Nothing holds but these.</summary>
    public static RelaxedProblem Only(Problem inner, IProblemText text, IEnumerable<Assumption> assumptions) =>
        new(inner, text, assumptions, onlyThese: true, null, true);

    /// <summary>Everything holds but these.</summary>
    /// <param name="instead">What holds in place of requirements that are dropped; null: nothing.</param>
    /// <param name="readsAhead">As <see cref="ReadsAhead"/>.</param>
    public static RelaxedProblem Without(
        Problem inner,
        IProblemText text,
        IEnumerable<Assumption> assumptions,
        IReadOnlyDictionary<RequirementId, RequirementId>? instead = null,
        bool readsAhead = true
    ) => new(inner, text, assumptions, onlyThese: false, instead, readsAhead);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(roots);

    /// <inheritdoc/>
    public override int VariableCount => inner.VariableCount;

    /// <inheritdoc/>
    public override ISelectionTheory? Theory { get; }

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) =>
        inner.CandidateCount(variable) + (HasPhantom(variable) ? 1 : 0);

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        var count = inner.CandidateCount(variable);
        inner.Usable(variable, words[..((count + 63) / 64)]);
        for (var i = 0; i < count && (onlyThese || unusable.Count > 0); i++)
        {
            var ruledOut = (words[i >> 6] >> i & 1) == 0;
            if (ruledOut && unusable.Contains(new(variable, KindOf(variable, i))) != onlyThese)
                words[i >> 6] |= 1UL << i;
        }
        if (HasPhantom(variable))
            words[count >> 6] |= 1UL << count;
    }

    /// <summary>What kind of reason makes a candidate unusable.</summary>
    public UnusableKind KindOf(VariableId variable, int candidate) =>
        text.WhyUnusable(variable, candidate)?.Kind ?? UnusableKind.Policy;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) =>
        onlyThese || HasPhantom(variable) ? [] : inner.Preference(variable);

    /// <inheritdoc/>
    public override bool IsRead(VariableId variable, int candidate) =>
        IsPhantom(variable, candidate) || inner.IsRead(variable, candidate);

    /// <inheritdoc/>
    public override bool ReadsAhead => readsAhead;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> RequirementLists(VariableId variable) =>
        onlyThese || HasPhantom(variable) || bySource.ContainsKey(variable.Index)
            ? default
            : inner.RequirementLists(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        if (IsPhantom(variable, candidate))
            return [];
        if (
            bySource.Count == 0
            || !bySource.TryGetValue(variable.Index, out var listed)
            || !IsCovered(listed, candidate)
        )
            return onlyThese ? [] : inner.RequirementsOf(variable, candidate);
        if (!filtered.TryGetValue((variable.Index, candidate), out var ids))
        {
            var kept = new List<RequirementId>();
            foreach (var id in inner.RequirementsOf(variable, candidate))
            {
                if (
                    listed.Exists(each => each.Id == id && each.First <= candidate && candidate <= each.Last)
                    == onlyThese
                )
                    kept.Add(id);
                else if (instead is not null && instead.TryGetValue(id, out var less))
                    kept.Add(less);
            }
            filtered.Add((variable.Index, candidate), ids = [.. kept]);
        }
        return ids;
    }

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => inner.Target(requirement);

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words)
    {
        var target = inner.Target(requirement);
        var count = inner.CandidateCount(target);
        inner.Satisfying(requirement, words[..((count + 63) / 64)]);
        if (HasPhantom(target) && inner.AdmitsOthers(requirement))
            words[count >> 6] |= 1UL << count;
    }

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => inner.AllowsAbsence(requirement);

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) => inner.Conditions(requirement);

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => inner.IsBuildRequirement(requirement);

    /// <inheritdoc/>
    public string ProjectOf(VariableId variable) => text.ProjectOf(variable);

    /// <inheritdoc/>
    public bool IsExtra(VariableId variable) => text.IsExtra(variable);

    /// <inheritdoc/>
    public string VersionOf(VariableId variable, int candidate) =>
        IsPhantom(variable, candidate) ? "(a new one)" : text.VersionOf(variable, candidate);

    /// <inheritdoc/>
    public string TextOf(RequirementId requirement) => text.TextOf(requirement);

    /// <inheritdoc/>
    public string RequestOf(RequirementId requirement) => text.RequestOf(requirement);

    /// <inheritdoc/>
    public string PlainTextOf(RequirementId requirement) => text.PlainTextOf(requirement);

    /// <inheritdoc/>
    public string BoundOf(RequirementId requirement) => text.BoundOf(requirement);

    /// <inheritdoc/>
    public Role RoleOf(RequirementId requirement) => text.RoleOf(requirement);

    /// <inheritdoc/>
    public string? PlaceOf(VariableId variable, int candidate) =>
        IsPhantom(variable, candidate) ? null : text.PlaceOf(variable, candidate);

    /// <inheritdoc/>
    public bool IsGiven(RequirementId requirement) => text.IsGiven(requirement);

    /// <inheritdoc/>
    public IReadOnlyList<string> PlacesWithoutVersion(VariableId project) => text.PlacesWithoutVersion(project);

    /// <inheritdoc/>
    public UnusableCause? WhyUnusable(VariableId variable, int candidate) =>
        IsPhantom(variable, candidate) ? new UnusableCause.NotThere() : text.WhyUnusable(variable, candidate);

    /// <summary>What the requirements of one line of the request have in common.</summary>
    private (Role, bool, string) LineOf(RequirementId root) =>
        (text.RoleOf(root), text.IsGiven(root), text.TextOf(root));

    private static bool IsCovered(List<Assumption.Requires> facts, int candidate)
    {
        foreach (var fact in facts)
        {
            if (fact.First <= candidate && candidate <= fact.Last)
                return true;
        }
        return false;
    }

    private bool HasPhantom(VariableId variable) =>
        closed.Contains(new(variable)) != onlyThese && !text.IsExtra(variable);

    private bool IsPhantom(VariableId variable, int candidate) => candidate >= inner.CandidateCount(variable);
}
