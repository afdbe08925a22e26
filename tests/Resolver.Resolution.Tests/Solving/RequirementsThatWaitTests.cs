using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>The work that requirements cost whose extras must be inactive (decision 0010, step 5).</summary>
public sealed class RequirementsThatWaitTests
{
    [Theory]
    [InlineData(100)]
    [InlineData(400)]
    public void Work_grows_linearly_with_waiting_requirements(int count)
    {
        var waiting = Enumerable.Range(0, count).Select(i => $"lib>=0.{i} | extra != 'e{i}'");
        var archive = new ToyArchive($"app 1: {string.Join(", ", waiting)}\nlib 1");
        var problem = new CountedConditions(new CandidateProblem(archive, ToyArchive.Ask("app")));

        var outcome = Assert.IsType<Outcome.Satisfiable>(new DomainSolver().Solve(problem, SolveOptions.Default));

        // Every extra is decided to be inactive, and each requirement is read a few times for it.
        Assert.True(outcome.Selection.Order.Count >= 2);
        Assert.InRange(problem.Reads, count, 20 * count);
    }

    /// <summary>Counts how often the conditions of requirements are read.</summary>
    private sealed class CountedConditions(Problem inner) : DerivedProblem(inner)
    {
        public long Reads { get; private set; }

        public override ReadOnlySpan<ExtraCondition> Conditions(RequirementId requirement)
        {
            Reads++;
            return base.Conditions(requirement);
        }
    }
}
