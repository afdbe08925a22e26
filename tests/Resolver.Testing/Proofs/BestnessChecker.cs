using Resolver.Resolution.Problems;

namespace Resolver.Testing.Proofs;

/// <summary>
/// Replays a proof that a selection is the best one, place by place: takes the clauses of the problem out of the
/// formula, makes of problem and selection what 'the same choices before, something better here' means, and replays
/// the steps against both. Believes nothing that the writer says of places, better candidates or the order of
/// choices.
/// </summary>
public static class BestnessChecker
{
    /// <summary>How the formula has to call its Booleans: variable, colon, candidate or -1.</summary>
    public static string Describe(VariableId variable, int candidate) => $"{variable.Index}:{candidate}";

    /// <summary>Replays it. For problems without conditions on inactive extras: the order of the selection is then all
    /// that was chosen.</summary>
    /// <param name="places">How many places had anything better to refute.</param>
    /// <returns>Null where it proves that nothing better exists; else what is wrong.</returns>
    public static string? Check(Problem problem, Selection selection, string formula, string proof, out int places)
    {
        places = 0;
        var lines = formula.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var clauses = lines
            .TakeWhile(line => !line.StartsWith("c claim", StringComparison.Ordinal))
            .Where(line => line[0] != 'c' && line[0] != 'p')
            .ToList();
        var literals = lines
            .Select(line => line.Split(' '))
            .Where(words => words is ["c", _, "is", _])
            .ToDictionary(words => words[3], words => words[1]);
        var own = clauses.SelectMany(Variables).Concat(literals.Values.SelectMany(Variables)).DefaultIfEmpty(0).Max();
        var all = int.Parse(lines.First(line => line[0] == 'p').Split(' ')[2]);
        // What the steps say of the writer's claim is not looked at.
        var steps = proof
            .Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(line => line != "0" && !Variables(line).Any(variable => variable > own && variable <= all))
            .ToList();
        var before = new List<string>();
        foreach (var variable in selection.Order)
        {
            var preference = problem.Preference(variable).ToArray();
            if (preference.Length == 0)
                preference = [.. Enumerable.Range(0, problem.CandidateCount(variable)).Reverse()];
            var better = preference
                .TakeWhile(each => each != selection[variable])
                .Select(each => literals[Describe(variable, each)])
                .ToList();
            if (better.Count > 0)
            {
                places++;
                List<string> claimed = [.. clauses, .. before, $"{string.Join(' ', better)} 0"];
                if (
                    DratChecker.Check(
                        $"p cnf {all} {claimed.Count}\n{string.Join('\n', claimed)}\n",
                        $"{string.Join('\n', steps)}\n0\n"
                    ) is
                    { } wrong
                )
                    return $"better at {Describe(variable, selection[variable])}: {wrong}";
            }

            before.Add($"{literals[Describe(variable, selection[variable])]} 0");
        }

        return null;
    }

    private static IEnumerable<int> Variables(string clause) =>
        clause.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Math.Abs(int.Parse(word)));
}
