using Resolver.Resolution.Planning;
using Resolver.Testing;
using Xunit;

namespace Resolver.Resolution.Tests.Explanations;

/// <summary>Hints at distributions that exist and that no plan knows.</summary>
public sealed class HiddenDistributionHintTests
{
    [Theory]
    [InlineData("lib 2.0", "lib>=2", true)]
    [InlineData("lib 2.0", "lib>=3", false)]
    [InlineData("lib 2.0b1", "lib>=2.0a1", true)]
    [InlineData("lib", "lib>=3", true)]
    public void Hidden_distribution_is_hinted_at_where_it_may_meet_the_requirement(
        string hidden,
        string requested,
        bool isHinted
    )
    {
        var archive = new ToyArchive($"hidden {hidden}: other-prefix: /opt/x: is installed in another prefix");

        var outcome = Planner.Plan(archive, ToyArchive.Ask(requested));

        var explanation = Assert.IsType<PlanOutcome.Impossible>(outcome).Explanation;
        Assert.Equal(isHinted, explanation.Hints.Any(hint => hint.Why == "hidden"));
    }
}
