using CsCheck;
using Resolver.Sat.Boolean;
using Resolver.Sat.Z3;
using Xunit;

namespace Resolver.Sat.Tests.Z3;

/// <summary>Z3 through the light API of Microsoft.Z3.</summary>
public sealed class Z3SessionTests
{
    private static readonly Gen<int[][]> Clauses = Gen.Int[-6, 6].Where(number => number != 0).Array[1, 3].Array[0, 30];

    [Fact]
    public void The_verdict_is_that_of_trying_every_assignment()
    {
        RequireZ3();
        Clauses.Sample(
            clauses =>
            {
                var formula = Formula(clauses);
                using var session = new Z3Session();
                session.Load(formula);
                var isSatisfiable = Assignments(formula.VariableCount)
                    .Any(assignment => formula.IsSatisfiedBy(assignment));
                Assert.Equal(isSatisfiable ? Z3Verdict.Satisfiable : Z3Verdict.Unsatisfiable, session.Check([]));
                if (isSatisfiable)
                    Assert.True(
                        formula.IsSatisfiedBy(
                            Enumerable
                                .Range(0, formula.VariableCount)
                                .Select(variable => session.IsTrue(new BooleanVariable(variable).Positive))
                                .ToArray()
                        )
                    );
            },
            iter: 200,
            threads: 1
        );
    }

    [Fact]
    public void Assumptions_and_alternatives_hold_for_one_check_only()
    {
        RequireZ3();
        var formula = Formula([
            [1, 2, 3],
            [-1, -2],
        ]);
        var (one, two, three) = (Literal.FromDimacs(1), Literal.FromDimacs(2), Literal.FromDimacs(3));
        using var session = new Z3Session();
        session.Load(formula);

        Assert.Equal(Z3Verdict.Unsatisfiable, session.Check([one, two]));
        Assert.Equal(Z3Verdict.Unsatisfiable, session.Check([!two, !three], [!one, two]));
        Assert.Equal(Z3Verdict.Satisfiable, session.Check([!two], [three, two]));
        Assert.True(session.IsTrue(three));
        Assert.True(session.IsTrue(!two));
        Assert.Equal(Z3Verdict.Satisfiable, session.Check([!three]));
    }

    [Fact]
    public void Clauses_may_be_added_between_checks()
    {
        RequireZ3();
        var formula = Formula([
            [1, 2],
        ]);
        using var session = new Z3Session();
        session.Load(formula);
        Assert.Equal(Z3Verdict.Satisfiable, session.Check([Literal.FromDimacs(-1)]));

        formula.AddClause(Literal.FromDimacs(-2), Literal.FromDimacs(3));
        formula.AddClause(Literal.FromDimacs(-3));
        session.Load(formula);

        Assert.Equal(Z3Verdict.Unsatisfiable, session.Check([Literal.FromDimacs(-1)]));
    }

    [Fact]
    public void A_model_cannot_be_asked_where_there_is_none()
    {
        RequireZ3();
        using var session = new Z3Session();
        session.Load(
            Formula([
                [1],
                [-1],
            ])
        );

        Assert.Equal(Z3Verdict.Unsatisfiable, session.Check([]));
        Assert.Throws<InvalidOperationException>(() => session.IsTrue(Literal.FromDimacs(1)));
    }

    [Fact]
    public void A_conflict_limit_ends_a_check_without_a_verdict()
    {
        RequireZ3();
        using var session = new Z3Session();
        session.Load(Pigeons(9));

        Assert.Equal(Z3Verdict.Unknown, session.Check([], conflictLimit: 10));
    }

    [Fact]
    public void An_interruption_ends_a_check_without_a_verdict()
    {
        RequireZ3();
        using var session = new Z3Session();
        session.Load(Pigeons(12));
        using var timer = new Timer(_ => session.Interrupt(), null, 50, 50);

        Assert.Equal(Z3Verdict.Unknown, session.Check([]));
    }

    [Fact]
    public void Where_it_is_missing_one_line_says_what_to_install()
    {
        Assert.DoesNotContain('\n', Z3Library.HowToInstall);
        Assert.StartsWith("Z3 is not available: ", Z3Library.HowToInstall, StringComparison.Ordinal);
        if (!Z3Library.IsAvailable)
            Assert.Equal(Z3Library.HowToInstall, Assert.Throws<Z3NotAvailableException>(() => new Z3Session()).Message);
    }

    private static void RequireZ3() => Assert.SkipUnless(Z3Library.IsAvailable, Z3Library.HowToInstall);

    private static Cnf Formula(int[][] clauses)
    {
        var formula = new Cnf();
        foreach (var clause in clauses)
            formula.AddClause(clause.Select(Literal.FromDimacs).ToArray());
        return formula;
    }

    private static IEnumerable<bool[]> Assignments(int count) =>
        Enumerable
            .Range(0, 1 << count)
            .Select(bits => Enumerable.Range(0, count).Select(variable => (bits >> variable & 1) != 0).ToArray());

    /// <summary>One pigeon more than holes: hard for every solver that reasons by resolution.</summary>
    private static Cnf Pigeons(int holes)
    {
        var formula = new Cnf();
        for (var pigeon = 0; pigeon <= holes; pigeon++)
            formula.AddClause(
                Enumerable
                    .Range(0, holes)
                    .Select(hole => new BooleanVariable((pigeon * holes) + hole).Positive)
                    .ToArray()
            );
        for (var hole = 0; hole < holes; hole++)
        {
            for (var first = 0; first <= holes; first++)
            {
                for (var second = 0; second < first; second++)
                    formula.AddClause(
                        new BooleanVariable((first * holes) + hole).Negative,
                        new BooleanVariable((second * holes) + hole).Negative
                    );
            }
        }

        return formula;
    }
}
