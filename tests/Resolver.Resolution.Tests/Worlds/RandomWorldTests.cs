using CsCheck;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Testing.Reference;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Worlds;

/// <summary>The generator and the notation: agreement on dull worlds would prove nothing.</summary>
public sealed class RandomWorldTests
{
    [Fact]
    public void Random_worlds_are_interesting()
    {
        var (possible, impossible, conflicting, large, refuted) = (0, 0, 0, 0, 0);
        for (var seed = 0; seed < 1_000; seed++)
        {
            var world = RandomWorld.Any.Generate(new PCG(1, (ulong)seed), null, out _);
            var outcome = new DomainSolver().Solve(
                new ToyProblem(world),
                SolveOptions.Default,
                TestContext.Current.CancellationToken
            );
            (possible, impossible) =
                outcome is Outcome.Satisfiable ? (possible + 1, impossible) : (possible, impossible + 1);
            conflicting += outcome is Outcome.Satisfiable { Statistics.Conflicts: > 0 } ? 1 : 0;
            large += outcome is Outcome.Satisfiable { Selection.Order.Count: >= 10 } ? 1 : 0;
            refuted +=
                new DomainSolver()
                    .Solve(
                        new ToyProblem(world, orderable: false),
                        SolveOptions.Default,
                        TestContext.Current.CancellationToken
                    )
                    .GetType() != outcome.GetType()
                    ? 1
                    : 0;
        }

        // Both verdicts, conflicts on the way to a selection, selections that are not small, verdicts that hang on
        // the order of builds.
        Assert.True(possible > 200, $"{possible} possible");
        Assert.True(impossible > 200, $"{impossible} impossible");
        Assert.True(conflicting > 30, $"{conflicting} with conflicts");
        Assert.True(large > 50, $"{large} large");
        Assert.True(refuted > 3, $"{refuted} hang on the order of builds");
    }

    [Fact]
    public void The_reference_finishes_most_small_worlds()
    {
        var finished = Enumerable
            .Range(0, 300)
            .Count(seed =>
                ReferenceSolver.TrySolve(
                    new ToyProblem(RandomWorld.Small.Generate(new PCG(1, (ulong)seed), null, out _)),
                    500,
                    out _
                )
            );

        Assert.True(finished > 270, $"{finished} of 300");
    }

    [Fact]
    public void Reading_what_was_written_gives_the_world() =>
        RandomWorld.WithInactiveExtras.Sample(
            world => Assert.Equal(world.ToString(), ToyWorld.Of(world.ToString()).ToString()),
            iter: 300
        );

    [Theory]
    [InlineData("a 1 2 -> b>=1<3; b 1 2 3; root a", "a 2, b 2")]
    [InlineData("a 1 2 -> b; b 1 -> a=1; root a", "a 1, b 1")]
    [InlineData("a 1 2; prefer a 1 2; root a", "a 1")]
    [InlineData("a 1 2!; root a", "a 1")]
    [InlineData("a 1 -> b ?x, c; b 1; c 1; root a[x]", "a 1, a[x] 0, c 1, b 1")]
    [InlineData("a 1 -> b ?!x; b 1; root a", "a 1, b 1")]
    [InlineData("a 1 -> b ?!x; root a", "none")]
    [InlineData("a 1 2s <- b; b 1s <- a=2; root a", "a 1")]
    [InlineData("a 1 -> ~b<2, c; c 1 -> b; b 1 2; root a", "a 1, c 1, b 1")]
    public void The_reference_does_what_the_definition_says(string world, string expected)
    {
        var problem = ToyProblem.Of(world);

        Assert.True(ReferenceSolver.TrySolve(problem, 10_000, out var best));
        Assert.Equal(
            expected,
            best is null
                ? "none"
                : string.Join(
                    ", ",
                    best.Select(item =>
                        $"{problem.NameOf(item.Variable)} {problem.VersionOf(item.Variable, item.Candidate)}"
                    )
                )
        );
    }
}
