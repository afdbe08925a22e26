namespace Resolver.Sat.Boolean;

/// <summary>The DIMACS text form of a formula: <c>p cnf VARIABLES CLAUSES</c>, then each clause's signed numbers with
/// 0 at its end; lines that start with <c>c</c> are comments.</summary>
public static class Dimacs
{
    /// <summary>Writes a formula, one clause a line.</summary>
    /// <param name="comment">Asked before each clause for what to write above it, one or several lines; null for
    /// none.</param>
    public static void Write(TextWriter writer, Cnf formula, Func<int, string?>? comment = null)
    {
        writer.Write($"p cnf {formula.VariableCount} {formula.ClauseCount}\n");
        for (var clause = 0; clause < formula.ClauseCount; clause++)
        {
            if (comment?.Invoke(clause) is { } text)
                WriteComment(writer, text);
            WriteClause(writer, formula.Clause(clause));
        }
    }

    /// <summary>Writes each line of the text as a comment.</summary>
    public static void WriteComment(TextWriter writer, string text)
    {
        foreach (var line in text.AsSpan().EnumerateLines())
            writer.Write($"c {line}\n");
    }

    internal static void WriteClause(TextWriter writer, ReadOnlySpan<Literal> clause)
    {
        foreach (var literal in clause)
        {
            writer.Write(literal.ToDimacs());
            writer.Write(' ');
        }

        writer.Write("0\n");
    }

    /// <summary>Reads a formula. Clauses may span lines; the counts of the header must be those of the text.</summary>
    /// <returns>The formula, or null with the first error.</returns>
    public static Cnf? Read(TextReader reader, out DimacsError? error)
    {
        var formula = new Cnf();
        var clause = new List<Literal>();
        (int Variables, int Clauses)? header = null;
        var line = 0;
        error = null;
        while (reader.ReadLine() is { } text)
        {
            line++;
            var words = text.AsSpan().Trim();
            if (words.IsEmpty || words[0] == 'c')
                continue;
            if (header is null)
            {
                header = Header(words);
                if (header is null)
                {
                    error = new(line, "'p cnf VARIABLES CLAUSES'", text);
                    return null;
                }

                continue;
            }

            foreach (var range in words.SplitAny(' ', '\t'))
            {
                var word = words[range];
                if (word.IsEmpty)
                    continue;
                if (!int.TryParse(word, out var number) || Math.Abs((long)number) > header.Value.Variables)
                {
                    error = new(
                        line,
                        $"a number from -{header.Value.Variables} to {header.Value.Variables}",
                        word.ToString()
                    );
                    return null;
                }

                if (number != 0)
                {
                    clause.Add(Literal.FromDimacs(number));
                    continue;
                }

                formula.AddClause(clause.ToArray());
                clause.Clear();
            }
        }

        if (header is null)
            error = new(line + 1, "'p cnf VARIABLES CLAUSES'", "");
        else if (clause.Count > 0)
            error = new(line + 1, "0 at the end of the last clause", "");
        else if (formula.ClauseCount != header.Value.Clauses)
            error = new(line + 1, $"{header.Value.Clauses} clauses", $"{formula.ClauseCount} clauses");
        if (error is not null)
            return null;
        while (formula.VariableCount < header!.Value.Variables)
            formula.NewVariable();
        return formula;
    }

    private static (int Variables, int Clauses)? Header(ReadOnlySpan<char> line)
    {
        var numbers = new List<int>();
        var position = 0;
        foreach (var range in line.SplitAny(' ', '\t'))
        {
            var word = line[range];
            if (word.IsEmpty)
                continue;
            var fits = position switch
            {
                0 => word is "p",
                1 => word is "cnf",
                _ => int.TryParse(word, out var number) && number is >= 0 and <= int.MaxValue >> 1 && Keep(number),
            };
            if (!fits)
                return null;
            position++;
        }

        return position == 4 ? (numbers[0], numbers[1]) : null;

        bool Keep(int number)
        {
            numbers.Add(number);
            return true;
        }
    }
}
