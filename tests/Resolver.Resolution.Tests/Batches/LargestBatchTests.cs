using Resolver.Packaging.Distributions;
using Resolver.Packaging.Markers;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Batches;

public sealed class LargestBatchTests
{
    private static readonly PlanRequest Request = new() { Environment = MarkerEnvironment.CPython311OnLinux };

    [Fact]
    public void The_largest_batch_is_ordered_and_the_newest_among_the_largest()
    {
        var seeds = Environment.GetEnvironmentVariable("RESOLVER_BATCHES") is { } count ? int.Parse(count, null) : 1500;
        var leftOut = 0;
        Parallel.For(
            0,
            seeds,
            seed =>
            {
                var (batch, further) = Draw(seed);
                var oracle = new BatchOracle(batch, further);
                var expected = oracle.Best();

                var planned = Assert.IsType<PlanOutcome.Planned>(Order(batch, further));

                var ordered = planned.Plan.Roots.ToDictionary(
                    each => each.Name,
                    each => each.Specifier.ToString().TrimStart('=')
                );
                Assert.True(
                    expected.SequenceEqual(oracle.Order.Select(each => ordered.GetValueOrDefault(each))),
                    $"seed {seed}: expected {string.Join(' ', oracle.Order.Zip(expected))}, found "
                        + $"{string.Join(' ', planned.Plan.Roots)}"
                );
                Assert.True(planned.Proven);
                Assert.Equal(planned.Plan.Batch!.Ordered, planned.Plan.Batch.AtMost);
                Assert.Equal(batch.Count, ordered.Count + planned.Plan.LeftOut.Count);
                Interlocked.Add(ref leftOut, planned.Plan.LeftOut.Count);
            }
        );
        Assert.True(leftOut > seeds, "the batches are too easy");
    }

    [Fact]
    public void The_version_that_more_projects_need_is_ordered_and_what_it_costs_is_said()
    {
        var lines = string.Concat(
            Enumerable
                .Range(0, 5)
                .Select(i => $"new{i} 1: core>=4\n")
                .Concat(Enumerable.Range(0, 9).Select(i => $"old{i} 1: core<4\n"))
        );

        var plan = Assert
            .IsType<PlanOutcome.Planned>(Order([.. new ToyArchive($"core 3\ncore 4\n{lines}").All], []))
            .Plan;

        Assert.Equal(10, plan.Batch!.Ordered);
        Assert.Equal(10, plan.Batch.AtMost);
        var cost = Assert.Single(plan.Batch.Costs);
        Assert.Equal(("core", "3", 5), (cost.Name, cost.Version, cost.Excludes));
        Assert.Equal(new BatchCost.Alternative("4", 9), Assert.Single(cost.Instead));
        Assert.Equal(
            "3 is ordered instead: it excludes 5 projects, 4 would exclude 9",
            plan.LeftOut.Single(each => each.Name == "core").Reason
        );
        Assert.Equal(
            "new0 1 requires core>=4; core==3 is ordered",
            plan.LeftOut.Single(each => each.Name == "new0").Reason
        );
    }

    [Fact]
    public void A_limit_that_is_reached_first_leaves_a_bound()
    {
        // Pairs that exclude each other through a third one: which of each to take is easy, that no more can be had
        // takes a search.
        var lines = string.Concat(
            Enumerable
                .Range(0, 8)
                .SelectMany(i => Enumerable.Range(0, 8).Select(j => $"p{i}x{j} 1: q{i}=={j}, r{j}=={i}\n"))
        );
        var further = string.Concat(
            Enumerable.Range(0, 8).SelectMany(i => Enumerable.Range(0, 8).Select(j => $"q{i} {j}\nr{i} {j}\n"))
        );

        var planned = Assert.IsType<PlanOutcome.Planned>(
            BatchPlanner.Order(
                [.. new ToyArchive(lines).All.Select(Item)],
                new ToyArchive(further),
                Request,
                keepGoing: true,
                new PlanLimits { Conflicts = 100 }
            )
        );

        Assert.Equal(8, planned.Plan.Batch!.Ordered);
        Assert.InRange(planned.Plan.Batch.AtMost, 8, 64);
        Assert.Equal(planned.Plan.Batch.IsProven, planned.Proven);
    }

    private static (IReadOnlyList<Candidate> Batch, IReadOnlyList<Candidate> Further) Draw(int seed)
    {
        var random = new Random(seed);
        var all = new ToyArchive(
            ToyArchiveGenerator.Draw(seed, random.Next(3, 7), random.Next(1, 4)).Lines
        ).All.ToList();
        var beside = all.Select(each => each.Name).Distinct().Where(_ => random.Next(5) == 0).ToHashSet();
        return (
            [.. all.Where(each => !beside.Contains(each.Name) && each.Kind != DistributionKind.Installed)],
            [.. all.Where(each => beside.Contains(each.Name))]
        );
    }

    private static PlanOutcome Order(IReadOnlyList<Candidate> batch, IReadOnlyList<Candidate> further) =>
        BatchPlanner.Order([.. batch.Select(Item)], new Further(further), Request, keepGoing: true, PlanLimits.None);

    private static BatchItem Item(Candidate each) =>
        new(each.Path!, each, each.Name.Normalized, null, each.UnusableBecause, false);

    private sealed class Further(IReadOnlyList<Candidate> candidates) : ICandidateSource
    {
        public IEnumerable<Packaging.Names.PackageName> Projects => candidates.Select(each => each.Name).Distinct();

        public IReadOnlyList<HiddenDistribution> HiddenOf(Packaging.Names.PackageName project) => [];

        public IReadOnlyList<Candidate> CandidatesOf(Packaging.Names.PackageName project) =>
            [.. candidates.Where(each => each.Name == project)];
    }
}
