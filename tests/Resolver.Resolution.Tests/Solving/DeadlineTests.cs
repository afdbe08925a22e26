using Resolver.Packaging.Markers;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Explanations;
using Resolver.Resolution.Explanations.Report;
using Resolver.Resolution.Missing;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Requests;
using Resolver.Resolution.Solving;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>One deadline for everything that serves a command.</summary>
public sealed class DeadlineTests
{
    [Fact]
    public void A_deadline_at_once_is_over_and_nothing_is_left_of_it()
    {
        var deadline = Deadline.After(TimeSpan.Zero);

        Assert.True(deadline.IsOver);
        Assert.Equal(TimeSpan.Zero, deadline.Left);
        using var stop = Deadline.Source(deadline, TestContext.Current.CancellationToken);
        Assert.True(stop.IsCancellationRequested);
    }

    [Fact]
    public void A_far_deadline_is_not_over_and_no_more_is_left_than_there_was()
    {
        var deadline = Deadline.After(TimeSpan.FromDays(10_000));

        Assert.False(deadline.IsOver);
        Assert.InRange(deadline.Left, TimeSpan.FromDays(9_999), deadline.Limit);
        using var stop = Deadline.Source(deadline, TestContext.Current.CancellationToken);
        Assert.False(stop.IsCancellationRequested);
    }

    [Fact]
    public void Negative_time_is_an_error() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.After(TimeSpan.FromSeconds(-1)));

    /// <summary>Planned, explained and listed in a moment where each extra is looked at once; in minutes where each
    /// looks at all the others.</summary>
    [Fact]
    public void A_project_of_ten_thousand_extras_is_planned_explained_and_completed()
    {
        var extras = Enumerable.Range(0, 10_000).Select(i => $"e{i}").ToArray();
        var source = new ToyArchive(
            $"user 1: big[{string.Join(",", extras)}]\n"
                + $"big 1: {string.Join(", ", extras.Select((extra, i) => $"d{i % 50} | extra == '{extra}'"))}\n"
                + string.Join('\n', Enumerable.Range(0, 50).Select(i => $"d{i} 1"))
        );

        var planned = Assert.IsType<PlanOutcome.Planned>(Planner.Plan(source, ToyArchive.Ask("user"), PlanLimits.None));
        Assert.Equal(52, planned.Plan.Steps.Count);
        Assert.IsType<PlanOutcome.Impossible>(Planner.Plan(source, ToyArchive.Ask("user, d7>1"), PlanLimits.None));
        var missing = MissingProjects.Find(source, ToyArchive.Ask("user, x"), PlanLimits.None)!;
        Assert.Equal("x", Assert.Single(missing.Projects).Name.ToString());
    }

    /// <summary>The time that the search took is not given once more to the explanation.</summary>
    [Fact]
    public void An_explanation_after_the_deadline_is_not_begun()
    {
        var source = new ToyArchive("a 1: b>=2\nb 1");
        var request = new PlanRequest
        {
            Environment = MarkerEnvironment.CPython311OnLinux,
            Roots = [Requirement.Parse("a")],
        };
        var problem = RequestedProblem.Of(source, request);
        var limits = new PlanLimits(Deadline.After(TimeSpan.Zero));

        Assert.Null(Explainer.Explain(problem, problem, source, limits, TestContext.Current.CancellationToken));
    }
}
