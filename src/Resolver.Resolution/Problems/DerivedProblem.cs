namespace Resolver.Resolution.Problems;

/// <summary>A problem that is another one in everything that is not overridden.</summary>
internal abstract class DerivedProblem(Problem inner) : Problem
{
    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> Roots => inner.Roots;

    /// <inheritdoc/>
    public override int VariableCount => inner.VariableCount;

    /// <inheritdoc/>
    public override IReadOnlyList<SelectionBound> Bounds => inner.Bounds;

    /// <inheritdoc/>
    public override ISelectionTheory? Theory => inner.Theory;

    /// <inheritdoc/>
    public override int CandidateCount(VariableId variable) => inner.CandidateCount(variable);

    /// <inheritdoc/>
    public override void Usable(VariableId variable, Span<ulong> words) => inner.Usable(variable, words);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable) => inner.Preference(variable);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> Preference(VariableId variable, Func<VariableId, int> chosenBefore) =>
        inner.Preference(variable, chosenBefore);

    /// <inheritdoc/>
    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate) =>
        inner.RequirementsOf(variable, candidate);

    /// <inheritdoc/>
    public override bool IsRead(VariableId variable, int candidate) => inner.IsRead(variable, candidate);

    /// <inheritdoc/>
    public override ReadOnlySpan<int> RequirementLists(VariableId variable) => inner.RequirementLists(variable);

    /// <inheritdoc/>
    public override VariableId Target(RequirementId requirement) => inner.Target(requirement);

    /// <inheritdoc/>
    public override void Satisfying(RequirementId requirement, Span<ulong> words) =>
        inner.Satisfying(requirement, words);

    /// <inheritdoc/>
    public override bool AllowsAbsence(RequirementId requirement) => inner.AllowsAbsence(requirement);

    /// <inheritdoc/>
    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) => inner.Conditions(requirement);

    /// <inheritdoc/>
    public override bool AdmitsOthers(RequirementId requirement) => inner.AdmitsOthers(requirement);

    /// <inheritdoc/>
    public override bool IsBuildRequirement(RequirementId requirement) => inner.IsBuildRequirement(requirement);
}
