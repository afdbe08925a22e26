using Resolver.Sat.Boolean;

namespace Resolver.Testing.Proofs;

/// <summary>
/// Replays a DRAT proof against a formula, forwards, clause by clause. Shares no code with what writes proofs but the
/// literals and the reading of DIMACS. Plain: it keeps watches, because proofs of a hundred thousand steps would not
/// be checkable otherwise, and nothing else that is clever.
/// </summary>
public sealed class DratChecker
{
    private readonly List<int[]?> clauses = [];
    private readonly List<List<int>> watches = [];
    private readonly List<List<int>> occurrences = [];
    private readonly List<int> trail = [];
    private sbyte[] values = [];
    private int head;
    private bool contradiction;

    private DratChecker(Cnf formula)
    {
        for (var i = 0; i < formula.ClauseCount; i++)
            Insert(formula.Clause(i).ToArray().Select(literal => literal.Code).Distinct().ToArray());
    }

    /// <summary>Replays the proof.</summary>
    /// <returns>Null where every step follows and the last derives the contradiction; else what is wrong, with its
    /// line.</returns>
    public static string? Check(string formula, string proof)
    {
        var parsed = Dimacs.Read(new StringReader(formula), out var error);
        return parsed is null ? $"formula: {error}" : new DratChecker(parsed).Replay(proof);
    }

    private string? Replay(string proof)
    {
        var line = 0;
        foreach (var text in proof.AsSpan().EnumerateLines())
        {
            line++;
            if (text.IsEmpty || text[0] == 'c')
                continue;
            var words = text.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries);
            var isDeletion = words[0] == "d";
            var numbers = words
                .Skip(isDeletion ? 1 : 0)
                .Select(word => int.TryParse(word, out var number) ? number : (int?)null)
                .ToArray();
            if (numbers.Length == 0 || numbers[^1] != 0 || numbers[..^1].Any(number => number is null or 0))
                return $"line {line}: not a clause";
            var clause = numbers[..^1].Select(number => Literal.FromDimacs(number!.Value).Code).ToArray();
            if (isDeletion)
            {
                if (!Delete(clause))
                    return $"line {line}: deletes a clause that is not there";
                continue;
            }

            Cover(clause);
            if (!contradiction && !IsRup(clause) && !IsRat(clause))
                return $"line {line}: neither RUP nor RAT: {text}";
            if (clause.Length == 0)
                return null;
            Insert(clause.Distinct().ToArray());
        }

        return "the proof does not end in the empty clause";
    }

    /// <summary>Whether assuming every literal false leads to a conflict by unit propagation.</summary>
    private bool IsRup(IEnumerable<int> clause)
    {
        var mark = trail.Count;
        var conflict = false;
        foreach (var literal in clause)
        {
            if (values[literal] > 0)
                conflict = true;
            else if (values[literal] == 0)
                Assign(literal ^ 1);
        }

        conflict = conflict || !Propagate();
        for (var i = trail.Count - 1; i >= mark; i--)
            values[trail[i]] = values[trail[i] ^ 1] = 0;
        trail.RemoveRange(mark, trail.Count - mark);
        head = mark;
        return conflict;
    }

    private bool IsRat(int[] clause)
    {
        if (clause.Length == 0)
            return false;
        var pivot = clause[0];
        foreach (var index in occurrences[pivot ^ 1])
        {
            if (clauses[index] is not { } other)
                continue;
            var rest = other.Where(literal => literal != (pivot ^ 1)).ToArray();
            if (!rest.Any(literal => clause.Contains(literal ^ 1)) && !IsRup(clause.Concat(rest)))
                return false;
        }

        return true;
    }

    private void Insert(int[] clause)
    {
        Cover(clause);
        var index = clauses.Count;
        // The two watched literals come first, those that are not false at the root before all others.
        Array.Sort(clause.Select(literal => values[literal] < 0 ? 1 : 0).ToArray(), clause);
        clauses.Add(clause);
        foreach (var literal in clause)
            occurrences[literal].Add(index);
        if (clause.Length > 1)
        {
            watches[clause[0]].Add(index);
            watches[clause[1]].Add(index);
        }

        if (clause.Any(literal => values[literal] > 0))
            return;
        var open = clause.Count(literal => values[literal] == 0);
        if (open == 0)
            contradiction = true;
        else if (open == 1)
            Assign(clause[0]);
        contradiction |= !Propagate();
    }

    /// <summary>Takes the clause away, unless it made a literal true at the root: that is how all checkers of the
    /// format read it.</summary>
    private bool Delete(int[] clause)
    {
        var index = clauses.FindLastIndex(other => other is not null && other.ToHashSet().SetEquals(clause));
        if (index < 0)
            return false;
        if (clause.Count(literal => values[literal] > 0) == 1)
            return true;
        clauses[index] = null;
        return true;
    }

    private bool Propagate()
    {
        while (head < trail.Count)
        {
            var falsified = trail[head++] ^ 1;
            var watching = watches[falsified];
            for (var i = watching.Count - 1; i >= 0; i--)
            {
                if (clauses[watching[i]] is { } clause && !Visit(clause, falsified, watching, i))
                    return false;
            }
        }

        return true;
    }

    private bool Visit(int[] clause, int falsified, List<int> watching, int place)
    {
        var other = clause[0] == falsified ? 1 : 0;
        if (values[clause[other]] > 0)
            return true;
        for (var i = 2; i < clause.Length; i++)
        {
            if (values[clause[i]] < 0)
                continue;
            (clause[1 - other], clause[i]) = (clause[i], clause[1 - other]);
            watches[clause[1 - other]].Add(watching[place]);
            watching[place] = watching[^1];
            watching.RemoveAt(watching.Count - 1);
            return true;
        }

        if (values[clause[other]] < 0)
            return false;
        Assign(clause[other]);
        return true;
    }

    private void Assign(int literal)
    {
        values[literal] = 1;
        values[literal ^ 1] = -1;
        trail.Add(literal);
    }

    private void Cover(int[] clause)
    {
        var needed = clause.Length == 0 ? 0 : (clause.Max() | 1) + 1;
        while (watches.Count < needed)
        {
            watches.Add([]);
            occurrences.Add([]);
        }

        if (values.Length < needed)
            Array.Resize(ref values, Math.Max(needed, values.Length * 2));
    }
}
