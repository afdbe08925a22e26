using CsCheck;
using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing.Reference;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>The domain search, Z3 and the reference that runs the definition give the same verdict and the same
/// selection (docs/decisions/0010).</summary>
public sealed class Agreement_of_all_engines
{
    // A world that the reference cannot finish in this many choices is judged by Z3 alone.
    private const int ReferenceBudget = 500;

    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void The_search_agrees_with_the_reference_on_ten_thousand_small_worlds() =>
        RandomWorld.Small.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                if (!ReferenceSolver.TrySolve(problem, ReferenceBudget, out var best))
                    return;
                Assert.Equal(Text(problem, best), Text(problem, Solve(new DomainSolver(), new ToyProblem(world))));
            },
            iter: Long ? 100_000 : 10_000,
            threads: 2
        );

    [Fact]
    public void The_search_agrees_with_the_reference_or_Z3_where_requirements_hold_only_without_an_extra() =>
        RandomWorld.WithInactiveExtras.Sample(
            world => AssertAgreement(world, SolveOptions.Default),
            iter: Long ? 200_000 : 5_000,
            threads: 2
        );

    [Theory]
    // What p requires only without its extra brings that extra in: nothing else requests it, or r does.
    [InlineData("p 1 -> q ?!x; q 1 -> p[x]; root p", "none")]
    [InlineData("p 1 2 -> q ?!x; p 3 -> q ?!x; q 1 -> p[x]; p 0; root p", "p 0")]
    [InlineData("p 1 -> q ?!x; q 1 -> p[x]; r 1 -> p[x]; root p, r", "p 1, r 1, p[x] 0")]
    // Requested late: the requirement does not hold, whatever the order of the roots.
    [InlineData("p 1 -> q ?!x; q 1; r 1 -> s; s 1 -> p[x]; root p, r", "p 1, r 1, s 1, p[x] 0")]
    [InlineData("p 1 -> q ?!x; q 1; r 1 -> s; s 1 -> p[x]; root r, p", "r 1, p 1, s 1, p[x] 0")]
    // Each brings in the extra that the other excludes: the first one found is inactive.
    [InlineData("p 1 -> q ?!x; q 1 -> r[y]; r 1 -> s ?!y; s 1 -> p[x]; root p, r", "p 1, r 1, q 1, r[y] 0")]
    // Inactive is impossible, so something later has to request it.
    [InlineData("p 1 -> q ?!x; q 1!; r 1 -> s ?!y; s 1 -> p[x]; root p, r", "p 1, r 1, s 1, p[x] 0")]
    // A build cycle that exists only while the extra is inactive.
    [InlineData("p 1s -> q ?!x; q 1s <- p; root p", "none")]
    [InlineData("p 1s -> q ?!x; q 1s <- p; root p[x], q", "p 1, p[x] 0, q 1")]
    // The same, where the better version of r leaves the extra inactive: the cycle forbids r 2, not p and q.
    [InlineData("p 1 -> q ?!x; q 1s <- p, r; r 1 -> p[x]; r 2; root q", "q 1, p 1, r 1, p[x] 0")]
    // A cycle through a constraint that excludes nothing.
    [InlineData("p 1 -> ~s ?!y; q 5s <- s; q 4; r 4 -> p; s 1 -> t; t 4s <- r; t 3; root q", "q 5, s 1, t 3")]
    // Several extras are settled in their order, up to the first that has to be active.
    [InlineData(
        "p 1 -> bad ?!y, t ?!x ?!y; bad; t 1; r 1 -> s ?!z; s 1 -> p[y]; s 2 -> p[y], p[x]; root p, r",
        "p 1, r 1, s 1, p[y] 0"
    )]
    [InlineData(
        "p 1 -> bad ?!y, t ?!y ?!x; bad; t 1; r 1 -> s ?!z; s 1 -> p[y]; s 2 -> p[y], p[x]; root p, r",
        "p 1, r 1, s 2, p[y] 0, p[x] 0"
    )]
    public void Conditions_on_inactive_extras_are_judged_by_the_selection_itself(string world, string expected)
    {
        var problem = ToyProblem.Of(world);

        Assert.True(ReferenceSolver.TrySolve(problem, 10_000, out var best));
        Assert.Equal(expected, Text(problem, best));
        Assert.Equal(expected, Text(problem, new ExhaustiveSearch(ToyProblem.Of(world)).Best()));
        Assert.Equal(expected, Text(problem, Solve(new DomainSolver(), problem)));
        if (Z3Library.IsAvailable)
            Assert.Equal(expected, Text(problem, Solve(new Z3Solver(), problem)));
    }

    /// <summary>Judged by Z3 where the reference takes too long; without Z3 such a world judges nothing.</summary>
    [Fact]
    public void The_search_agrees_with_the_reference_or_Z3_on_ten_thousand_worlds_of_up_to_sixty_projects() =>
        RandomWorld.Any.Sample(
            world => AssertAgreement(world, SolveOptions.Default),
            iter: Long ? 100_000 : 10_000,
            threads: 2
        );

    [Fact]
    public void The_search_agrees_with_the_reference_or_Z3_on_dense_worlds_and_takes_few_conflicts() =>
        RandomWorld.Dense.Sample(
            world => Assert.InRange(AssertAgreement(world, SolveOptions.Default).Conflicts, 0, 20_000),
            iter: Long ? 10_000 : 150,
            threads: 2
        );

    /// <summary>Probes from the first conflict on, and nothing learned is safe: whatever the search does in long
    /// runs, it does here.</summary>
    [Fact]
    public void Probing_and_forgetting_change_no_answer()
    {
        var options = SolveOptions.Default with { ConflictsInOrder = 0, ConflictsBeforeForgetting = 1 };
        RandomWorld.Any.Sample(world => AssertAgreement(world, options), iter: Long ? 50_000 : 2_000, threads: 2);
        RandomWorld.Dense.Sample(world => AssertAgreement(world, options), iter: Long ? 5_000 : 60, threads: 2);
        RandomWorld.WithInactiveExtras.Sample(world => AssertAgreement(world, options), iter: 1_000, threads: 2);
    }

    [Fact]
    public void Z3_agrees_with_the_search()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        RandomWorld.Any.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                Assert.Equal(
                    Text(problem, Solve(new Z3Solver(), problem)),
                    Text(problem, Solve(new DomainSolver(), new ToyProblem(world)))
                );
            },
            iter: Long ? 10_000 : 500,
            threads: 1
        );
    }

    [Fact]
    public void Z3_agrees_with_the_reference_where_requirements_hold_only_without_an_extra()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        RandomWorld.WithInactiveExtras.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                if (ReferenceSolver.TrySolve(problem, ReferenceBudget, out var best))
                    Assert.Equal(Text(problem, best), Text(problem, Solve(new Z3Solver(), problem)));
            },
            iter: Long ? 10_000 : 500,
            threads: 1
        );
    }

    private static SearchStatistics AssertAgreement(ToyWorld world, SolveOptions options)
    {
        var problem = new ToyProblem(world);
        var outcome = new DomainSolver().Solve(problem, options, TestContext.Current.CancellationToken);
        if (ReferenceSolver.TrySolve(problem, ReferenceBudget, out var best))
            Assert.Equal(Text(problem, best), Text(problem, Judged(problem, outcome)));
        else if (Z3Library.IsAvailable)
            Assert.Equal(
                Text(problem, Solve(new Z3Solver(), new ToyProblem(world))),
                Text(problem, Judged(problem, outcome))
            );
        return outcome.Statistics;
    }

    private static IReadOnlyList<(VariableId Variable, int Candidate)>? Solve(ISolver solver, Problem problem) =>
        Judged(problem, solver.Solve(problem, SolveOptions.Default, TestContext.Current.CancellationToken));

    /// <summary>The selection in queue order; null where there is none. Every selection is checked on the
    /// way.</summary>
    private static IReadOnlyList<(VariableId Variable, int Candidate)>? Judged(Problem problem, Outcome outcome)
    {
        switch (outcome)
        {
            case Outcome.Satisfiable { Selection: var selection, Proven: var proven }:
                Assert.True(proven);
                Assert.Empty(SelectionChecker.Check(problem, selection));
                return [.. selection.Order.Select(variable => (variable, selection[variable]))];
            case Outcome.Unsatisfiable:
                return null;
            default:
                throw new InvalidOperationException("gave up without a limit");
        }
    }

    private static string Text(ToyProblem problem, IReadOnlyList<(VariableId Variable, int Candidate)>? selection) =>
        selection is null
            ? "none"
            : string.Join(
                ", ",
                selection.Select(item =>
                    $"{problem.NameOf(item.Variable)} {problem.VersionOf(item.Variable, item.Candidate)}"
                )
            );
}
