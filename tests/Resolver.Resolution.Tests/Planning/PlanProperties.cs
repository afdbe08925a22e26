using CsCheck;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Testing;
using Resolver.Testing.Reference;
using Xunit;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>Laws of planning on random archives, against the reference that runs the definition as it stands.</summary>
public sealed class PlanProperties
{
    private const int Budget = 20_000;

    [Fact]
    public void A_plan_is_the_best_selection_there_is_and_none_is_missed()
    {
        ToyArchiveGenerator.Archive(projects: 6, versions: 3).Sample(
            world =>
            {
                var problem = new CandidateProblem(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots));
                if (!ReferenceSolver.TrySolve(problem, Budget, out var best))
                    return;
                var outcome = Planner.Plan(new ToyArchive(world.Lines), ToyArchive.Ask(world.Roots), PlanLimits.None);
                var expected = best?.Where(each => !problem.IsExtra(each.Variable)).Select(each => Describe(problem, each.Variable, each.Candidate)).Order();
                var found = (outcome as PlanOutcome.Planned)?.Plan.Steps.Select(each => $"{each.Candidate}").Order();
                Assert.Equal(expected, found);
            },
            iter: 5000);
    }

    [Fact]
    public void A_plan_does_not_depend_on_the_order_of_the_files()
    {
        ToyArchiveGenerator.Archive(projects: 6, versions: 3).Sample(
            world =>
            {
                var shuffled = string.Join('\n', world.Lines.Split('\n').Reverse());
                Assert.Equal(Steps(world.Lines, world.Roots), Steps(shuffled, world.Roots));
            },
            iter: 1000);
    }

    private static string Describe(CandidateProblem problem, VariableId variable, int candidate) => problem.CandidatesOf(variable)[candidate].ToString();

    private static string Steps(string lines, string roots) =>
        Planner.Plan(new ToyArchive(lines), ToyArchive.Ask(roots), PlanLimits.None) is PlanOutcome.Planned { Plan: var plan }
            ? string.Join('\n', plan.Steps.Select(each => $"{each.Order} {each.Stage} {each.Candidate}"))
            : "none";
}
