using Resolver.Packaging.Markers;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Batches;

public sealed class BatchPlannerTests
{
    private static PlanOutcome Order(
        string batch,
        bool keepGoing = false,
        string further = "",
        params BatchItem[] more
    ) =>
        BatchPlanner.Order(
            [
                .. new ToyArchive(batch).All.Select(each => new BatchItem(
                    each.Path!,
                    each,
                    each.Name.Normalized,
                    null,
                    each.UnusableBecause,
                    false
                )),
                .. more,
            ],
            new ToyArchive(further),
            new PlanRequest { Environment = MarkerEnvironment.CPython311OnLinux },
            keepGoing,
            PlanLimits.None
        );

    private static string Steps(PlanOutcome outcome) =>
        string.Join(
            " ",
            Assert
                .IsType<PlanOutcome.Planned>(outcome)
                .Plan.Steps.Select(each => $"{each.Stage}:{each.Candidate.Name}-{each.Candidate.Version}")
        );

    [Fact]
    public void Every_given_archive_is_ordered_at_its_own_version()
    {
        Assert.Equal(
            "1:backend-1 2:a-1 2:b-1",
            Steps(Order("a 1 sdist: build: backend\nb 1 sdist: build: backend\nbackend 1 sdist"))
        );
    }

    [Fact]
    public void A_build_requirement_may_come_from_beside_the_batch()
    {
        Assert.Equal(
            "1:backend-2 2:a-1",
            Steps(Order("a 1 sdist: build: backend", further: "backend 1\nbackend 2\na 2"))
        );
    }

    [Fact]
    public void Two_versions_of_one_project_cannot_both_be_installed()
    {
        var impossible = Assert.IsType<PlanOutcome.Impossible>(Order("a 1\na 2"));

        Assert.Equal(
            "No plan for the batch: a 1 and a 2 are in the batch, but only one version of a can be installed.",
            impossible.Explanation.Text
        );
    }

    [Fact]
    public void Two_files_of_one_version_with_different_content_are_bad_input()
    {
        var batch = new ToyArchive("a 1 sdist")
            .All.Concat(new ToyArchive("a 1 sdist").All)
            .Select((each, i) => new BatchItem($"{i}", With(each, i), "a", null, null, false))
            .ToList();

        var outcome = BatchPlanner.Order(batch, new ToyArchive(""), ToyArchive.Ask(""), false, PlanLimits.None);

        Assert.Equal(
            ["x0 and x1: both are a 1, with different content"],
            Assert.IsType<PlanOutcome.BadInput>(outcome).Errors
        );

        static Resolution.Candidates.Candidate With(Resolution.Candidates.Candidate each, int i) =>
            new()
            {
                Name = each.Name,
                Version = each.Version,
                Kind = each.Kind,
                Path = $"x{i}",
                Sha256 = $"{i}",
                Requires = [],
                BuildRequires = [],
            };
    }

    [Fact]
    public void Keeping_going_orders_as_many_projects_as_possible_and_says_why_the_rest_is_left_out()
    {
        var outcome = Order(
            """
            lib 1
            lib 2
            app 1: lib<2
            good 1: lib
            old 1
            old 2
            odd 1: nowhere
            """,
            keepGoing: true
        );

        Assert.Equal("1:app-1 1:good-1 1:lib-1 1:old-2", Steps(outcome));
        Assert.Equal(
            ["lib-2.Wheel conflict", "odd-1.Wheel impossible", "old-1.Wheel older-version"],
            ((PlanOutcome.Planned)outcome).Plan.LeftOut.Select(each => $"{each.Path} {each.Code}")
        );
    }

    [Fact]
    public void Of_selections_of_one_size_the_newest_is_ordered()
    {
        Assert.Equal(
            "1:good-1 1:lib-2 1:new-1",
            Steps(Order("lib 1\nlib 2\napp 1: lib<2\ngood 1: lib\nnew 1: lib>=2", keepGoing: true))
        );
    }

    [Fact]
    public void The_reason_for_leaving_out_says_nothing_that_the_line_already_says()
    {
        var plan = Assert
            .IsType<PlanOutcome.Planned>(
                Order("lib 1\nlib 2\na 1: lib<2\nb 1: lib>=2\nc 1 sdist: build: nowhere", keepGoing: true)
            )
            .Plan;

        Assert.Equal(
            [
                "a 1 requires lib<2; lib==2 is ordered",
                "c 1 requires nowhere to build, but the archive has no nowhere",
                "2 is ordered instead",
            ],
            plan.LeftOut.Select(each => each.Reason)
        );
    }

    [Fact]
    public void What_others_need_is_kept_new_at_the_cost_of_one_odd_pin()
    {
        Assert.Equal(
            "1:b-1 1:c-1 1:tool-2",
            Steps(Order("a 1: tool<2\nb 1: tool>=2\nc 1: tool>=2\ntool 1\ntool 2", keepGoing: true))
        );
    }

    [Fact]
    public void An_unreadable_file_that_was_requested_is_fatal_and_one_that_merely_lies_there_is_not()
    {
        var asked = new BatchItem("broken.tar.gz", null, null, "archive-corrupt", "is cut short", AskedByName: true);

        Assert.Equal(
            ["broken.tar.gz: is cut short"],
            Assert.IsType<PlanOutcome.BadInput>(Order("a 1", more: asked)).Errors
        );
        Assert.Equal("1:a-1", Steps(Order("a 1", more: asked with { AskedByName = false })));
    }

    [Fact]
    public void Whatever_cannot_be_planned_is_in_left_out_and_nothing_is_lost()
    {
        var broken = new BatchItem("broken.tar.gz", null, null, "archive-corrupt", "is cut short", AskedByName: false);

        var plan = Assert
            .IsType<PlanOutcome.Planned>(
                Order("a 1\nb 1: unusable: its version is dynamic", keepGoing: true, more: broken)
            )
            .Plan;

        Assert.Equal(
            ["b-1.Wheel metadata-unknown", "broken.tar.gz archive-corrupt"],
            plan.LeftOut.Select(each => $"{each.Path} {each.Code}")
        );
    }
}
