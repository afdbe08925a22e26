using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Checking;

/// <summary>
/// Judges a selection by the problem alone. Shares no code with the encodings and the solvers, and is meant to be
/// read in one go: whoever trusts this class and the problem need trust no solver. Linear in the selection and its
/// requirements.
/// </summary>
public static class SelectionChecker
{
    /// <summary>Lets a selection pass only where nothing is wrong with it: called before anything is shown.</summary>
    /// <exception cref="InvalidOperationException">Something is: a fault of the solver.</exception>
    public static void Require(Problem problem, Selection selection)
    {
        if (Check(problem, selection) is { Count: > 0 } violations)
            throw new InvalidOperationException(
                $"the selection does not stand up to its check: {string.Join("; ", violations)}"
            );
    }

    /// <summary>Everything that is wrong with the selection; empty where it is a consistent one. Whether it is the
    /// best one is not asked here.</summary>
    internal static IReadOnlyList<SelectionViolation> Check(Problem problem, Selection selection)
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
        var reached = new HashSet<VariableId>();
        var queue = new Queue<VariableId>();
        foreach (var root in problem.Roots.ToArray())
            Judge(null, -1, root);
        foreach (var (variable, candidate) in chosen)
        {
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                Judge(variable, candidate, requirement);
        }

        foreach (var root in problem.Roots.ToArray())
            Reach(root);
        while (queue.TryDequeue(out var variable))
        {
            if (!chosen.TryGetValue(variable, out var candidate))
                continue;
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                Reach(requirement);
        }

        foreach (var (variable, candidate) in chosen)
        {
            if (!reached.Contains(variable))
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

        // Every requirement whose conditions hold in the selection is satisfied.
        void Judge(VariableId? source, int candidate, RequirementId requirement)
        {
            if (!IsActive(requirement))
                return;
            var holds = chosen.TryGetValue(problem.Target(requirement), out var there)
                ? IsSatisfying(problem, requirement, there)
                : problem.AllowsAbsence(requirement);
            if (!holds)
                violations.Add(new(ViolationKind.Unsatisfied, source, candidate, requirement));
        }

        // What the roots reach (docs/decisions/0010): conditions are judged by the selection itself.
        void Reach(RequirementId requirement)
        {
            if (
                !problem.AllowsAbsence(requirement)
                && IsActive(requirement)
                && reached.Add(problem.Target(requirement))
            )
                queue.Enqueue(problem.Target(requirement));
        }

        bool IsActive(RequirementId requirement)
        {
            foreach (var condition in problem.Conditions(requirement).ToArray())
            {
                if (chosen.ContainsKey(condition.Extra) != condition.Active)
                    return false;
            }

            return true;
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
