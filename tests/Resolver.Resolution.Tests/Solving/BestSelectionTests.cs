using CsCheck;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>The search against trying everything, on problems small enough for that.</summary>
public sealed class BestSelectionTests
{
    private readonly DomainSolver solver = new();

    [Fact]
    public void The_search_finds_the_best_selection_of_random_problems() =>
        Gen.Int.Sample(seed => Check(RandomProblem.Of(seed)), iter: 10_000, threads: 1);

    [Fact]
    public void The_search_finds_the_best_selection_where_a_theory_refutes_some() =>
        Gen.Int.Sample(seed => Check(RandomProblem.Of(seed, withTheory: true)), iter: 5_000, threads: 1);

    [Fact]
    public void The_search_finds_the_best_selection_where_requirements_need_extras_inactive() =>
        Assert.All(Enumerable.Range(0, 5_000), seed => Check(RandomProblem.Of(seed, withExclusions: true)));

    [Fact]
    public void A_refutation_is_impossible_on_its_own() =>
        Gen.Int.Sample(
            seed =>
            {
                var problem = RandomProblem.Of(seed, withExclusions: true, withTheory: true);
                if (solver.Solve(problem, new SolveOptions { Trace = true }) is not Outcome.Unsatisfiable unsatisfiable)
                    return;
                var restricted = new RestrictedProblem(problem, unsatisfiable.Refutation!.Axioms);
                Assert.Null(new ExhaustiveSearch(restricted).Best());
                Assert.Equal(unsatisfiable.Refutation.Axioms.Count, unsatisfiable.Refutation.Axioms.Distinct().Count());
            },
            iter: 5_000,
            threads: 1
        );

    [Fact]
    public void What_the_search_learns_follows_by_propagation() =>
        Gen.Int.Sample(
            seed =>
            {
                var problem = RandomProblem.Of(seed, withTheory: true, most: 10);
                var checker = new PropagationChecker(problem);
                var outcome = solver.Solve(problem, new SolveOptions { Observer = checker });
                Assert.Equal(0, checker.Failures);
                Assert.Equal(outcome is Outcome.Unsatisfiable, checker.IsRefuted);
            },
            iter: 5_000,
            threads: 1
        );

    [Fact]
    public void The_random_problems_are_of_both_kinds_and_hard_enough_to_learn_from()
    {
        var outcomes = Enumerable
            .Range(0, 2_000)
            .Select(seed => solver.Solve(RandomProblem.Of(seed, most: 14), SolveOptions.Default))
            .ToList();
        Assert.InRange(outcomes.Count(outcome => outcome is Outcome.Satisfiable), 200, 1_800);
        Assert.InRange(outcomes.Count(outcome => outcome.Statistics.Conflicts > 2), 20, 2_000);
    }

    private void Check(Problem problem)
    {
        var expected = new ExhaustiveSearch(problem).Best();
        var outcome = solver.Solve(problem, SolveOptions.Default);
        Assert.Equal(expected is not null, outcome is Outcome.Satisfiable);
        if (outcome is not Outcome.Satisfiable satisfiable)
            return;
        Assert.True(satisfiable.Proven);
        Assert.Equal(
            expected,
            satisfiable.Selection.Order.Select(variable => (variable, satisfiable.Selection[variable]))
        );
    }
}
