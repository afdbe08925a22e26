using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Proofs;

/// <summary>
/// The choices that lead to a selection, in the order of decision 0010: each popped variable with its candidate, each
/// settled extra with 'active' or 'inactive', and what would have been better there. Made from the problem and the
/// selection alone, whoever found it.
/// </summary>
internal sealed class SelectionWalk
{
    private readonly Problem problem;
    private readonly Selection selection;
    private readonly List<WalkChoice> choices = [];
    private readonly List<VariableId> queue = [];
    private readonly HashSet<VariableId> reached = [];
    private readonly HashSet<VariableId> popped = [];
    private readonly HashSet<VariableId> settled = [];
    private readonly Dictionary<VariableId, List<RequirementId>> naming = [];
    private readonly List<RequirementId> waiting = [];

    private SelectionWalk(Problem problem, Selection selection) =>
        (this.problem, this.selection) = (problem, selection);

    /// <summary>The choices.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="selection">A full solution of it; otherwise the choices mean nothing.</param>
    public static IReadOnlyList<WalkChoice> Of(Problem problem, Selection selection)
    {
        var walk = new SelectionWalk(problem, selection);
        walk.Run();
        return walk.choices;
    }

    private void Run()
    {
        foreach (var root in problem.Roots.ToArray())
            Append(root);
        for (var next = 0; next < queue.Count || Settle(); next++)
            Pop(queue[next]);
    }

    private void Pop(VariableId variable)
    {
        var candidate = selection[variable];
        choices.Add(new(variable, candidate, Better(variable, candidate)));
        popped.Add(variable);
        if (candidate < 0)
            return;
        foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
        {
            var conditions = problem.Conditions(requirement).ToArray();
            if (Array.Exists(conditions, each => !each.Active))
                waiting.Add(requirement);
            else if (Array.TrueForAll(conditions, each => reached.Contains(each.Extra)))
                Append(requirement);
            foreach (var condition in conditions)
            {
                if (!naming.TryGetValue(condition.Extra, out var known))
                    naming.Add(condition.Extra, known = []);
                known.Add(requirement);
            }
        }

        foreach (var requirement in naming.GetValueOrDefault(variable) ?? [])
        {
            var conditions = problem.Conditions(requirement).ToArray();
            if (Array.TrueForAll(conditions, each => each.Active && reached.Contains(each.Extra)))
                Append(requirement);
        }
    }

    private int[] Better(VariableId variable, int candidate)
    {
        var preference = problem.Preference(variable, other => popped.Contains(other) ? selection[other] : -1);
        var order = preference.IsEmpty
            ? Enumerable.Range(0, problem.CandidateCount(variable)).Reverse()
            : preference.ToArray();
        return [.. order.TakeWhile(each => each != candidate)];
    }

    /// <summary>Settles extras for the first requirement that waits for them.</summary>
    /// <returns>Whether the queue continues.</returns>
    private bool Settle()
    {
        foreach (var requirement in waiting)
        {
            var conditions = problem.Conditions(requirement).ToArray();
            if (Array.Exists(conditions, each => reached.Contains(each.Extra) != each.Active))
                continue;
            var isActive = true;
            foreach (var extra in conditions.Where(each => !each.Active).Select(each => each.Extra))
            {
                if (settled.Add(extra) && problem.CandidateCount(extra) > 0)
                    choices.Add(new(extra, selection[extra], selection[extra] < 0 ? [] : [-1]));
                isActive &= selection[extra] < 0;
                if (!isActive)
                    break;
            }

            var count = queue.Count;
            if (isActive)
                Append(requirement);
            if (queue.Count > count)
                return true;
        }

        return false;
    }

    private void Append(RequirementId requirement)
    {
        if (!problem.AllowsAbsence(requirement) && reached.Add(problem.Target(requirement)))
            queue.Add(problem.Target(requirement));
    }
}

/// <summary>One choice of a walk.</summary>
/// <param name="Candidate">-1: absent (an extra that is settled as inactive).</param>
/// <param name="Better">What comes before it, best first; -1: absent.</param>
internal readonly record struct WalkChoice(VariableId Variable, int Candidate, IReadOnlyList<int> Better);
