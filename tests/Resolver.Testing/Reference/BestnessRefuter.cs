using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;
using Resolver.Sat.Z3;

namespace Resolver.Testing.Reference;

/// <summary>
/// Asks Z3, for every place of the discovery queue, whether 'the same choices before, something better here' is
/// possible after all. If it never is, the selection is the best one. Knows nothing of how the selection was found;
/// the theory's nogoods are added only where a better selection would violate them.
/// </summary>
public static class BestnessRefuter
{
    /// <summary>The first place where something better is possible, with a candidate that is; null where there is
    /// none.</summary>
    /// <param name="places">How many places had anything better to refute.</param>
    public static (VariableId Variable, int Better)? FindBetter(Problem problem, Selection selection, out int places)
    {
        var encoding = new BooleanEncoding(problem);
        using var session = new Z3Session();
        session.Load(encoding.Formula);
        var before = new List<Literal>();
        places = 0;
        foreach (var variable in selection.Order)
        {
            var values = encoding.ValuesOf(variable).ToArray();
            var order = problem.Preference(variable).IsEmpty
                ? [.. Enumerable.Range(0, values.Length - 1).Reverse()]
                : problem.Preference(variable).ToArray();
            var better = order
                .TakeWhile(candidate => candidate != selection[variable])
                .Select(candidate => values[candidate])
                .ToArray();
            places += better.Length > 0 ? 1 : 0;
            while (better.Length > 0)
            {
                var verdict = session.Check(before.ToArray(), better);
                if (verdict == Z3Verdict.Unsatisfiable)
                    break;
                var candidate = order.First(candidate => session.IsTrue(values[candidate]));
                if (!Refute(problem, encoding, session))
                    return (variable, candidate);
                session.Load(encoding.Formula);
            }

            before.Add(values[selection[variable]]);
        }

        return null;
    }

    /// <summary>Whether the theory refutes Z3's model, of which only what the roots reach counts; if so, the formula
    /// says it from now on.</summary>
    private static bool Refute(Problem problem, BooleanEncoding encoding, Z3Session session)
    {
        if (problem.Theory is not { } theory)
            return false;
        var dense = new int[problem.VariableCount];
        Array.Fill(dense, -1);
        var toVisit = new Queue<RequirementId>(problem.Roots.ToArray());
        while (toVisit.TryDequeue(out var requirement))
        {
            var target = problem.Target(requirement);
            if (
                problem.AllowsAbsence(requirement)
                || dense[target.Index] >= 0
                || !problem.Conditions(requirement).ToArray().All(condition => Holds(condition))
            )
                continue;
            var values = encoding.ValuesOf(target);
            for (var candidate = 0; candidate < values.Length - 1; candidate++)
            {
                if (session.IsTrue(values[candidate]))
                    dense[target.Index] = candidate;
            }

            // An extra may complete the conditions of requirements met before: all are looked at again.
            foreach (var variable in encoding.Variables)
            {
                if (dense[variable.Index] < 0)
                    continue;
                foreach (var further in problem.RequirementsOf(variable, dense[variable.Index]).ToArray())
                    toVisit.Enqueue(further);
            }
        }

        var nogoods = theory.Refute(dense);
        foreach (var nogood in nogoods)
            encoding.AddNogood(nogood);
        return nogoods.Count > 0;

        bool Holds(ExtraCondition condition) => dense[condition.Extra.Index] >= 0 == condition.Active;
    }
}
