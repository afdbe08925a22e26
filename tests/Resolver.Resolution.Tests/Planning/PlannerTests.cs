using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Resolution.Tests.Planning;

public sealed class PlannerTests
{
    private static Plan Plan(string archive, PlanRequest request) =>
        Assert.IsType<PlanOutcome.Planned>(Planner.Plan(new ToyArchive(archive), request, PlanLimits.None)).Plan;

    private static Plan Plan(string archive, string requirements) => Plan(archive, ToyArchive.Ask(requirements));

    private static string Steps(Plan plan) =>
        string.Join(" ", plan.Steps.Select(each => $"{each.Stage}:{each.Candidate.Name}-{each.Candidate.Version}"));

    [Fact]
    public void The_newest_version_is_chosen()
    {
        var plan = Plan("a 1\na 2\na 1.5", "a");

        Assert.Equal("1:a-2", Steps(plan));
    }

    [Theory]
    [InlineData("lib==2.0.0, lib==2.0")]
    [InlineData("lib>=1.0, lib>=1, lib>=1.0.0")]
    public void A_requirement_that_is_spelled_in_two_ways_is_one(string requirements)
    {
        var plan = Plan($"app 1: {requirements}\nlib 2.0", "app");

        Assert.Equal("1:app-1 1:lib-2.0", Steps(plan));
    }

    [Fact]
    public void A_build_finds_its_requirement_and_what_that_needs_to_run_in_earlier_stages()
    {
        var plan = Plan(
            """
            app 1 sdist: lib; build: tool>=2
            lib 1 wheel
            tool 1 wheel
            tool 2 sdist: helper
            helper 1 sdist
            """,
            "app"
        );

        Assert.Equal("1:helper-1 1:lib-1 1:tool-2 2:app-1", Steps(plan));
    }

    [Fact]
    public void What_is_not_built_needs_no_build_requirement()
    {
        var plan = Plan("a 1 wheel: build: tool", "a");

        Assert.Equal("1:a-1", Steps(plan));
    }

    [Fact]
    public void A_build_cycle_is_broken_by_a_wheel_of_an_older_version()
    {
        var plan = Plan(
            """
            setuptools 2 sdist: build: wheel
            wheel 2 sdist: build: setuptools
            wheel 1 wheel
            """,
            "setuptools"
        );

        Assert.Equal("1:wheel-1 2:setuptools-2", Steps(plan));
    }

    [Fact]
    public void A_build_cycle_without_a_way_out_is_explained_as_one()
    {
        var outcome = Planner.Plan(
            new ToyArchive("a 1 sdist: build: b\nb 1 sdist: build: c\nc 1 sdist: a"),
            ToyArchive.Ask("a"),
            PlanLimits.None
        );

        var impossible = Assert.IsType<PlanOutcome.Impossible>(outcome);
        Assert.True(impossible.Explanation.Minimal);
        Assert.Contains("build dependency cycle", impossible.Explanation.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_cycle_at_run_time_is_no_obstacle()
    {
        var plan = Plan("a 1: b\nb 1: a\nc 1 sdist: build: a", "c");

        Assert.Equal("1:a-1 1:b-1 2:c-1", Steps(plan));
    }

    [Fact]
    public void An_installed_version_that_satisfies_is_kept_and_comes_first()
    {
        var plan = Plan("lib 1 installed\nlib 2\napp 1: lib>=1", "app");

        Assert.Equal("0:lib-1 1:app-1", Steps(plan));
        Assert.Equal(StepAction.Keep, plan.Steps[0].Action);
    }

    [Fact]
    public void An_upgrade_gives_the_installed_version_no_precedence()
    {
        var plan = Plan("lib 1 installed\nlib 2", ToyArchive.Ask("lib") with { Upgrade = NameFilter.All });

        Assert.Equal("1:lib-2", Steps(plan));
    }

    [Fact]
    public void An_extra_adds_its_requirements_and_says_so()
    {
        var plan = Plan("a 1: b| extra=='x', c| extra=='y'\nb 1\nc 1", "a[x]");

        Assert.Equal("1:a-1 1:b-1", Steps(plan));
        Assert.Equal("x", Assert.Single(plan.Steps[0].Requires).Extra?.Normalized);
    }

    [Fact]
    public void An_extra_that_requests_another_of_its_own_project_gets_both()
    {
        var plan = Plan("a 1: a[x]| extra=='all', b| extra=='x'\nb 1", "a[all]");

        Assert.Equal("1:a-1 1:b-1", Steps(plan));
    }

    [Fact]
    public void A_constraint_bounds_what_is_there_but_brings_nothing_in()
    {
        var request = ToyArchive.Ask("a") with
        {
            Constraints = [Requirement.Parse("b<2"), Requirement.Parse("unrelated==1")],
        };

        var plan = Plan("a 1: b\nb 1\nb 2\nunrelated 1", request);

        Assert.Equal("1:a-1 1:b-1", Steps(plan));
    }

    [Fact]
    public void An_override_replaces_every_requirement_on_its_project()
    {
        var request = ToyArchive.Ask("a") with { Overrides = [Requirement.Parse("b==2")] };

        Assert.Equal("1:a-1 1:b-2", Steps(Plan("a 1: b<2\nb 1\nb 2", request)));
    }

    [Fact]
    public void A_waived_build_requirement_is_listed_but_not_needed()
    {
        var request = ToyArchive.Ask("a") with
        {
            Waivers = [new Waiver(PackageName.Parse("a"), PackageName.Parse("numpy"))],
        };

        var plan = Plan("a 1 sdist: build: numpy", request);

        Assert.Null(Assert.Single(plan.Steps[0].Requires).SatisfiedBy);
    }

    [Fact]
    public void A_marker_that_does_not_hold_requires_nothing()
    {
        Assert.Equal("1:a-1", Steps(Plan("a 1: b| sys_platform=='win32'", "a")));
    }

    [Fact]
    public void A_version_for_another_Python_is_passed_over()
    {
        Assert.Equal("1:a-1", Steps(Plan("a 1\na 2: python: >=3.13", "a")));
    }

    [Fact]
    public void A_pre_release_is_chosen_only_where_no_final_release_will_do()
    {
        Assert.Equal("1:a-1", Steps(Plan("a 1\na 2a1", "a")));
        Assert.Equal("1:a-2a1", Steps(Plan("a 1\na 2a1", "a>1")));
    }

    [Fact]
    public void A_yanked_version_is_used_only_where_it_is_pinned()
    {
        Assert.Equal("1:a-1", Steps(Plan("a 1\na 2: yanked", "a")));
        Assert.Equal("1:a-2", Steps(Plan("a 1\na 2: yanked", "a==2")));
    }

    [Fact]
    public void Among_artifacts_of_one_version_the_preferred_kind_wins()
    {
        const string archive = "a 1 sdist\na 1 wheel\na 1 tree";

        Assert.Equal(DistributionKind.Wheel, Plan(archive, "a").Steps[0].Candidate.Kind);
        Assert.Equal(
            DistributionKind.Sdist,
            Plan(archive, ToyArchive.Ask("a") with { Prefer = [DistributionKind.Sdist] }).Steps[0].Candidate.Kind
        );
    }

    [Fact]
    public void Lowest_direct_takes_the_lowest_of_what_was_requested_and_the_highest_of_the_rest()
    {
        var plan = Plan(
            "a 1: b\na 2: b\nb 1\nb 2",
            ToyArchive.Ask("a") with
            {
                Resolution = ResolutionMode.LowestDirect,
            }
        );

        Assert.Equal("1:a-1 1:b-2", Steps(plan));
    }

    [Fact]
    public void Only_what_the_roots_can_reach_is_read()
    {
        var archive = new ToyArchive("a 2: b\na 1: c\nb 1\nc 1\nd 1");

        Planner.Plan(archive, ToyArchive.Ask("a"), PlanLimits.None);

        Assert.Equal(["a", "b"], archive.Asked.Select(each => each.Normalized));
    }

    [Fact]
    public void Every_need_of_a_step_is_named()
    {
        var plan = Plan("app 1 sdist: lib; build: lib>=1\nlib 1", "app, lib");

        Assert.Equal(
            ["Root lib", "Runtime lib by app", "Build lib>=1 by app"],
            plan.Steps[0]
                .NeededBy.Select(each =>
                    $"{each.Role} {each.Requirement}{(each.Name is { } name ? $" by {name}" : "")}"
                )
        );
    }

    [Fact]
    public void A_direct_reference_is_met_by_that_file_alone()
    {
        var plan = Plan("a 1\na 2", $"a @ {new Uri(Path.GetFullPath("a-1.Wheel")).AbsoluteUri}");

        Assert.Equal(Version.Parse("1"), plan.Steps[0].Candidate.Version);
    }
}
