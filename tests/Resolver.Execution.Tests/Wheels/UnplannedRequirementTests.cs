using Resolver.Execution.Wheels;
using Resolver.Packaging.Distributions;
using Resolver.Packaging.Names;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;
using Resolver.Testing;
using Xunit;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Execution.Tests.Wheels;

/// <summary>A build may make a wheel that requires more than its source said.</summary>
public sealed class UnplannedRequirementTests : IDisposable
{
    private readonly FakePip pip = new();

    public void Dispose() => pip.Dispose();

    [Theory]
    [InlineData("surprise>=2", "surprise>=2")]
    [InlineData("surprise; python_version >= '3'", "surprise; python_version >= \"3\"")]
    [InlineData("surprise; python_version < '3'", null)]
    [InlineData("surprise; extra == 'x'", null)]
    [InlineData("known>=9", null)]
    [InlineData("alpha[x]", null)]
    public void Required_project_that_the_source_does_not_name_is_found(string requires, string? found)
    {
        var step = Step([Requirement.Parse("known")]);
        var wheel = new ToyWheel("alpha", "1.0").Requires(requires).In(pip["dist"]);

        var unplanned = UnplannedRequirements.Of(step, wheel, pip.Interpreter.Environment);

        Assert.Equal(found is null ? [] : [found], unplanned.Select(each => each.ToString()));
    }

    [Fact]
    public void Where_the_needs_of_the_source_are_unknown_nothing_is_found()
    {
        var unknown = Step(null);
        var wheel = new ToyWheel("alpha", "1.0").Requires("surprise").In(pip["dist"]);

        Assert.Empty(UnplannedRequirements.Of(unknown, wheel, pip.Interpreter.Environment));
    }

    private static PlanStep Step(IReadOnlyList<Requirement>? requires) =>
        new(
            1,
            1,
            StepAction.Install,
            new Candidate
            {
                Name = PackageName.Parse("alpha"),
                Version = Version.Parse("1.0"),
                Kind = DistributionKind.Sdist,
                Requires = requires,
            },
            [],
            []
        );
}
