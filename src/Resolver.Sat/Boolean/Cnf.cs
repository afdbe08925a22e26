using System.Runtime.InteropServices;

namespace Resolver.Sat.Boolean;

/// <summary>A formula in conjunctive normal form, growing at its end. Not thread-safe.</summary>
/// <remarks>All literals lie in one list, so a formula of a million clauses is two allocations and not a
/// million.</remarks>
public sealed class Cnf
{
    private readonly List<Literal> literals = [];
    private readonly List<int> starts = [0];

    /// <summary>How many variables there are: those made by <see cref="NewVariable"/> and those that clauses
    /// mention.</summary>
    public int VariableCount { get; private set; }

    public int ClauseCount => starts.Count - 1;

    /// <summary>The sum of the clauses' lengths.</summary>
    public int LiteralCount => literals.Count;

    public BooleanVariable NewVariable() => new(VariableCount++);

    /// <summary>At least one of these literals is true; none at all is the contradiction. The order is kept, and
    /// nothing is simplified.</summary>
    /// <returns>The clause's index.</returns>
    public int AddClause(params ReadOnlySpan<Literal> clause)
    {
        foreach (var literal in clause)
            VariableCount = Math.Max(VariableCount, literal.Variable.Index + 1);
        literals.AddRange(clause);
        starts.Add(literals.Count);
        return starts.Count - 2;
    }

    /// <summary>The literals of a clause. Valid until the next clause is added.</summary>
    public ReadOnlySpan<Literal> Clause(int index) =>
        CollectionsMarshal.AsSpan(literals)[starts[index]..starts[index + 1]];

    /// <summary>Whether the assignment (indexed by variable) makes a literal of every clause true.</summary>
    public bool IsSatisfiedBy(ReadOnlySpan<bool> assignment)
    {
        for (var clause = 0; clause < ClauseCount; clause++)
        {
            var satisfied = false;
            foreach (var literal in Clause(clause))
                satisfied |= assignment[literal.Variable.Index] != literal.IsNegative;
            if (!satisfied)
                return false;
        }

        return true;
    }
}
