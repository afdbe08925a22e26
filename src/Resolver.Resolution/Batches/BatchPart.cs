using Resolver.Resolution.Consistency;
using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Batches;

/// <summary>
/// A part of a batch that nothing outside of it has a say in, as a problem of its own: some roots of the whole, the
/// candidates that arc consistency left, and without requirements on what is settled. Its variables are numbered anew,
/// so that a solve costs what the part is.
/// </summary>
internal sealed class BatchPart : DerivedProblem
{
    private readonly CandidateProblem whole;
    private readonly ArcConsistency live;
    private readonly Func<VariableId, bool> isSettled;
    private readonly RequirementId[] roots;
    private readonly List<VariableId> outer = [];
    private readonly Dictionary<VariableId, VariableId> inner = [];
    private readonly Dictionary<(VariableId, int), RequirementId[]> requirements = [];
    private readonly Dictionary<RequirementId, ExtraCondition[]> conditions = [];
    private ISelectionTheory? theory;

    /// <param name="whole">Whose candidates and requirements these are.</param>
    /// <param name="live">What is left of them.</param>
    /// <param name="roots">Roots of the whole; their targets are the first variables, in this order.</param>
    /// <param name="isSettled">Whether every requirement on the project of this variable is met whatever is chosen
    /// here.</param>
    public BatchPart(
        CandidateProblem whole,
        ArcConsistency live,
        IReadOnlyList<RequirementId> roots,
        Func<VariableId, bool> isSettled
    )
        : base(whole)
    {
        (this.whole, this.live, this.isSettled, this.roots) = (whole, live, isSettled, [.. roots]);
        foreach (var root in roots)
            Inner(whole.Target(root));
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => roots;

    /// <inheritdoc/>
    public override int VariableCount => outer.Count;

    /// <inheritdoc/>
    public override ISelectionTheory? Theory =>
        theory ??= whole.Builds is null ? new BuildOrderTheory(this) : new WholeTheory(this);

    /// <summary>The variable of the whole.</summary>
    public VariableId Outer(VariableId variable) => outer[variable.Index];

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) => whole.CandidateCount(Outer(variable));

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        var id = Outer(variable);
        whole.Usable(id, words);
        if (!live.IsReached(id) || whole.IsExtra(id))
            return;
        for (var i = 0; i < whole.CandidateCount(id); i++)
        {
            if (!live.IsLive(id, i))
                words[i >> 6] &= ~(1UL << i);
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) => whole.Preference(Outer(variable));

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
        Preference(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        if (requirements.TryGetValue((variable, candidate), out var known))
            return known;
        var open = new List<RequirementId>();
        foreach (var id in whole.RequirementsOf(Outer(variable), candidate))
        {
            if (!isSettled(whole.Target(id)))
                open.Add(id);
        }
        requirements.Add((variable, candidate), known = [.. open]);
        return known;
    }

    /// <inheritdoc/>
    public override bool IsRead(VariableId variable, int candidate) => true;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> RequirementLists(VariableId variable) => default;

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => Inner(whole.Target(requirement));

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement)
    {
        if (whole.Conditions(requirement) is { IsEmpty: true })
            return default;
        if (!conditions.TryGetValue(requirement, out var known))
        {
            var given = whole.Conditions(requirement).ToArray();
            conditions.Add(requirement, known = [.. given.Select(each => each with { Extra = Inner(each.Extra) })]);
        }
        return known;
    }

    private VariableId Inner(VariableId variable)
    {
        if (!inner.TryGetValue(variable, out var number))
        {
            inner.Add(variable, number = new VariableId(outer.Count));
            outer.Add(variable);
        }
        return number;
    }

    /// <summary>The theory of the whole, asked in its own numbers.</summary>
    private sealed class WholeTheory(BatchPart part) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var all = new int[part.whole.VariableCount];
            Array.Fill(all, -1);
            for (var i = 0; i < selection.Length; i++)
                all[part.outer[i].Index] = selection[i];
            return
            [
                .. part
                    .whole.Theory.Refute(all)
                    .Select(nogood =>
                        nogood with
                        {
                            Terms =
                            [
                                .. nogood.Terms.Select(term => term with { Variable = part.Inner(term.Variable) }),
                            ],
                        }
                    ),
            ];
        }
    }
}
