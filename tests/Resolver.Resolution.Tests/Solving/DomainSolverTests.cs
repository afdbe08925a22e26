using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>Rules of the search, each on a problem of a few lines.</summary>
public sealed class DomainSolverTests
{
    private readonly DomainSolver solver = new();
    private readonly TableProblem problem = new();

    [Fact]
    public void The_highest_candidate_is_taken_where_nothing_speaks_against_it()
    {
        var app = problem.Project(3);
        problem.Root(problem.Require(app, 0, 1, 2));

        Assert.Equal(2, Solved()[app]);
    }

    [Fact]
    public void A_candidate_whose_requirement_cannot_be_met_is_passed_over_without_a_conflict()
    {
        var (app, lib) = (problem.Project(2), problem.Project(1));
        problem.Root(problem.Require(app, 0, 1));
        problem.Demand(app, 1, problem.Require(lib));

        var outcome = Assert.IsType<Outcome.Satisfiable>(Solve());

        Assert.Equal(0, outcome.Selection[app]);
        Assert.Equal(0, outcome.Statistics.Conflicts);
    }

    [Fact]
    public void What_nothing_requires_is_absent()
    {
        var (app, lib) = (problem.Project(1), problem.Project(1));
        problem.Root(problem.Require(app, 0));

        var selection = Solved();

        Assert.Equal(-1, selection[lib]);
        Assert.Equal([app], selection.Order);
    }

    [Fact]
    public void A_constraint_binds_what_is_selected_and_selects_nothing()
    {
        var (app, lib, other) = (problem.Project(1), problem.Project(3), problem.Project(1));
        problem.Root(problem.Require(app, 0));
        problem.Root(problem.Require(lib, [0, 1], true));
        problem.Root(problem.Require(other, [0], true));
        problem.Demand(app, 0, problem.Require(lib, 0, 1, 2));

        var selection = Solved();

        Assert.Equal(1, selection[lib]);
        Assert.Equal([app, lib], selection.Order);
    }

    [Fact]
    public void A_project_that_requires_itself_is_a_solution_where_it_suits_and_none_where_it_does_not()
    {
        var app = problem.Project(3);
        problem.Root(problem.Require(app, 0, 1, 2));
        problem.Demand(app, 2, problem.Require(app, 0, 1));
        problem.Demand(app, 1, problem.Require(app, 1, 2));

        Assert.Equal(1, Solved()[app]);
    }

    [Fact]
    public void A_requirement_that_holds_through_an_extra_counts_only_where_the_extra_is_requested()
    {
        var (app, lib, extra) = (problem.Project(1), problem.Project(2), problem.Extra());
        problem.Demand(app, 0, problem.Require(lib, [0], false, new ExtraCondition(extra, true)));
        problem.Root(problem.Require(app, 0));

        Assert.Equal(-1, Solved()[lib]);
        problem.Root(problem.Require(extra, 0));
        Assert.Equal([app, extra, lib], Solved().Order);
    }

    [Fact]
    public void An_extra_may_request_another_extra_of_its_project()
    {
        var (app, lib, all, some) = (problem.Project(1), problem.Project(1), problem.Extra(), problem.Extra());
        problem.Demand(app, 0, problem.Require(some, [0], false, new ExtraCondition(all, true)));
        problem.Demand(app, 0, problem.Require(lib, [0], false, new ExtraCondition(some, true)));
        problem.Root(problem.Require(app, 0));
        problem.Root(problem.Require(all, 0));

        Assert.Equal([app, all, some, lib], Solved().Order);
    }

    [Fact]
    public void Requirements_twice_and_projects_without_candidates_are_no_trouble()
    {
        var (app, none) = (problem.Project(2), problem.Project(0));
        var required = problem.Require(app, 0, 1);
        problem.Root(required);
        problem.Root(required);
        problem.Demand(app, 1, problem.Require(none));
        problem.Demand(app, 1, problem.Require(none));

        Assert.Equal(0, Solved()[app]);
    }

    [Fact]
    public void A_problem_without_roots_has_the_empty_selection() => Assert.Empty(Solved().Order);

    [Fact]
    public void More_candidates_than_a_word_has_bits_are_chosen_among_alike()
    {
        var (app, lib) = (problem.Project(200), problem.Project(130));
        problem.Root(problem.Require(app, [.. Enumerable.Range(0, 200)]));
        for (var i = 0; i < 200; i++)
        {
            problem.Demand(app, i, problem.Require(lib, [.. Enumerable.Range(0, 130).Where(each => each > i)]));
            if (i < 130)
                problem.Demand(
                    lib,
                    i,
                    problem.Require(app, [.. Enumerable.Range(0, 200).Where(each => each < 100 && each != i)])
                );
        }

        var selection = Solved();

        Assert.Equal(99, selection[app]);
        Assert.Equal(129, selection[lib]);
    }

    [Fact]
    public void Candidates_in_reverse_keep_the_verdict()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = RandomProblem.Of(seed);
            var forward = solver.Solve(random, SolveOptions.Default) is Outcome.Satisfiable;
            for (var i = 0; i < random.VariableCount; i++)
                random.Prefer(new VariableId(i), [.. Enumerable.Range(0, random.CandidateCount(new VariableId(i)))]);
            Assert.Equal(forward, solver.Solve(random, SolveOptions.Default) is Outcome.Satisfiable);
        }
    }

    [Fact]
    public void A_conflict_limit_ends_in_giving_up_and_never_in_a_verdict()
    {
        var seeds = Enumerable
            .Range(0, 3_000)
            .Where(seed =>
                solver.Solve(RandomProblem.Of(seed, most: 10), SolveOptions.Default).Statistics.Conflicts > 1
            )
            .Take(50)
            .ToList();
        Assert.NotEmpty(seeds);
        Assert.All(
            seeds,
            seed =>
            {
                var outcome = solver.Solve(RandomProblem.Of(seed, most: 10), new SolveOptions { ConflictLimit = 1 });
                Assert.Equal(LimitReached.Conflicts, Assert.IsType<Outcome.GaveUp>(outcome).Limit);
            }
        );
    }

    [Fact]
    public void A_cancelled_search_gives_up()
    {
        problem.Root(problem.Require(problem.Project(1), 0));
        using var source = new CancellationTokenSource();
        source.Cancel();

        var outcome = solver.Solve(problem, SolveOptions.Default, source.Token);

        Assert.Equal(LimitReached.Cancelled, Assert.IsType<Outcome.GaveUp>(outcome).Limit);
    }

    [Fact]
    public void A_timeout_of_nothing_gives_up()
    {
        problem.Root(problem.Require(problem.Project(1), 0));

        var outcome = solver.Solve(problem, new SolveOptions { Deadline = Deadline.After(TimeSpan.Zero) });

        Assert.Equal(LimitReached.Timeout, Assert.IsType<Outcome.GaveUp>(outcome).Limit);
    }

    [Fact]
    public void A_solver_used_before_answers_and_counts_as_a_new_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var used = solver.Solve(RandomProblem.Of(seed, most: 10), SolveOptions.Default);
            var fresh = new DomainSolver().Solve(RandomProblem.Of(seed, most: 10), SolveOptions.Default);
            Assert.Equal(fresh.Statistics, used.Statistics);
        }
    }

    private Outcome Solve() => solver.Solve(problem, SolveOptions.Default);

    private Selection Solved() => Assert.IsType<Outcome.Satisfiable>(Solve()).Selection;
}
