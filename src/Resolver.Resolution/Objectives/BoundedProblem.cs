using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Objectives;

/// <summary>A problem of which only the selections count that some relaxed objectives admit.</summary>
internal sealed class BoundedProblem(Problem inner, IReadOnlyList<Relaxation> relaxations) : Problem
{
    /// <inheritdoc/>
    public override IReadOnlyList<SelectionBound> Bounds { get; } = [.. inner.Bounds, .. relaxations.SelectMany(each => each.Bounds(inner))];

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words)
    {
        inner.Usable(variable, words);
        for (var candidate = 0; candidate < inner.CandidateCount(variable); candidate++)
        {
            foreach (var relaxation in relaxations)
            {
                if (relaxation.Bars(variable, candidate))
                    words[candidate >> 6] &= ~(1UL << candidate);
            }
        }
    }

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => inner.Roots;

    /// <inheritdoc/>
    public override int VariableCount => inner.VariableCount;

    /// <inheritdoc/>
    public override ISelectionTheory? Theory => inner.Theory;

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) => inner.CandidateCount(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) => inner.Preference(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) => inner.Preference(variable, chosenBefore);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate) => inner.RequirementsOf(variable, candidate);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> RequirementLists(VariableId variable) => inner.RequirementLists(variable);

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => inner.Target(requirement);

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words) => inner.Satisfying(requirement, words);

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => inner.AllowsAbsence(requirement);

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) => inner.Conditions(requirement);

    /// <inheritdoc/>
    public override bool AdmitsOthers(RequirementId requirement) => inner.AdmitsOthers(requirement);

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => inner.IsBuildRequirement(requirement);
}
