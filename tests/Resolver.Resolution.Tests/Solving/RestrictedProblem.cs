using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>What is left of a problem if only these axioms hold.</summary>
internal sealed class RestrictedProblem(Problem whole, IReadOnlyList<Axiom> axioms) : Problem
{
    public override ReadOnlySpan<RequirementId> Roots =>
        whole
            .Roots.ToArray()
            .Where(id => axioms.Any(axiom => axiom is Axiom.Requirement { Source: null } root && root.Id == id))
            .ToArray();

    public override int VariableCount => whole.VariableCount;

    public override ISelectionTheory? Theory => axioms.OfType<Axiom.Theory>().Any() ? new Kept(axioms) : null;

    public override int CandidateCount(VariableId variable) => whole.CandidateCount(variable);

    public override void Usable(VariableId variable, Span<ulong> words)
    {
        if (axioms.Any(axiom => axiom is Axiom.Unusable unusable && unusable.Variable == variable))
        {
            whole.Usable(variable, words);
            return;
        }

        for (var i = 0; i < CandidateCount(variable); i++)
            words[i >> 6] |= 1UL << i;
    }

    public override ReadOnlySpan<int> Preference(VariableId variable) => whole.Preference(variable);

    public override ReadOnlySpan<RequirementId> RequirementsOf(VariableId variable, int candidate) =>
        whole
            .RequirementsOf(variable, candidate)
            .ToArray()
            .Where(id =>
                axioms.Any(axiom =>
                    axiom is Axiom.Requirement requirement
                    && requirement.Source == variable
                    && requirement.Run.First.Index <= candidate
                    && candidate <= requirement.Run.Last.Index
                    && requirement.Id == id
                )
            )
            .ToArray();

    public override VariableId Target(RequirementId requirement) => whole.Target(requirement);

    public override void Satisfying(RequirementId requirement, Span<ulong> words) =>
        whole.Satisfying(requirement, words);

    public override bool AllowsAbsence(RequirementId requirement) => whole.AllowsAbsence(requirement);

    public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement) => whole.Conditions(requirement);

    private sealed class Kept(IReadOnlyList<Axiom> axioms) : ISelectionTheory
    {
        public IReadOnlyList<SelectionNogood> Refute(ReadOnlySpan<int> selection)
        {
            var violated = new List<SelectionNogood>();
            foreach (var axiom in axioms.OfType<Axiom.Theory>())
            {
                var holds = true;
                foreach (var term in axiom.Nogood.Terms)
                    holds &= term.Candidates.Contains(selection[term.Variable.Index]);
                if (holds)
                    violated.Add(axiom.Nogood);
            }

            return violated;
        }
    }
}
