using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>What refutations rest on. A file that is of use takes something away from a refutation, so it is of a
/// project that is required in it; what else the problem reaches need not be looked at.</summary>
/// <param name="problem">The problem without anything added.</param>
internal sealed class DemandsOfRefutations(CandidateProblem problem) : Demands(problem)
{
    private readonly CandidateProblem problem = problem;

    /// <inheritdoc/>
    public override void Note(CandidateProblem extended, Refutation refutation)
    {
        foreach (var axiom in refutation.Axioms.OfType<Axiom.Requirement>())
        {
            if (!extended.ActivatesExtra(axiom.Id))
                HaveGrown |= Add(problem.NumberAlike(extended, axiom.Id));
        }
    }
}
