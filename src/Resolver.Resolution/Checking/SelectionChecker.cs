using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Checking;

/// <summary>
/// Judges a selection by the problem alone. Shares no code with the encodings and the solvers, and is meant to be read in one go: whoever trusts
/// this class and the problem need trust no solver. Linear in the selection and its requirements.
/// </summary>
public static class SelectionChecker
{
    /// <summary>Everything that is wrong with the selection; empty where it is a consistent one. Whether it is the best one is not asked here.</summary>
    public static IReadOnlyList<SelectionViolation> Check(Problem problem, Selection selection)
    {
        var violations = new List<SelectionViolation>();
        var chosen = new Dictionary<VariableId, int>();
        foreach (var variable in selection.Order)
        {
            var candidate = selection[variable];
            if (candidate < 0 || candidate >= problem.CandidateCount(variable) || !chosen.TryAdd(variable, candidate))
                violations.Add(new(ViolationKind.NoSuchCandidate, variable, candidate));
            else if (!IsUsable(problem, variable, candidate))
                violations.Add(new(ViolationKind.Unusable, variable, candidate));
        }

        if (violations.Exists(violation => violation.Kind == ViolationKind.NoSuchCandidate))
            return violations;
        var asked = new HashSet<VariableId>();
        var toVisit = new Queue<VariableId>();
        foreach (var root in problem.Roots.ToArray())
            Judge(null, -1, root);
        while (toVisit.TryDequeue(out var variable))
        {
            if (!chosen.TryGetValue(variable, out var candidate))
                continue;
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                Judge(variable, candidate, requirement);
        }

        // What nothing asks for was not visited, and its requirements need not hold; that it is there at all is the fault.
        foreach (var (variable, candidate) in chosen)
        {
            if (!asked.Contains(variable))
                violations.Add(new(ViolationKind.Unreached, variable, candidate));
        }

        if (problem.Theory is { } theory)
        {
            var dense = new int[problem.VariableCount];
            Array.Fill(dense, -1);
            foreach (var (variable, candidate) in chosen)
                dense[variable.Index] = candidate;
            foreach (var nogood in theory.Refute(dense))
                violations.Add(new(ViolationKind.Theory, Nogood: nogood));
        }

        return violations;

        void Judge(VariableId? source, int candidate, RequirementId requirement)
        {
            foreach (var condition in problem.Conditions(requirement).ToArray())
            {
                if (chosen.ContainsKey(condition.Extra) != condition.Active)
                    return;
            }

            var target = problem.Target(requirement);
            var holds = chosen.TryGetValue(target, out var there) ? IsSatisfying(problem, requirement, there) : problem.AllowsAbsence(requirement);
            if (!holds)
                violations.Add(new(ViolationKind.Unsatisfied, source, candidate, requirement));
            if (!problem.AllowsAbsence(requirement) && asked.Add(target))
                toVisit.Enqueue(target);
        }
    }

    private static bool IsUsable(Problem problem, VariableId variable, int candidate)
    {
        var words = new ulong[(problem.CandidateCount(variable) + 63) / 64];
        problem.Usable(variable, words);
        return (words[candidate / 64] & (1UL << (candidate % 64))) != 0;
    }

    private static bool IsSatisfying(Problem problem, RequirementId requirement, int candidate)
    {
        var words = new ulong[(problem.CandidateCount(problem.Target(requirement)) + 63) / 64];
        problem.Satisfying(requirement, words);
        return (words[candidate / 64] & (1UL << (candidate % 64))) != 0;
    }
}
