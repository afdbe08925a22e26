using Resolver.Resolution.Checking;
using Resolver.Resolution.Problems;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Checking;

/// <summary>The judge of every selection: what is consistent passes, and each way to be wrong is named.</summary>
public sealed class SelectionCheckerTests
{
    private const string World =
        "a 1 -> b>=2, ~c<2, d ?x; a 2! -> b; b 1 2 3; c 1 2; d 1; e 1s <- f; f 1s <- e; root a";

    [Theory]
    [InlineData("a 1, b 2")]
    [InlineData("a 1, b 3")]
    public void A_consistent_selection_passes(string selection) => Assert.Empty(Violations(World, selection));

    [Theory]
    [InlineData("", "Unsatisfied root")]
    [InlineData("b 2", "Unsatisfied root; Unreached b")]
    [InlineData("a 1", "Unsatisfied a")] // b is missing
    [InlineData("a 1, b 1", "Unsatisfied a")]
    [InlineData("a 2, b 2", "Unusable a")]
    [InlineData("a 1, b 2, c 1", "Unreached c")] // a constraint brings nothing in
    [InlineData("a 1, b 2, c 2", "Unsatisfied a; Unreached c")]
    [InlineData("a 1, b 2, d 1", "Unreached d")] // the extra is not active
    [InlineData("a 1, b 2, a 1", "NoSuchCandidate a")]
    public void What_is_wrong_is_named(string selection, string expected) =>
        Assert.Equal(expected, string.Join("; ", Violations(World, selection)));

    [Theory]
    [InlineData("a 1, a[x] 0, b 2, d 1", "")]
    [InlineData("a 1, a[x] 0, b 2", "Unsatisfied a")]
    public void An_active_extra_brings_its_requirements(string selection, string expected) =>
        Assert.Equal(
            expected,
            string.Join("; ", Violations(World.Replace("root a", "root a[x]", StringComparison.Ordinal), selection))
        );

    [Theory]
    [InlineData("a 1, b 1", "")]
    [InlineData("a 1", "Unsatisfied a")]
    [InlineData("a 1, a[x] 0", "Unreached a[x]")] // an extra that nothing asks for does not switch the requirement off unnoticed
    public void A_requirement_without_an_extra_holds_where_the_extra_is_inactive(string selection, string expected) =>
        Assert.Equal(expected, string.Join("; ", Violations("a 1 -> b ?!x; b 1; root a", selection)));

    [Fact]
    public void Builds_that_cannot_be_ordered_are_a_violation() =>
        Assert.Equal(
            "Theory",
            string.Join("; ", Violations(World.Replace("root a", "root e", StringComparison.Ordinal), "e 1, f 1"))
        );

    [Fact]
    public void A_candidate_that_there_is_not_is_a_violation() =>
        Assert.Equal(
            ViolationKind.NoSuchCandidate,
            Assert
                .Single(SelectionChecker.Check(ToyProblem.Of("a 1; root a"), new Selection([new VariableId(0)], [1])))
                .Kind
        );

    private static IEnumerable<string> Violations(string world, string selection)
    {
        var problem = ToyProblem.Of(world);
        var variables = Enumerable.Range(0, problem.VariableCount).Select(index => new VariableId(index)).ToArray();
        var items = selection
            .Split(", ", StringSplitOptions.RemoveEmptyEntries)
            .Select(item => item.Split(' '))
            .Select(item =>
            {
                var variable = variables.Single(candidate => problem.NameOf(candidate) == item[0]);
                var version = int.Parse(item[1]);
                return (
                    Variable: variable,
                    Candidate: Enumerable
                        .Range(0, problem.CandidateCount(variable))
                        .Single(candidate => problem.VersionOf(variable, candidate) == version)
                );
            })
            .ToArray();
        return SelectionChecker
            .Check(
                problem,
                new Selection([.. items.Select(item => item.Variable)], [.. items.Select(item => item.Candidate)])
            )
            .Select(violation =>
                violation.Kind == ViolationKind.Theory
                    ? "Theory"
                    : $"{violation.Kind} {(violation.Variable is { } variable ? problem.NameOf(variable) : "root")}"
            );
    }
}
