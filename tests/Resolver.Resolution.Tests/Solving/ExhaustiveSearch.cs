using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>
/// The best selection by trying everything, written from decision 0010 and nothing else: pops the queue, tries
/// candidates best first, and judges what is complete. The first that stands is the best.
/// </summary>
public sealed class ExhaustiveSearch(Problem problem)
{
    private readonly Dictionary<int, int> chosen = [];
    private readonly Dictionary<int, bool> settled = [];

    /// <summary>Choices tried so far.</summary>
    public int Tried { get; private set; }

    /// <summary>Variables and candidates in the order of the queue, or null where there is no selection.</summary>
    public IReadOnlyList<(VariableId Variable, int Candidate)>? Best() => All().FirstOrDefault();

    /// <summary>Every selection there is, the best first, then the second best, and so on.</summary>
    public IEnumerable<IReadOnlyList<(VariableId Variable, int Candidate)>> All()
    {
        var queue = new List<int>();
        foreach (var root in problem.Roots)
            Append(queue, root);
        return Walk(queue, 0);
    }

    private IEnumerable<IReadOnlyList<(VariableId, int)>> Walk(List<int> queue, int head)
    {
        Tried++;
        if (head == queue.Count)
            return AtTheEnd(queue);
        return Choices(queue, head);
    }

    private IEnumerable<IReadOnlyList<(VariableId, int)>> Choices(List<int> queue, int head)
    {
        var variable = queue[head];
        foreach (var candidate in Candidates(variable).ToArray())
        {
            chosen[variable] = candidate;
            if (MayStand(queue, head))
            {
                var longer = new List<int>(queue);
                Discover(longer, head);
                foreach (var found in Walk(longer, head + 1))
                    yield return found;
            }

            chosen.Remove(variable);
        }
    }

    /// <summary>The queue is exhausted: settles what requirements wait for that want an extra inactive.</summary>
    private IEnumerable<IReadOnlyList<(VariableId, int)>> AtTheEnd(List<int> queue)
    {
        foreach (var variable in queue)
        {
            foreach (var requirement in problem.RequirementsOf(new VariableId(variable), chosen[variable]).ToArray())
            {
                var conditions = problem.Conditions(requirement).ToArray();
                if (
                    Array.TrueForAll(conditions, each => each.Active)
                    || Array.Exists(conditions, each => queue.Contains(each.Extra.Index) != each.Active)
                )
                    continue;
                // Settled in the order of the conditions, up to the first that is active.
                var isActive = false;
                foreach (var (extra, _) in conditions.Where(each => !each.Active))
                {
                    if (!settled.TryGetValue(extra.Index, out isActive))
                        return Settle(queue, extra.Index);
                    if (isActive)
                        break;
                }

                if (isActive)
                    continue;
                var longer = new List<int>(queue);
                Append(longer, requirement);
                if (longer.Count > queue.Count)
                    return Walk(longer, queue.Count);
            }
        }

        return IsFullSolution(queue)
            ?
            [
                [.. queue.Select(v => (new VariableId(v), chosen[v]))],
            ]
            : Array.Empty<IReadOnlyList<(VariableId, int)>>();
    }

    private IEnumerable<IReadOnlyList<(VariableId, int)>> Settle(List<int> queue, int extra)
    {
        foreach (var active in (bool[])[false, true])
        {
            settled[extra] = active;
            foreach (var found in Walk(queue, queue.Count))
                yield return found;
            settled.Remove(extra);
        }
    }

    private IEnumerable<int> Candidates(int variable)
    {
        var count = problem.CandidateCount(new VariableId(variable));
        var usable = new ulong[(count + 63) / 64];
        problem.Usable(new VariableId(variable), usable);
        var preference = problem.Preference(new VariableId(variable));
        var order = preference.IsEmpty ? [.. Enumerable.Range(0, count).Reverse()] : preference.ToArray();
        return order.Where(candidate => ((usable[candidate >> 6] >> candidate) & 1) != 0);
    }

    private void Discover(List<int> queue, int head)
    {
        var variable = queue[head];
        foreach (var requirement in problem.RequirementsOf(new VariableId(variable), chosen[variable]))
        {
            if (HoldsAlready(requirement, queue))
                Append(queue, requirement);
        }

        for (var i = 0; i < head; i++)
        {
            foreach (var requirement in problem.RequirementsOf(new VariableId(queue[i]), chosen[queue[i]]))
            {
                if (Names(requirement, variable) && HoldsAlready(requirement, queue))
                    Append(queue, requirement);
            }
        }
    }

    private bool Names(RequirementId requirement, int variable)
    {
        foreach (var condition in problem.Conditions(requirement))
        {
            if (condition.Extra.Index == variable)
                return true;
        }

        return false;
    }

    /// <summary>Before the queue is exhausted, nothing is known to be inactive.</summary>
    private bool HoldsAlready(RequirementId requirement, List<int> queue) =>
        Array.TrueForAll(problem.Conditions(requirement).ToArray(), each => each.Active) && Holds(requirement, queue);

    private bool Holds(RequirementId requirement, List<int> queue)
    {
        foreach (var condition in problem.Conditions(requirement))
        {
            if (queue.Contains(condition.Extra.Index) != condition.Active)
                return false;
        }

        return true;
    }

    private void Append(List<int> queue, RequirementId requirement)
    {
        var target = problem.Target(requirement).Index;
        if (!problem.AllowsAbsence(requirement) && !queue.Contains(target))
            queue.Add(target);
    }

    /// <summary>Leaves early what can no longer stand, judged by unconditional requirements between popped variables
    /// only.</summary>
    private bool MayStand(List<int> queue, int head)
    {
        for (var i = 0; i <= head; i++)
        {
            foreach (var requirement in problem.RequirementsOf(new VariableId(queue[i]), chosen[queue[i]]))
            {
                if (
                    problem.Conditions(requirement).IsEmpty
                    && chosen.TryGetValue(problem.Target(requirement).Index, out var other)
                    && !Satisfies(requirement, other)
                )
                    return false;
            }
        }

        foreach (var root in problem.Roots)
        {
            if (chosen.TryGetValue(problem.Target(root).Index, out var other) && !Satisfies(root, other))
                return false;
        }

        return true;
    }

    private bool IsFullSolution(List<int> queue)
    {
        if (settled.Any(each => queue.Contains(each.Key) != each.Value))
            return false;
        foreach (var root in problem.Roots)
        {
            if (!Satisfies(root, chosen.GetValueOrDefault(problem.Target(root).Index, -1)))
                return false;
        }

        foreach (var variable in queue)
        {
            foreach (var requirement in problem.RequirementsOf(new VariableId(variable), chosen[variable]))
            {
                if (
                    Holds(requirement, queue)
                    && !Satisfies(requirement, chosen.GetValueOrDefault(problem.Target(requirement).Index, -1))
                )
                    return false;
            }
        }

        var selection = new int[problem.VariableCount];
        for (var i = 0; i < selection.Length; i++)
            selection[i] = chosen.GetValueOrDefault(i, -1);
        return problem.Theory is null || problem.Theory.Refute(selection).Count == 0;
    }

    private bool Satisfies(RequirementId requirement, int candidate)
    {
        if (candidate < 0)
            return problem.AllowsAbsence(requirement);
        var words = new ulong[(problem.CandidateCount(problem.Target(requirement)) + 63) / 64];
        problem.Satisfying(requirement, words);
        return ((words[candidate >> 6] >> candidate) & 1) != 0;
    }
}
