using System.Runtime.InteropServices;
using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Sat.Boolean;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Walks the discovery queue (docs/decisions/0010) with questions to Z3. At each place the model at hand already has some value; only 'any of the better ones?' is asked,
/// all of them in one question, until the answer is no. A walk that is repeated after clauses were added keeps the longest prefix that is still possible:
/// what was impossible before remains so.
/// </summary>
internal sealed class Z3Walk(Problem problem, BooleanEncoding encoding, Z3Questions questions)
{
    private readonly List<Literal> choices = [];
    private readonly List<VariableId> queue = [];
    private readonly HashSet<VariableId> appended = [];
    private readonly Dictionary<VariableId, int> chosen = [];
    private readonly HashSet<VariableId> inactive = [];
    private readonly Dictionary<VariableId, VariableId> owners = [];
    private readonly HashSet<VariableId> inactiveMatters = [];
    private int kept;
    private int place;

    /// <summary>What the last completed walk chose.</summary>
    public Selection Selection { get; private set; } = new([], []);

    /// <summary>Walks to the end. Before: the last question was possible without assumptions.</summary>
    /// <returns>False where a limit was reached.</returns>
    public bool Run()
    {
        if (!KeepPossiblePrefix())
            return false;
        queue.Clear();
        appended.Clear();
        chosen.Clear();
        inactive.Clear();
        owners.Clear();
        place = 0;
        foreach (var root in problem.Roots.ToArray())
            Append(root);
        for (var next = 0; next < queue.Count; next++)
        {
            var variable = queue[next];
            if (!Choose(variable, out var candidate))
                return false;
            chosen.Add(variable, candidate);
            if (!Discover(variable, candidate, null))
                return false;
            if (owners.TryGetValue(variable, out var owner) && chosen.TryGetValue(owner, out var ofOwner) && !Discover(owner, ofOwner, variable))
                return false;
        }

        Selection = new([.. queue], [.. queue.Select(variable => chosen[variable])]);
        return true;
    }

    /// <summary>The variables that are present in the model though the queue did not reach them, where an extra among them switches off a requirement; else null.</summary>
    public IReadOnlySet<VariableId>? Unfounded()
    {
        if (!inactiveMatters.Any(extra => !appended.Contains(extra) && !inactive.Contains(extra)))
            return null;
        var unfounded = encoding.Variables
            .Where(variable => !appended.Contains(variable) && encoding.ValuesOf(variable) is { Length: > 0 } values && !questions.IsTrue(values[^1]))
            .ToHashSet();
        return unfounded.Overlaps(inactiveMatters) ? unfounded : null;
    }

    /// <summary>Shortens the choices of an earlier walk to the longest prefix that the clauses of now allow, and leaves a model of it.</summary>
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
        if (place++ < kept)
        {
            candidate = values.IndexOf(choices[place - 1]);
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

            // The model went with the question. It is needed at the next place: this one's value is possible, so asking for it gives one.
            choices.Add(values[order[best]]);
            candidate = order[best];
            return questions.IsPossible(CollectionsMarshal.AsSpan(choices));
        }

        candidate = order[best];
        choices.Add(values[candidate]);
        return true;
    }

    private int PlaceInModel(int[] order, ReadOnlySpan<Literal> values)
    {
        for (var i = 0; i < order.Length; i++)
        {
            if (questions.IsTrue(values[order[i]]))
                return i;
        }

        throw new InvalidOperationException("A variable that the queue reached has no candidate in a model.");
    }

    private int[] BestFirst(VariableId variable, int count)
    {
        var preference = problem.Preference(variable);
        return preference.IsEmpty ? [.. Enumerable.Range(0, count).Reverse()] : preference.ToArray();
    }

    /// <summary>Appends the targets of the candidate's requirements whose conditions hold; only those that name the extra, where one is given.</summary>
    private bool Discover(VariableId variable, int candidate, VariableId? through)
    {
        foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
        {
            var conditions = problem.Conditions(requirement).ToArray();
            foreach (var condition in conditions)
            {
                owners[condition.Extra] = variable;
                if (!condition.Active && encoding.IsReachable(condition.Extra))
                    inactiveMatters.Add(condition.Extra);
            }

            if (problem.AllowsAbsence(requirement)
                || (through is { } extra && !Array.Exists(conditions, condition => condition.Extra == extra))
                || !Array.TrueForAll(conditions, condition => !condition.Active || chosen.ContainsKey(condition.Extra)))
                continue;
            var holds = true;
            foreach (var condition in conditions)
            {
                if (condition.Active || !holds)
                    continue;
                if (!IsInactive(condition.Extra, out holds))
                    return false;
            }

            if (holds)
                Append(requirement);
        }

        return true;
    }

    /// <summary>Whether the extra is absent: chosen here where that was open.</summary>
    /// <returns>False where a limit was reached.</returns>
    private bool IsInactive(VariableId extra, out bool isInactive)
    {
        isInactive = !encoding.IsReachable(extra) || inactive.Contains(extra);
        if (isInactive || appended.Contains(extra))
            return true;
        var active = encoding.ValuesOf(extra)[0];
        if (place++ < kept)
        {
            isInactive = choices[place - 1] == !active;
        }
        else
        {
            isInactive = !questions.IsTrue(active);
            if (!isInactive)
            {
                choices.Add(!active);
                isInactive = questions.IsPossible(CollectionsMarshal.AsSpan(choices));
                choices.RemoveAt(choices.Count - 1);
            }

            choices.Add(isInactive ? !active : active);
            if (!isInactive && !questions.IsPossible(CollectionsMarshal.AsSpan(choices)))
                return false;
        }

        if (isInactive)
            inactive.Add(extra);
        return true;
    }

    private void Append(RequirementId requirement)
    {
        var target = problem.Target(requirement);
        if (!problem.AllowsAbsence(requirement) && appended.Add(target))
            queue.Add(target);
    }
}
