using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Proofs;

/// <summary>
/// The claim that something better than a selection exists, as clauses beside those of its problem; a refutation of
/// both proves that the selection is the best one.
/// </summary>
/// <remarks>
/// With c(k) for choice k of the walk and B(k) for what would have been better there: p(k), 'the first k choices are
/// those of the selection', has p(k) → p(k-1) and p(k) → c(k); b(k), 'the first difference is at k', has b(k) → p(k-1)
/// and b(k) → the disjunction of B(k), and exists only where B(k) is not empty. The claim is the disjunction of all
/// b(k). 2 clauses a choice, 2 more where something would be better, and 1.
/// </remarks>
internal sealed class BetterClaim
{
    private readonly BooleanEncoding encoding;
    private readonly List<Literal> places = [];

    /// <summary>Adds the claim to the formula of the encoding.</summary>
    public BetterClaim(BooleanEncoding encoding, IReadOnlyList<WalkChoice> walk)
    {
        this.encoding = encoding;
        Literal? before = null;
        // What no selection reaches is inactive in every one.
        foreach (var choice in walk.Where(each => encoding.IsReachable(each.Variable)))
        {
            var better = choice.Better.Select(each => LiteralOf(choice.Variable, each)).ToArray();
            if (better.Length > 0)
            {
                var differs = encoding.Formula.NewVariable().Positive;
                places.Add(differs);
                if (before is { } same)
                    Add(!differs, same);
                Add([!differs, .. better]);
            }

            var here = encoding.Formula.NewVariable().Positive;
            if (before is { } earlier)
                Add(!here, earlier);
            Add(!here, LiteralOf(choice.Variable, choice.Candidate));
            before = here;
        }

        Add([.. places]);
    }

    /// <summary>The literal 'the first difference is here' of each place where something would be better.</summary>
    public IReadOnlyList<Literal> Places => places;

    private Literal LiteralOf(VariableId variable, int candidate)
    {
        var values = encoding.ValuesOf(variable);
        return candidate < 0 ? values[^1] : values[candidate];
    }

    private void Add(params Literal[] clause) => encoding.Add(clause, new(ClauseKind.Claim));
}
