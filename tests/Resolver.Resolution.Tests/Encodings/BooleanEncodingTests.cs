using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Encodings;

/// <summary>The numbers of clauses that the encoding's documentation states, and what is left out.</summary>
public sealed class BooleanEncodingTests
{
    [Theory]
    [InlineData(1, 0)] // one Boolean, 'absent' is its negation
    [InlineData(2, 6)]
    [InlineData(3, 9)]
    [InlineData(50, 150)]
    public void Exactly_one_takes_three_clauses_a_candidate(int candidates, int clauses) =>
        Assert.Equal(
            clauses,
            Count($"a {string.Join(' ', Enumerable.Range(1, candidates))}; root a", ClauseKind.ExactlyOne)
        );

    [Fact]
    public void A_requirement_is_spelt_out_once_and_named_by_each_candidate_that_has_it()
    {
        const string world = "a 1 2 3 4 -> b>=2<4; b 1 2 3 4; root a";

        Assert.Equal(1, Count(world, ClauseKind.Satisfied));
        Assert.Equal(4, Count(world, ClauseKind.Requirement));
        Assert.Equal(1, Count(world, ClauseKind.Root));
    }

    [Theory]
    [InlineData("a 1 2 -> b=2; b 1 2 3; root a")] // one candidate: its own Boolean
    [InlineData("a 1 2 -> b; b 1 2 3; root a")] // any candidate: not absent
    [InlineData("a 1 2 -> b>5; b 1 2 3; root a")] // none
    public void A_requirement_that_is_one_literal_is_not_spelt_out(string world) =>
        Assert.Equal(0, Count(world, ClauseKind.Satisfied));

    [Fact]
    public void What_the_roots_cannot_reach_is_left_out()
    {
        var problem = ToyProblem.Of("a 1 -> b, ~d<1; a 2! -> c; b 1 -> e ?x; c 1; d 1; e 1; root a");
        var encoding = new BooleanEncoding(problem);

        // c is required by a candidate that cannot be used, d is only bounded, and nobody asks for b's extra.
        Assert.Equal(["a", "b"], encoding.Variables.Select(problem.NameOf));
    }

    [Fact]
    public void Every_clause_knows_the_fact_it_states()
    {
        var encoding = new BooleanEncoding(ToyProblem.Of("a 1 2! -> b>=2, ~c<2; b 1 2 3 -> c; c 1 2; root a<3"));

        for (var clause = 0; clause < encoding.Formula.ClauseCount; clause++)
        {
            var origin = encoding.OriginOf(clause);
            Assert.Equal(origin.Kind is ClauseKind.Root, origin.Variable is null);
            Assert.Equal(
                origin.Kind is ClauseKind.Root or ClauseKind.Requirement or ClauseKind.Satisfied,
                origin.Requirement is not null
            );
        }

        Assert.Equal(
            1,
            Enumerable
                .Range(0, encoding.Formula.ClauseCount)
                .Count(clause =>
                    encoding.OriginOf(clause) is { Kind: ClauseKind.Unusable, Variable.Index: 0, Candidate: 1 }
                )
        );
    }

    [Fact]
    public void A_theory_nogood_over_sets_defines_a_Boolean_for_each_of_several_candidates()
    {
        var problem = ToyProblem.Of("a 1 2 3 -> b; b 1 2 3; root a");
        var encoding = new BooleanEncoding(problem);
        var before = encoding.Formula.ClauseCount;

        encoding.AddNogood(new([new(new VariableId(0), [0, 1]), new(new VariableId(1), [2])], "why"));

        Assert.Equal(before + 2 + 2 + 1, encoding.Formula.ClauseCount);
        Assert.Equal("why", encoding.OriginOf(before + 4).Nogood!.Certificate);
    }

    private static int Count(string world, ClauseKind kind)
    {
        var encoding = new BooleanEncoding(ToyProblem.Of(world));
        return Enumerable
            .Range(0, encoding.Formula.ClauseCount)
            .Count(clause => encoding.OriginOf(clause).Kind == kind);
    }
}
