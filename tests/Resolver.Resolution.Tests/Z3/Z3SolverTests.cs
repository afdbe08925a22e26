using Resolver.Resolution.Solving;
using Resolver.Resolution.Z3;
using Resolver.Sat.Z3;
using Resolver.Testing.Worlds;
using Xunit;

namespace Resolver.Resolution.Tests.Z3;

/// <summary>The limits of the second engine: 'gave up' is never 'impossible'. Its answers are held against the
/// others' elsewhere.</summary>
public sealed class Z3SolverTests
{
    private const string World = "a 1 2 -> b>=2; b 1 2 -> c; c 1; root a";

    public Z3SolverTests() => Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);

    [Fact]
    public void A_cancelled_solve_gives_up()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();

        var outcome = new Z3Solver().Solve(ToyProblem.Of(World), SolveOptions.Default, source.Token);

        Assert.Equal(LimitReached.Cancelled, Assert.IsType<Outcome.GaveUp>(outcome).Limit);
    }

    [Fact]
    public void A_solve_without_time_gives_up()
    {
        var outcome = new Z3Solver().Solve(
            ToyProblem.Of(World),
            new SolveOptions { Deadline = Deadline.After(TimeSpan.Zero) },
            TestContext.Current.CancellationToken
        );

        Assert.Equal(LimitReached.Timeout, Assert.IsType<Outcome.GaveUp>(outcome).Limit);
    }

    [Fact]
    public void A_negative_limit_is_an_error()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() =>
            new Z3Solver().Solve(
                ToyProblem.Of(World),
                new SolveOptions { ConflictLimit = -1 },
                TestContext.Current.CancellationToken
            )
        );
        Assert.Throws<ArgumentOutOfRangeException>(() => Deadline.After(TimeSpan.FromSeconds(-1)));
    }

    [Theory]
    [InlineData("a 1 2; root b")] // a project that nobody knows
    [InlineData("a 1!; root a")]
    [InlineData("a 1 -> a=2; a 2 -> a=1; root a")]
    public void What_is_impossible_is_found_to_be(string world) =>
        Assert.IsType<Outcome.Unsatisfiable>(
            new Z3Solver().Solve(ToyProblem.Of(world), SolveOptions.Default, TestContext.Current.CancellationToken)
        );
}
