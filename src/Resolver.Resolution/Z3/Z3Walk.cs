using System.Runtime.InteropServices;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Z3;

/// <summary>
/// Walks the discovery queue (docs/decisions/0010) with questions to Z3. At each place the model at hand already has
/// some value; only 'any of the better ones?' is asked, all of them in one question, until the answer is no. A walk
/// that is repeated after clauses were added keeps the longest prefix that is still possible: what was impossible
/// before remains so.
/// </summary>
internal sealed class Z3Walk(Problem problem, BooleanEncoding encoding, Z3Questions questions)
{
    private readonly List<Literal> choices = [];
    private readonly List<VariableId> queue = [];
    private readonly HashSet<VariableId> appended = [];
    private readonly Dictionary<VariableId, int> chosen = [];
    private readonly Dictionary<VariableId, VariableId> owners = [];
    private readonly Dictionary<VariableId, bool> settled = [];
    private int kept;
    private int place;

    /// <summary>What the last completed walk chose.</summary>
    public Selection Selection { get; private set; } = new([], []);

    /// <summary>What was chosen at each place so far: a literal a variable that the queue reached and that has
    /// candidates.</summary>
    public IReadOnlyList<Literal> Choices => choices;

    /// <summary>Walks to the end. Before: the last question was possible without assumptions.</summary>
    /// <returns>False where a limit was reached.</returns>
    public bool Run()
    {
        if (!KeepPossiblePrefix())
            return false;
        queue.Clear();
        appended.Clear();
        chosen.Clear();
        owners.Clear();
        settled.Clear();
        place = 0;
        foreach (var root in problem.Roots.ToArray())
            Append(root);
        for (var next = 0; next < queue.Count || SettleExtras(); next++)
        {
            if (questions.Limit is not null)
                return false;
            var variable = queue[next];
            if (!Choose(variable, out var candidate))
                return false;
            if (candidate < 0)
                continue;
            chosen.Add(variable, candidate);
            Discover(variable, candidate, null);
            if (owners.TryGetValue(variable, out var owner) && chosen.TryGetValue(owner, out var ofOwner))
                Discover(owner, ofOwner, variable);
        }

        if (questions.Limit is not null)
            return false;
        var present = queue.Where(chosen.ContainsKey).ToArray();
        Selection = new(present, [.. present.Select(variable => chosen[variable])]);
        return true;
    }

    /// <summary>An extra that had to be settled as active, though the queue did not reach it; null where there is
    /// none.</summary>
    public VariableId? Unfounded()
    {
        foreach (var (extra, isActive) in settled)
        {
            if (isActive && !appended.Contains(extra))
                return extra;
        }

        return null;
    }

    /// <summary>The queue is exhausted: takes the first requirement that only waits for extras to be inactive, and
    /// settles these, inactive where any full solution allows it.</summary>
    /// <returns>Whether the queue continues, with its target.</returns>
    private bool SettleExtras()
    {
        for (var i = 0; i < queue.Count; i++)
        {
            if (!chosen.TryGetValue(queue[i], out var candidate))
                continue;
            foreach (var requirement in problem.RequirementsOf(queue[i], candidate).ToArray())
            {
                var conditions = problem.Conditions(requirement).ToArray();
                if (
                    Array.TrueForAll(conditions, condition => condition.Active)
                    || Array.Exists(conditions, condition => appended.Contains(condition.Extra) != condition.Active)
                    || !Array.TrueForAll(conditions, condition => condition.Active || IsInactive(condition.Extra))
                )
                    continue;
                var count = queue.Count;
                Append(requirement);
                if (queue.Count > count)
                    return true;
            }
        }

        return false;
    }

    private bool IsInactive(VariableId extra)
    {
        if (!encoding.IsReachable(extra) || encoding.ValuesOf(extra).IsEmpty)
            return true;
        if (settled.TryGetValue(extra, out var isActive))
            return !isActive;
        var active = encoding.ValuesOf(extra)[0];
        if (place++ < kept)
            isActive = choices[place - 1] == active;
        else
        {
            isActive = questions.IsTrue(active) && !questions.IsPossible(CollectionsMarshal.AsSpan(choices), [!active]);
            choices.Add(isActive ? active : !active);
            // A question that was answered with no took the model with it.
            if (isActive)
                questions.IsPossible(CollectionsMarshal.AsSpan(choices));
        }

        settled.Add(extra, isActive);
        return !isActive;
    }

    /// <summary>Shortens the choices of an earlier walk to the longest prefix that the clauses of now allow, and
    /// leaves a model of it.</summary>
    private bool KeepPossiblePrefix()
    {
        if (choices.Count > 0 && !questions.IsPossible(CollectionsMarshal.AsSpan(choices)))
        {
            var (possible, impossible) = (0, choices.Count);
            while (impossible - possible > 1)
            {
                var middle = (possible + impossible) / 2;
                if (questions.IsPossible(CollectionsMarshal.AsSpan(choices)[..middle]))
                    possible = middle;
                else if (questions.Limit is not null)
                    return false;
                else
                    impossible = middle;
            }

            choices.RemoveRange(possible, choices.Count - possible);
            questions.IsPossible(CollectionsMarshal.AsSpan(choices));
        }

        kept = choices.Count;
        return questions.Limit is null;
    }

    private bool Choose(VariableId variable, out int candidate)
    {
        var values = encoding.ValuesOf(variable);
        candidate = -1;
        if (values.IsEmpty)
            return true;
        if (place++ < kept)
        {
            candidate = CandidateOf(values.IndexOf(choices[place - 1]), values.Length);
            return true;
        }

        var order = BestFirst(variable, values.Length - 1);
        var best = PlaceInModel(order, values);
        while (best > 0)
        {
            var better = new Literal[best];
            for (var i = 0; i < best; i++)
                better[i] = values[order[i]];
            if (questions.IsPossible(CollectionsMarshal.AsSpan(choices), better))
            {
                best = PlaceInModel(order, values);
                continue;
            }

            // The model went with the question. It is needed at the next place: this one's value is possible, so
            // asking for it gives one.
            choices.Add(values[order[best]]);
            candidate = CandidateOf(order[best], values.Length);
            return questions.IsPossible(CollectionsMarshal.AsSpan(choices));
        }

        choices.Add(values[order[best]]);
        candidate = CandidateOf(order[best], values.Length);
        return true;
    }

    /// <summary>The last of a variable's values is 'absent'.</summary>
    private static int CandidateOf(int value, int count) => value == count - 1 ? -1 : value;

    private int PlaceInModel(int[] order, ReadOnlySpan<Literal> values)
    {
        for (var i = 0; i < order.Length; i++)
        {
            if (questions.IsTrue(values[order[i]]))
                return i;
        }

        throw new InvalidOperationException("A variable has none of its values in a model.");
    }

    /// <summary>The values from best to worst. 'Absent' is the last: it is possible where the requirement that
    /// appended the variable has ceased to bind.</summary>
    private int[] BestFirst(VariableId variable, int count)
    {
        var preference = problem.Preference(variable, before => chosen.GetValueOrDefault(before, -1));
        return preference.IsEmpty ? [.. Enumerable.Range(0, count).Reverse(), count] : [.. preference, count];
    }

    /// <summary>Appends the targets of the candidate's requirements whose conditions hold; only those that name the
    /// extra, where one is given.</summary>
    private void Discover(VariableId variable, int candidate, VariableId? through)
    {
        foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
        {
            var conditions = problem.Conditions(requirement).ToArray();
            foreach (var condition in conditions)
            {
                owners[condition.Extra] = variable;
            }

            if (
                (through is not { } extra || Array.Exists(conditions, condition => condition.Extra == extra))
                && Array.TrueForAll(conditions, condition => condition.Active && appended.Contains(condition.Extra))
            )
                Append(requirement);
        }
    }

    private void Append(RequirementId requirement)
    {
        var target = problem.Target(requirement);
        if (!problem.AllowsAbsence(requirement) && appended.Add(target))
            queue.Add(target);
    }
}
