using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

public sealed class ExplainerTests
{
    private static Explanation Explain(string archive, string requirements)
    {
        var outcome = Planner.Plan(new ToyArchive(archive), ToyArchive.Ask(requirements), PlanLimits.None);
        var explanation = Assert.IsType<PlanOutcome.Impossible>(outcome).Explanation;
        Assert.True(explanation.Minimal);
        return explanation;
    }

    [Fact]
    public void A_project_that_is_not_there_is_named_in_one_sentence()
    {
        Assert.Equal("No plan: a is requested, but the archive has no a.", Explain("b 1", "a").Text);
    }

    [Fact]
    public void A_version_that_is_too_old_is_reported_with_what_is_available()
    {
        var explanation = Explain("httpcore 1.0.9: h11>=0.16\nh11 0.14", "httpcore>=1");

        Assert.Equal(
            "No plan: httpcore>=1 is requested. httpcore 1.0.9, the only candidate, requires h11>=0.16, but only h11 "
                + "0.14 (h11-0.14.Wheel) is available.",
            explanation.Text
        );
        Assert.Contains(explanation.Hints, each => each is { Name: "h11", Version: "0.14", Why: "out-of-range" });
        Assert.Equal(
            ["add h11>=0.16", "relax httpcore 1.0.9: h11>=0.16 to h11"],
            explanation.Fixes.Select(fix => $"{fix[0].Verb} {fix[0].What}")
        );
    }

    [Theory]
    [InlineData("app 1: lib, gone1, gone2", "app", "add gone1, add gone2")]
    [InlineData("app 1: gone1\nb 1\nc 1\nd 1", "app, lib, b, c, d", "add gone1")]
    public void What_older_versions_require_is_not_looked_at_where_nothing_depends_on_it(
        string lines,
        string requirements,
        string first
    )
    {
        var archive = new ToyArchive($"{lines}\nlib 3\nlib 2: old2\nlib 1: old1\nold1 1\nold2 1");

        var outcome = Planner.Plan(archive, ToyArchive.Ask(requirements), PlanLimits.None);

        var fix = Assert.IsType<PlanOutcome.Impossible>(outcome).Explanation.Fixes[0];
        Assert.Equal(first, string.Join(", ", fix.Select(each => $"{each.Verb} {each.What}")));
        Assert.DoesNotContain(archive.Asked, each => each.Normalized.StartsWith("old", StringComparison.Ordinal));
    }

    [Fact]
    public void A_range_is_told_with_its_lower_bound_first()
    {
        var explanation = Explain("lib 3\nb 1", "lib>=1,<2, b");

        Assert.StartsWith("No plan: lib>=1,<2 is requested", explanation.Text, StringComparison.Ordinal);
        Assert.Contains("request lib instead of lib>=1,<2 (lib 3 fits)", explanation.Fixes.Select(fix => fix[0].Text));
        Assert.Contains("drop lib>=1,<2 from the request", explanation.Fixes.Select(fix => fix[0].Text));
    }

    [Fact]
    public void What_does_not_matter_is_not_mentioned()
    {
        var explanation = Explain("a 1: b, c, d\nb 1: e\nc 1\nd 1: x\ne 1", "a, c");

        Assert.DoesNotContain("e 1", explanation.Text, StringComparison.Ordinal);
        Assert.Contains("has no x", explanation.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_build_requirement_is_worded_as_one()
    {
        Assert.Contains(
            "idna 3.6 (idna-3.6.Sdist), the only candidate, requires flit_core>=3.4 to build",
            Explain("idna 3.6 sdist: build: flit_core>=3.4", "idna").Text,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_bound_on_Python_is_the_reason_where_it_is_the_reason()
    {
        var explanation = Explain("a 1: python: >=3.13", "a");

        Assert.Contains("requires Python >=3.13", explanation.Text, StringComparison.Ordinal);
        Assert.Contains(explanation.Hints, each => each.Why == "requires-python");
    }

    [Fact]
    public void A_misspelt_name_is_pointed_out()
    {
        Assert.Contains(
            Explain("flit-core 3", "flitcore").Hints,
            each => each is { Why: "misspelt", Name: "flitcore" }
        );
    }

    [Fact]
    public void What_no_version_can_be_is_not_offered_for_adding()
    {
        Assert.DoesNotContain(Explain("lib 1\nlib 2", "lib<2, lib>=2").Fixes, fix => fix[0].Verb == "add");
    }

    [Fact]
    public void Two_independent_reasons_get_a_fix_that_removes_both()
    {
        var explanation = Explain("a 1: x\nb 1: y", "a, b");

        var fix = Assert.Single(explanation.Fixes);
        Assert.Equal(2, fix.Count);
    }

    [Fact]
    public void A_root_that_alone_lets_prereleases_in_is_not_offered_for_dropping()
    {
        var request = ToyArchive.Ask("x==1.0a1, y") with { Prerelease = PrereleaseMode.Explicit };
        var archive = new ToyArchive("x 1.0a1\nx 1.0a2\ny 1: x==1.0a2");
        var explanation = Assert
            .IsType<PlanOutcome.Impossible>(Planner.Plan(archive, request, PlanLimits.None))
            .Explanation;

        Assert.DoesNotContain(explanation.Fixes, fix => fix[0] is { Verb: "drop" or "split", What: "x==1.0a1" });
        Assert.Contains(explanation.Fixes, fix => fix[0] is { Verb: "drop", What: "y" });
    }
}
