using CsCheck;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Sat.Z3;
using Resolver.Testing.Reference;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>What 'proven' and 'defined' promise: nothing better is possible at any place, and the answer does not
/// hang on how the input was arranged.</summary>
public sealed class The_best_selection
{
    private static readonly bool Long = Environment.GetEnvironmentVariable("RESOLVER_LONG") == "1";

    [Fact]
    public void At_no_place_of_the_queue_was_anything_better_possible()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        var refuted = 0;
        RandomWorld.Any.Sample(
            world =>
            {
                var problem = new ToyProblem(world);
                if (
                    new DomainSolver().Solve(problem, SolveOptions.Default, TestContext.Current.CancellationToken)
                    is not Outcome.Satisfiable { Selection: var selection, Proven: true }
                )
                    return;
                Assert.Null(BestnessRefuter.FindBetter(problem, selection, out var places));
                refuted += places;
            },
            iter: Long ? 20_000 : 600,
            threads: 1
        );
        Assert.True(refuted > 100, $"{refuted} places had anything better to refute");
    }

    [Fact]
    public void A_selection_that_is_not_the_best_is_found_out()
    {
        Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);
        var problem = ToyProblem.Of("a 1 2 3 -> b; b 1 2; root a");

        Assert.Equal((new(0), 2), BestnessRefuter.FindBetter(problem, new Selection([new(0), new(1)], [1, 1]), out _));
        Assert.Equal((new(1), 1), BestnessRefuter.FindBetter(problem, new Selection([new(0), new(1)], [2, 0]), out _));
        Assert.Null(BestnessRefuter.FindBetter(problem, new Selection([new(0), new(1)], [2, 1]), out _));
    }

    [Fact]
    public void Projects_may_be_listed_in_any_order() =>
        RandomWorld.Any.Sample(
            world =>
            {
                var projects = world.Projects.ToArray();
                new Random(projects.Length).Shuffle(projects);
                Assert.Equal(Solve(world), Solve(world with { Projects = projects }));
            },
            iter: Long ? 50_000 : 1_000,
            threads: 2
        );

    [Fact]
    public void The_same_problem_solved_again_by_the_same_solver_gives_the_same_counts()
    {
        var solver = new DomainSolver();
        RandomWorld.Any.Sample(
            world =>
            {
                var first = solver
                    .Solve(new ToyProblem(world), SolveOptions.Default, TestContext.Current.CancellationToken)
                    .Statistics;
                var again = solver
                    .Solve(new ToyProblem(world), SolveOptions.Default, TestContext.Current.CancellationToken)
                    .Statistics;
                Assert.Equal(
                    (first.Decisions, first.Conflicts, first.Propagations),
                    (again.Decisions, again.Conflicts, again.Propagations)
                );
            },
            iter: 500,
            threads: 1
        );
    }

    private static string Solve(ToyWorld world)
    {
        var problem = new ToyProblem(world);
        return
            new DomainSolver().Solve(problem, SolveOptions.Default, TestContext.Current.CancellationToken)
                is Outcome.Satisfiable { Selection: var selection }
            ? string.Join(
                ", ",
                selection.Order.Select(variable =>
                    $"{problem.NameOf(variable)} {problem.VersionOf(variable, selection[variable])}"
                )
            )
            : "none";
    }
}
