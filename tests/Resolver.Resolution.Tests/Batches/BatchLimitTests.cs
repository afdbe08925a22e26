using Resolver.Packaging.Markers;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Batches;

/// <summary>A limit that is reached during a batch, whichever of its searches it stops.</summary>
public sealed class BatchLimitTests
{
    [Fact]
    public void A_limit_reached_in_any_search_of_a_batch_is_reported_as_one()
    {
        var batch = new ToyArchive("a 1: c<2\nb 1: c>=2\nc 1\nc 2\nd 1: absent")
            .All.Select(each => new BatchItem(each.Path!, each, each.Name.Normalized, null, null, false))
            .ToList();
        var gaveUp = 0;
        for (var searches = 0; ; searches++)
        {
            var outcome = BatchPlanner.Order(
                batch,
                new ToyArchive(""),
                new PlanRequest { Environment = MarkerEnvironment.CPython311OnLinux },
                keepGoing: true,
                PlanLimits.None,
                new StoppedSolver(searches)
            );
            if (outcome is PlanOutcome.Planned)
                break;
            Assert.IsType<PlanOutcome.GaveUp>(outcome);
            gaveUp++;
        }

        Assert.True(gaveUp > 1, "the limit never fell between two searches");
    }

    /// <summary>Answers so many questions; then a limit is reached.</summary>
    private sealed class StoppedSolver(int searches) : ISolver
    {
        private int asked;

        public Outcome Solve(Problem problem, SolveOptions options, CancellationToken cancellation) =>
            asked++ < searches
                ? new DomainSolver().Solve(problem, options, cancellation)
                : new Outcome.GaveUp(LimitReached.Timeout, new SearchStatistics());
    }
}
