namespace Resolver.Resolution.Problems;

/// <summary>A project, or one extra of one project; dense, from 0.</summary>
public readonly record struct VariableId(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;
}

/// <summary>A requirement of a <see cref="Problem"/>, interned: equal requirements of neighbouring candidates share
/// it; dense, from 0.</summary>
public readonly record struct RequirementId(int Index)
{
    // A field: the search reads it too often for a call that is not always inlined.
    public readonly int Index = Index;
}

/// <summary>A requirement holds only where this extra is active (or inactive).</summary>
public readonly record struct ExtraCondition(VariableId Extra, bool Active);
