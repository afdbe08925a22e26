using CsCheck;
using Resolver.Sat.Boolean;
using Xunit;

namespace Resolver.Sat.Tests.Boolean;

/// <summary>The DIMACS text form.</summary>
public sealed class DimacsTests
{
    private static readonly Gen<Cnf> Formulas = Gen.Int[-9, 9]
        .Where(number => number != 0)
        .Array[0, 5]
        .Array[0, 12]
        .Select(clauses =>
        {
            var formula = new Cnf();
            foreach (var clause in clauses)
                formula.AddClause(clause.Select(Literal.FromDimacs).ToArray());
            return formula;
        });

    [Fact]
    public void Reading_what_was_written_gives_the_formula() =>
        Formulas.Sample(formula =>
        {
            var text = Text(formula);
            var read = Dimacs.Read(new StringReader(text), out var error);
            Assert.Null(error);
            Assert.Equal(formula.VariableCount, read!.VariableCount);
            Assert.Equal(text, Text(read));
        });

    [Fact]
    public void Comments_stand_above_their_clause_line_by_line()
    {
        var formula = new Cnf();
        formula.AddClause(Literal.FromDimacs(1), Literal.FromDimacs(-2));
        using var writer = new StringWriter();

        Dimacs.Write(writer, formula, clause => $"clause {clause}\nof two lines");

        Assert.Equal("p cnf 2 1\nc clause 0\nc of two lines\n1 -2 0\n", writer.ToString());
    }

    [Fact]
    public void A_clause_may_span_lines_and_share_one()
    {
        var formula = Dimacs.Read(new StringReader("c first\np cnf 3 2\n1\n-2 0 3\n\t0\n"), out _);

        Assert.Equal(2, formula!.ClauseCount);
        Assert.Equal([1, -2], formula.Clause(0).ToArray().Select(literal => literal.ToDimacs()));
        Assert.Equal([3], formula.Clause(1).ToArray().Select(literal => literal.ToDimacs()));
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("1 0\n", 1)] // no header
    [InlineData("p cnf 1\n", 1)]
    [InlineData("p cnf -1 0\n", 1)]
    [InlineData("p cnf 1 1\n2 0\n", 2)] // beyond the header's variables
    [InlineData("p cnf 1 1\n1 x 0\n", 2)]
    [InlineData("p cnf 1 1\n1\n", 3)] // no 0 at the end
    [InlineData("p cnf 1 2\n1 0\n", 3)] // fewer clauses than the header says
    [InlineData("p cnf 1 1\n-2147483648 0\n", 2)]
    public void What_is_no_formula_is_an_error_with_its_line(string text, int line)
    {
        var formula = Dimacs.Read(new StringReader(text), out var error);

        Assert.Null(formula);
        Assert.Equal(line, error!.Line);
    }

    [Fact]
    public void A_literal_and_its_number_are_one_to_one() =>
        Gen.Int[-100, 100]
            .Where(number => number != 0)
            .Sample(number =>
            {
                var literal = Literal.FromDimacs(number);
                Assert.Equal(number, literal.ToDimacs());
                Assert.Equal(-number, (!literal).ToDimacs());
                Assert.Equal(literal, literal.IsNegative ? literal.Variable.Negative : literal.Variable.Positive);
            });

    private static string Text(Cnf formula)
    {
        using var writer = new StringWriter();
        Dimacs.Write(writer, formula);
        return writer.ToString();
    }
}
