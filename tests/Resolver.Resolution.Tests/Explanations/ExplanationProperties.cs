using CsCheck;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Planning;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Laws of explanations on random archives, judged by the reference solver, which has no part in making them.</summary>
public sealed class ExplanationProperties
{
    private const int Budget = 20_000;

    [Fact]
    public void A_core_is_impossible_and_without_any_one_of_its_facts_it_is_not()
    {
        ToyArchiveGenerator.Archive(projects: 5, versions: 3).Sample(
            world =>
            {
                var problem = new CandidateProblem(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots));
                var core = new MinimalCore(problem, problem, new SolveBudget(PlanLimits.None, CancellationToken.None));
                core.Find();
                if (core.Facts is not { } facts)
                    return; // there is a plan
                Assert.True(core.IsMinimal);
                if (!ReferenceSolver.TrySolve(RelaxedProblem.Only(problem, problem, facts), Budget, out var none))
                    return;
                Assert.Null(none);
                foreach (var fact in facts)
                {
                    if (ReferenceSolver.TrySolve(RelaxedProblem.Only(problem, problem, facts.Where(each => each != fact)), Budget, out var some))
                        Assert.NotNull(some);
                }
            },
            iter: 3000);
    }

    [Fact]
    public void After_each_fix_there_is_a_plan()
    {
        ToyArchiveGenerator.Archive(projects: 5, versions: 3).Sample(
            world =>
            {
                var outcome = Planner.Plan(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots), PlanLimits.None);
                if (outcome is PlanOutcome.Impossible impossible)
                    Assert.NotEmpty(impossible.Explanation.Fixes);
            },
            iter: 1000);
    }

    [Fact]
    public void With_what_is_said_to_be_missing_there_is_a_plan()
    {
        ToyArchiveGenerator.Archive(projects: 5, versions: 2).Sample(
            world =>
            {
                var missing = MissingProjects.Find(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots), PlanLimits.None)!;
                if (missing.Remaining is not null)
                    return;
                var problem = new CandidateProblem(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots));
                var added = missing.Projects.Select(Assumption (each) => new Assumption.NoOthers(problem.VariableOf(Packaging.Names.PackageName.Parse(each.Name)))).ToList();
                if (ReferenceSolver.TrySolve(RelaxedProblem.Without(problem, problem, added), Budget, out var some))
                    Assert.NotNull(some);
                foreach (var spared in added)
                {
                    if (ReferenceSolver.TrySolve(RelaxedProblem.Without(problem, problem, added.Where(each => each != spared)), Budget, out var none))
                        Assert.Null(none);
                }
            },
            iter: 1000);
    }
}
