using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>What refutations rest on. A file that is of use takes something away from a refutation, so it is of a
/// project that is required in it; what else the problem reaches need not be looked at.</summary>
internal sealed class DemandsOfRefutations : Demands
{
    private readonly CandidateProblem problem;

    /// <param name="problem">The problem without anything added.</param>
    /// <param name="known">Refutations of it, and of it without some facts.</param>
    public DemandsOfRefutations(CandidateProblem problem, IEnumerable<Refutation> known)
        : base(problem)
    {
        this.problem = problem;
        foreach (var each in known)
            Note(problem, each);
    }

    /// <inheritdoc/>
    public override void Note(CandidateProblem extended, Refutation refutation)
    {
        foreach (var axiom in refutation.Axioms.OfType<Axiom.Requirement>())
        {
            if (!extended.ActivatesExtra(axiom.Id))
                Add(problem.NumberAlike(extended, axiom.Id));
        }
    }
}
