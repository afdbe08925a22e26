using Resolver.Sat.Boolean;

namespace Resolver.Sat.Proofs;

/// <summary>
/// Writes a refutation in the text form of DRAT (Wetzler, Heule and Hunt, SAT 2014): one clause a line, each
/// redundant given the formula and the lines before it, because unit propagation on its negation ends in a conflict
/// (RUP), or because that holds for every resolvent on its first literal (RAT). A line <c>d …</c> takes a clause
/// away. The last line is the empty clause, <c>0</c>.
/// </summary>
public sealed class DratWriter(TextWriter writer)
{
    /// <summary>Lines written so far.</summary>
    public int Steps { get; private set; }

    /// <summary>Adds a clause. The first literal is the pivot where the clause is not RUP.</summary>
    public void Add(params ReadOnlySpan<Literal> clause)
    {
        Steps++;
        Dimacs.WriteClause(writer, clause);
    }

    /// <summary>Takes a clause away: a checker need not look at it any more.</summary>
    public void Delete(params ReadOnlySpan<Literal> clause)
    {
        Steps++;
        writer.Write("d ");
        Dimacs.WriteClause(writer, clause);
    }
}
