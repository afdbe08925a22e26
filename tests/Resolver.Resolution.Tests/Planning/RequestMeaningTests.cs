using Resolver.Packaging.Requirements;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Requests;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Planning;

/// <summary>What parts of a request mean where pip or uv define it.</summary>
public sealed class RequestMeaningTests
{
    private const string False = "python_version < '3'";

    [Fact]
    public void Root_whose_marker_is_false_pins_no_yanked_version() =>
        Assert.Equal("foo 0.9", Planned("foo 1.0: ; yanked\nfoo 0.9", Ask($"foo, foo==1.0 | {False}")));

    [Fact]
    public void Root_whose_marker_is_false_lets_no_prerelease_in() =>
        Assert.Equal(
            "foo 1",
            Planned("foo 1\nfoo 2a1", Ask($"foo, foo>=2a1 | {False}") with { Prerelease = PrereleaseMode.Explicit })
        );

    [Fact]
    public void Root_whose_marker_is_false_is_not_direct() =>
        Assert.Equal(
            "app 1, foo 2",
            Planned(
                "app 1: foo\nfoo 1\nfoo 2",
                Ask($"app, foo | {False}") with
                {
                    Resolution = ResolutionMode.LowestDirect,
                }
            )
        );

    [Fact]
    public void Constraint_whose_marker_is_false_pins_nothing_and_needs_nothing()
    {
        var request = Ask("foo") with { Constraints = [Requirement.Parse($"foo==1.0 ; {False}")] };

        Assert.Equal("foo 0.9", Planned("foo 1.0: ; yanked\nfoo 0.9", request));
        Assert.DoesNotContain(Plan("foo 0.9", request).Steps.Single().NeededBy, need => need.Role == Role.Constraint);
    }

    [Fact]
    public void Root_whose_marker_is_false_stays_out_where_an_override_names_its_project() =>
        Assert.Equal(
            "app 1",
            Planned("app 1\nfoo 1", Ask($"app, foo | {False}") with { Overrides = [Requirement.Parse("foo==1")] })
        );

    [Theory]
    [InlineData("foo==1")]
    [InlineData("foo==1.0.0")]
    [InlineData("foo==v1.0")]
    [InlineData("foo===1.0")]
    public void Exact_version_pins_a_yanked_one_in_any_spelling(string root) =>
        Assert.Equal("foo 1.0", Planned("foo 1.0: ; yanked\nfoo 0.9", Ask(root)));

    [Theory]
    [InlineData("foo==1.*")]
    [InlineData("foo>=1")]
    public void What_names_no_single_version_pins_no_yanked_one(string root) =>
        Assert.IsType<PlanOutcome.Impossible>(
            Planner.Plan(new ToyArchive("foo 1.0: ; yanked\nfoo 0.9"), Ask(root), PlanLimits.None)
        );

    [Theory]
    [InlineData("extra == 'x'", "app 1")]
    [InlineData("extra == 'x' and python_version < '3'", "app 1")]
    [InlineData("extra == 'x' or python_version < '3'", "app 1, lib 1")]
    [InlineData("python_version < '3'", "app 1, lib 1")]
    [InlineData("extra != 'x'", "app 1, lib 1")]
    public void Override_keeps_the_condition_on_extras_of_what_it_replaces(string marker, string expected) =>
        Assert.Equal(
            expected,
            Planned($"app 1: lib>=2 | {marker}\nlib 1", Ask("app") with { Overrides = [Requirement.Parse("lib==1")] })
        );

    [Fact]
    public void Override_counts_where_the_extra_that_it_stands_behind_is_requested() =>
        Assert.Equal(
            "app 1, lib 1",
            Planned(
                "app 1: lib>=2 | extra == 'x'\nlib 1",
                Ask("app[x]") with
                {
                    Overrides = [Requirement.Parse("lib==1")],
                }
            )
        );

    [Fact]
    public void Explicit_prereleases_come_after_finals() =>
        Assert.Equal(
            "foo 1",
            Planned("foo 1\nfoo 2a1", Ask("foo>=0.9a1") with { Prerelease = PrereleaseMode.Explicit })
        );

    private static PlanRequest Ask(string roots) => ToyArchive.Ask(roots);

    private static Plan Plan(string archive, PlanRequest request) =>
        Assert.IsType<PlanOutcome.Planned>(Planner.Plan(new ToyArchive(archive), request, PlanLimits.None)).Plan;

    private static string Planned(string archive, PlanRequest request) =>
        string.Join(
            ", ",
            Plan(archive, request).Steps.Select(step => $"{step.Candidate.Name} {step.Candidate.Version}").Order()
        );
}
