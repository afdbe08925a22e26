using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>A problem with another theory; null: none.</summary>
internal sealed class WithTheory(Problem inner, ISelectionTheory? theory) : DerivedProblem(inner)
{
    public override ISelectionTheory? Theory => theory;
}
