using Resolver.Packaging.Names;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Cycles;

/// <summary>Of the cycles of a problem, only those that some of these projects are part of.</summary>
internal sealed class CyclesAmong(CandidateProblem problem, IReadOnlySet<PackageName> names) : ISelectionTheory
{
    public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection) =>
        [
            .. problem
                .Theory.Refute(selection)
                .Where(nogood => nogood.Terms.Any(term => names.Contains(problem.NameOf(term.Variable)))),
        ];
}
