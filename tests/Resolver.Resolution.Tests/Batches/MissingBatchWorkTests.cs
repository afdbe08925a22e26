using Resolver.Packaging.Markers;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Batches;

/// <summary>How many searches <c>missing --batch</c> takes, which no machine changes.</summary>
public sealed class MissingBatchWorkTests
{
    private static readonly PlanRequest Request = new() { Environment = MarkerEnvironment.CPython311OnLinux };

    [Fact]
    public void Older_versions_of_a_project_share_their_reason()
    {
        var (few, shortList) = Find(Lines(versions: 2));
        var (many, longList) = Find(Lines(versions: 40));

        Assert.Equal(10, shortList.BeyondHelp.Count);
        Assert.Equal(10 * 39, longList.BeyondHelp.Count);
        Assert.All(
            longList.BeyondHelp.Where(each => each.Requirement.StartsWith("p3==", StringComparison.Ordinal)),
            each =>
                Assert.Equal(
                    ("only one version of p3 can be installed; p3==40 is in the batch, too", "p3==40"),
                    (each.Reason, each.Instead)
                )
        );
        Assert.Equal(few, many);

        static string Lines(int versions) =>
            string.Concat(
                from project in Enumerable.Range(0, 10)
                from version in Enumerable.Range(1, versions)
                select $"p{project} {version}: p{(project + 1) % 10}\n"
            );
    }

    [Fact]
    public void Versions_of_which_none_can_be_had_take_as_many_searches_each_however_many_there_are()
    {
        var counts = new[] { 10, 20, 40, 80 }.Select(each => Find(Lines(each)).Solves).ToList();

        Assert.Equal(counts[2] - counts[1], 2 * (counts[1] - counts[0]));
        Assert.Equal(counts[3] - counts[2], 2 * (counts[2] - counts[1]));
        Assert.True(counts[3] <= 12 * 80, $"{counts[3]} searches");

        static string Lines(int versions) =>
            "core 1\nstays 1: core\n"
            + string.Concat(Enumerable.Range(1, versions).Select(each => $"old {each}: core<1, gone{each}\n"));
    }

    [Fact]
    public void Rejected_versions_are_tested_together()
    {
        // The newest of each cannot be had, the others can.
        var counts = new[] { 8, 16, 32 }.Select(each => Find(Lines(each))).ToList();

        Assert.All(counts, each => Assert.Empty(each.List.Projects));
        Assert.All(
            new[] { 8, 16, 32 }.Zip(counts),
            each => Assert.Equal(each.First, each.Second.List.BeyondHelp.Count)
        );
        Assert.True(counts[2].Solves <= 8 * 32 + 16, $"{counts[2].Solves} searches");

        static string Lines(int projects) =>
            "core 1\n"
            + string.Concat(Enumerable.Range(0, projects).Select(each => $"p{each} 1: core\np{each} 2: core>1\n"));
    }

    [Fact]
    public void A_conflict_costs_a_search_of_what_it_reaches_and_not_of_the_whole_batch()
    {
        var effort = new[] { 16, 32, 64 }.Select(Effort).ToList();

        Assert.True(effort[1] < 2.2 * effort[0] && effort[2] < 2.2 * effort[1], string.Join(' ', effort));

        static long Effort(int pairs)
        {
            var lines = Enumerable.Range(0, pairs).Select(i => $"core{i} 2\nmore{i} 1: core{i}<2\n");
            var budget = new SolveBudget(PlanLimits.None, default);
            var list = Find(string.Concat(lines), budget);
            Assert.Equal(
                Enumerable.Range(0, pairs).Select(i => $"more{i}==1").Order(StringComparer.Ordinal),
                list.BeyondHelp.Select(each => each.Requirement).Order(StringComparer.Ordinal)
            );
            return budget.Effort;
        }
    }

    [Fact]
    public void What_several_others_exclude_is_beyond_help_and_not_they()
    {
        var lines = "core 1\ncore 2\n" + string.Concat(Enumerable.Range(0, 5).Select(i => $"p{i} 1: core<2\n"));

        var beyondHelp = Assert.Single(Find(lines).List.BeyondHelp);

        Assert.Equal("core==2", beyondHelp.Requirement);
    }

    private static (int Solves, MissingList List) Find(string lines)
    {
        var budget = new SolveBudget(PlanLimits.None, default);
        var list = Find(lines, budget);
        return (budget.Solves, list);
    }

    private static MissingList Find(string lines, SolveBudget budget)
    {
        var batch = new ToyArchive(lines).All.Select(each => new BatchItem(
            each.Path ?? "",
            each,
            null,
            null,
            null,
            true
        ));
        var problem = BatchPlanner.Question([.. batch], new ToyArchive(""), Request);
        return MissingProjects.Find(problem, [], budget);
    }
}
