using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Explanations.Conflicts;

/// <summary>
/// A relaxed problem in which all but some projects keep what a selection of a like problem gave them. What those ask
/// of the free ones are roots here, so that a solve walks through the free ones alone. A selection of this is one of
/// the relaxed problem; that there is none says something of that problem only where the refutation does not use what
/// is kept (<see cref="Blamed"/>).
/// </summary>
internal sealed class PatchedProblem : Problem
{
    private readonly RelaxedProblem relaxed;
    private readonly FoundSelection kept;
    private readonly HashSet<int> free;
    private readonly List<RequirementId> roots = [];
    private readonly Dictionary<int, RequirementId[]> conditional = [];
    private readonly HashSet<RequirementId> own;

    /// <param name="kept">A selection of the same problem with other facts dropped. Where it leaves a project out,
    /// that project is free.</param>
    /// <param name="free">Variables that may take any candidate; among them all that the facts speak of in which the
    /// two problems differ.</param>
    public PatchedProblem(RelaxedProblem relaxed, FoundSelection kept, HashSet<int> free)
    {
        (this.relaxed, this.kept, this.free) = (relaxed, kept, free);
        own = [.. relaxed.Roots];
        foreach (var root in relaxed.Roots)
        {
            if (!IsKept(relaxed.Target(root)) || kept.IsConditional(relaxed.Target(root)))
                roots.Add(root);
        }
        var seen = new HashSet<RequirementId>(own);
        foreach (var target in free)
            Hoist(new VariableId(target));
        foreach (var target in kept.Conditional)
            Hoist(target);
        foreach (var id in kept.AllowingAbsence)
        {
            if (!IsKept(relaxed.Target(id)) && !free.Contains(relaxed.Target(id).Index) && seen.Add(id))
                roots.Add(id);
        }
        Theory = relaxed.Theory is { } theory ? new Completed(theory, this) : null;

        void Hoist(VariableId target)
        {
            foreach (var (source, id) in kept.RequirementsOn(target))
            {
                if (IsKept(source) && relaxed.Conditions(id).IsEmpty && seen.Add(id))
                    roots.Add(id);
            }
        }
    }

    /// <summary>Whether the theory forbade something that only what is kept does.</summary>
    public bool IsStuck { get; private set; }

    /// <summary>Kept variables that the refutation rests on; empty where it holds for the relaxed problem as
    /// well.</summary>
    public HashSet<int> Blamed(Refutation refutation)
    {
        var blamed = new HashSet<int>();
        foreach (var axiom in refutation.Axioms)
        {
            switch (axiom)
            {
                case Axiom.Requirement { Source: null } root when !own.Contains(root.Id):
                    foreach (var (source, id) in kept.RequirementsOn(relaxed.Target(root.Id)))
                    {
                        if (id == root.Id && IsKept(source))
                            blamed.Add(source.Index);
                    }
                    break;
                case Axiom.Requirement { Source: { } source } when IsKept(source):
                    blamed.Add(source.Index);
                    break;
                case Axiom.Unusable unusable when IsKept(unusable.Variable):
                    blamed.Add(unusable.Variable.Index);
                    break;
                case Axiom.Theory { Nogood: var nogood } when Shortened.TryGetValue(nogood, out var whole):
                    blamed.UnionWith(
                        whole.Terms.Where(term => IsKept(term.Variable)).Select(term => term.Variable.Index)
                    );
                    break;
            }
        }
        return blamed;
    }

    /// <summary>What was found here together with what is kept.</summary>
    public FoundSelection Complete(Selection selection)
    {
        var chosen = kept.Chosen.ToArray();
        if (chosen.Length < VariableCount)
        {
            var before = chosen.Length;
            Array.Resize(ref chosen, VariableCount);
            chosen.AsSpan(before).Fill(-1);
        }
        // The walk reached all of these that anything needs.
        foreach (var variable in free)
            chosen[variable] = -1;
        foreach (var variable in kept.Conditional)
            chosen[variable.Index] = -1;
        for (var i = 0; i < selection.Order.Count; i++)
            chosen[selection.Order[i].Index] = selection.CandidateAt(i);
        return new FoundSelection(relaxed, chosen);
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(roots);

    /// <inheritdoc/>
    public override int VariableCount => relaxed.VariableCount;

    /// <inheritdoc/>
    public override ISelectionTheory? Theory { get; }

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) => relaxed.CandidateCount(variable);

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        if (!IsKept(variable))
            relaxed.Usable(variable, words);
        else
            words[kept[variable] >> 6] |= 1UL << kept[variable];
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) => relaxed.Preference(variable);

    /// <inheritdoc/>
    public override bool IsRead(VariableId variable, int candidate) =>
        IsKept(variable) || relaxed.IsRead(variable, candidate);

    /// <inheritdoc/>
    public override bool ReadsAhead => relaxed.ReadsAhead;

    /// <inheritdoc/>
    public override ReadOnlySpan<int> RequirementLists(VariableId variable) =>
        IsKept(variable) ? default : relaxed.RequirementLists(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate)
    {
        if (!IsKept(variable))
            return relaxed.RequirementsOf(variable, candidate);
        if (candidate != kept[variable])
            return [];
        // What holds without condition is a root already, or holds among what is kept.
        if (!conditional.TryGetValue(variable.Index, out var ids))
        {
            var open = new List<RequirementId>();
            foreach (var id in relaxed.RequirementsOf(variable, candidate))
            {
                if (!relaxed.Conditions(id).IsEmpty)
                    open.Add(id);
            }
            conditional.Add(variable.Index, ids = [.. open]);
        }
        return ids;
    }

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => relaxed.Target(requirement);

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words) =>
        relaxed.Satisfying(requirement, words);

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => relaxed.AllowsAbsence(requirement);

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) =>
        relaxed.Conditions(requirement);

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => relaxed.IsBuildRequirement(requirement);

    private Dictionary<SelectionNogood, SelectionNogood> Shortened { get; } = new(ReferenceEqualityComparer.Instance);

    private bool IsKept(VariableId variable) => kept[variable] >= 0 && !free.Contains(variable.Index);

    /// <summary>The relaxed problem's theory over the whole; its nogoods without what the walk here did not come
    /// to.</summary>
    private sealed class Completed(ISelectionTheory theory, PatchedProblem patched) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var whole = new int[selection.Length];
            for (var v = 0; v < whole.Length; v++)
                whole[v] =
                    selection[v] >= 0 ? selection[v]
                    : patched.IsKept(new VariableId(v)) && !patched.kept.IsConditional(new VariableId(v))
                        ? patched.kept[new VariableId(v)]
                    : -1;
            var nogoods = new List<SelectionNogood>();
            foreach (var nogood in theory.Refute(whole))
            {
                var terms = new List<SelectionTerm>();
                foreach (var term in nogood.Terms)
                {
                    if (selection[term.Variable.Index] >= 0 || term.AdmitsAbsence)
                        terms.Add(term);
                }
                if (terms.Count == 0)
                {
                    patched.IsStuck = true;
                    return [];
                }
                if (terms.Count == nogood.Terms.Count)
                {
                    nogoods.Add(nogood);
                    continue;
                }
                nogoods.Add(nogood with { Terms = terms });
                patched.Shortened.Add(nogoods[^1], nogood);
            }
            return nogoods;
        }
    }
}
