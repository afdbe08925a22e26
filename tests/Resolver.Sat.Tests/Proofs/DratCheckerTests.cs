using Resolver.Testing.Proofs;
using Xunit;

namespace Resolver.Sat.Tests.Proofs;

/// <summary>The checker that all proofs are replayed with is itself held to account: what it accepts and what it must
/// not.</summary>
public sealed class DratCheckerTests
{
    // All eight clauses over three variables: impossible, and nothing follows by unit propagation from fewer than two
    // assumptions.
    private const string Eight =
        "p cnf 3 8\n1 2 3 0\n1 2 -3 0\n1 -2 3 0\n1 -2 -3 0\n-1 2 3 0\n-1 2 -3 0\n-1 -2 3 0\n-1 -2 -3 0\n";

    [Fact]
    public void Steps_that_follow_by_unit_propagation_are_accepted() =>
        Assert.Null(DratChecker.Check(Eight, "1 2 0\n1 0\n2 0\n0\n"));

    [Theory]
    [InlineData("0\n")] // the contradiction without its steps
    [InlineData("1 2 0\n0\n")] // one step is not enough
    [InlineData("1 2 0\n1 0\n2 0\n")] // without the contradiction
    [InlineData("1 2 0\n1 0\nd 1 0\nd 1 2 3 0\n0\n")] // what is needed was taken away
    [InlineData("d 1 2 0\n0\n")] // takes away what is not there
    [InlineData("1 2\n0\n")] // no 0 at the end of a step
    [InlineData("1 0 2 0\n0\n")] // 0 within a step
    [InlineData("one 0\n0\n")]
    public void Broken_proofs_are_rejected(string proof) => Assert.NotNull(DratChecker.Check(Eight, proof));

    [Fact]
    public void A_definition_of_a_new_variable_is_accepted_by_its_pivot()
    {
        // 4 is defined as 1 or 2; the rest follows from it.
        Assert.Null(DratChecker.Check(Eight, "4 -1 0\n4 -2 0\n-4 1 2 0\n1 2 0\n1 0\n2 0\n0\n"));
    }

    [Fact]
    public void A_clause_that_its_pivot_does_not_justify_is_rejected()
    {
        // On -1 it would be no definition: 1 is in use.
        Assert.NotNull(DratChecker.Check("p cnf 2 2\n1 2 0\n1 -2 0\n", "-1 0\n0\n"));
    }

    [Fact]
    public void Nothing_proves_a_satisfiable_formula() =>
        Assert.NotNull(DratChecker.Check("p cnf 2 2\n1 2 0\n-1 2 0\n", "2 0\n1 0\n0\n"));

    [Fact]
    public void Comments_in_a_proof_are_passed_over() =>
        Assert.Null(DratChecker.Check("p cnf 1 2\n1 0\n-1 0\n", "c nothing to do\n0\n"));
}
