using Resolver.Resolution.Batches;
using Resolver.Resolution.Explanations.Cycles;
using Resolver.Resolution.Explanations.Fixes;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

public sealed class CycleBreakTests
{
    /// <summary>setuptools 36 as it was released: it required two projects to build and to run, which it
    /// built.</summary>
    private const string Setuptools36 =
        "setup36 1 sdist: sixx, packagingx; build: sixx, packagingx\nsixx 1 sdist: ; build: setup36\npackagingx 1 "
        + "sdist: ; build: setup36";

    [Fact]
    public void Two_wheels_break_what_one_does_not()
    {
        var fixes = Fixes(Setuptools36, "setup36");

        Assert.Equal("add packagingx==1, add sixx==1", fixes[0]);
        Assert.Contains("waive packagingx 1: setup36, waive sixx 1: setup36", fixes);
        Assert.DoesNotContain("add setup36==1", fixes);
    }

    [Theory]
    [InlineData(Setuptools36)]
    [InlineData("wheel 1 sdist: ; build: setuptools\nsetuptools 1 sdist: ; build: wheel")]
    [InlineData(
        "hub 1 sdist: a, b, c; build: a, b, c\na 1 sdist: ; build: hub\nb 1 sdist: ; build: hub\nc 1 sdist: ; build: "
            + "hub"
    )]
    public void The_list_of_cycles_and_the_fixes_of_plans_and_batches_agree(string lines)
    {
        var archive = new ToyArchive(lines);
        var batch = archive
            .All.Select(each => new BatchItem(each.Path!, each, each.Name.Normalized, null, null, true))
            .ToList();
        var nothing = new ToyArchive("");
        var request = ToyArchive.Ask("");
        var ordered = Assert.IsType<PlanOutcome.Impossible>(
            BatchPlanner.Order(batch, nothing, request, keepGoing: false, PlanLimits.None)
        );
        var cycles = BuildCycles.Find(
            BatchPlanner.OptionalQuestion(batch, nothing, request),
            archive.Projects.ToHashSet(),
            PlanLimits.None
        )!;

        var fixes = ordered.Explanation.Fixes.Select(Text).ToList();
        Assert.NotEmpty(cycles);
        foreach (var cycle in cycles)
            Assert.Contains(
                string.Join(", ", cycle.Break!.Projects.Order(StringComparer.Ordinal).Select(each => $"add {each}==1")),
                fixes.Select(each => string.Join(", ", each.Split(", ").Order(StringComparer.Ordinal)))
            );
        foreach (
            var fix in ordered
                .Explanation.Fixes.Select(each => AppliedFix.Of(nothing, request, each))
                .OfType<AppliedFix>()
        )
        {
            var items = BatchPlanner.With(BatchPlanner.Without(batch, fix.LeftOut), fix.Wheels);
            Assert.IsType<PlanOutcome.Planned>(
                BatchPlanner.Order(items, fix.Source, fix.Request, keepGoing: false, PlanLimits.None)
            );
        }
    }

    [Fact]
    public void A_wheel_that_requires_the_cycle_at_run_time_does_not_break_it()
    {
        var cycles = BuildCycles.Find(
            RequestedProblem.Of(new ToyArchive(Setuptools36), ToyArchive.Ask("setup36")),
            null,
            PlanLimits.None
        )!;

        Assert.All(cycles, cycle => Assert.DoesNotContain("setup36", cycle.Break!.Projects));
    }

    private static List<string> Fixes(string archive, string roots)
    {
        var source = new ToyArchive(archive);
        var explanation = Assert
            .IsType<PlanOutcome.Impossible>(Planner.Plan(source, ToyArchive.Ask(roots), PlanLimits.None))
            .Explanation;
        foreach (var fix in explanation.Fixes)
        {
            if (AppliedFix.Of(source, ToyArchive.Ask(roots), fix) is { } applied)
                Assert.IsType<PlanOutcome.Planned>(Planner.Plan(applied.Source, applied.Request, PlanLimits.None));
        }
        return [.. explanation.Fixes.Select(Text)];
    }

    private static string Text(IReadOnlyList<FixAction> fix) =>
        string.Join(", ", fix.Select(each => $"{each.Verb} {each.What}"));
}
