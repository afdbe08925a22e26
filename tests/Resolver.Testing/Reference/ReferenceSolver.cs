using Resolver.Resolution.Problems;

namespace Resolver.Testing.Reference;

/// <summary>
/// The definition of the best selection (docs/decisions/0010), run as it stands: walk the queue, try the best candidate first, go back one choice where that leads nowhere. No learning, no
/// propagation; only choices that already contradict each other are not pursued. Exponential, hence the budget.
/// </summary>
public sealed class ReferenceSolver
{
    private readonly Problem problem;
    private int budget;

    private ReferenceSolver(Problem problem, int budget) => (this.problem, this.budget) = (problem, budget);

    /// <summary>The best selection in the order of the queue; null where there is none.</summary>
    /// <param name="budget">Choices to try before giving up.</param>
    /// <returns>False where the budget did not suffice.</returns>
    public static bool TrySolve(Problem problem, int budget, out IReadOnlyList<(VariableId Variable, int Candidate)>? best)
    {
        var solver = new ReferenceSolver(problem, budget);
        var walk = new Walk(problem);
        foreach (var root in problem.Roots.ToArray())
            walk.Append(root);
        best = solver.Complete(walk)?.Popped;
        return solver.budget > 0;
    }

    /// <summary>The first complete selection, best choices first, that continues the walk; null where none does.</summary>
    private Walk? Complete(Walk walk)
    {
        if (--budget <= 0)
            return null;
        if (walk.OpenExtra is { } extra)
            return Complete(walk.Choose(extra, false)) ?? Complete(walk.Choose(extra, true));
        if (walk.Next is not { } variable)
            return walk.IsSolution() ? walk : null;
        foreach (var candidate in walk.BestFirst(variable))
        {
            var further = walk.Pop(candidate);
            if (further.IsConsistent() && Complete(further) is { } complete)
                return complete;
        }

        return null;
    }

    /// <summary>A walk along the queue, up to some place.</summary>
    private sealed class Walk(Problem problem)
    {
        private readonly List<VariableId> queue = [];
        private readonly List<(VariableId Variable, int Candidate)> popped = [];
        private readonly Dictionary<VariableId, bool> decidedExtras = [];
        private readonly Queue<(VariableId Source, RequirementId Requirement)> toLookAt = [];

        private Walk(Walk other)
            : this(other.Problem)
        {
            queue.AddRange(other.queue);
            popped.AddRange(other.popped);
            foreach (var (extra, active) in other.decidedExtras)
                decidedExtras.Add(extra, active);
            foreach (var item in other.toLookAt)
                toLookAt.Enqueue(item);
        }

        private Problem Problem => problem;

        public IReadOnlyList<(VariableId Variable, int Candidate)> Popped => popped;

        /// <summary>The variable to pop; null at the end.</summary>
        public VariableId? Next => popped.Count < queue.Count ? queue[popped.Count] : null;

        /// <summary>The extra whose activity the next requirement depends on and that nothing has decided yet; null where all requirements so far are looked at.</summary>
        public VariableId? OpenExtra { get; private set; }

        public Walk Choose(VariableId extra, bool active)
        {
            var further = new Walk(this);
            further.decidedExtras.Add(extra, active);
            further.LookAtRequirements();
            return further;
        }

        public Walk Pop(int candidate)
        {
            var further = new Walk(this);
            var variable = queue[popped.Count];
            further.popped.Add((variable, candidate));
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                further.toLookAt.Enqueue((variable, requirement));
            foreach (var (earlier, chosen) in popped)
            {
                foreach (var requirement in problem.RequirementsOf(earlier, chosen).ToArray())
                {
                    if (problem.Conditions(requirement).ToArray().Any(condition => condition.Extra == variable))
                        further.toLookAt.Enqueue((earlier, requirement));
                }
            }

            further.LookAtRequirements();
            return further;
        }

        public void Append(RequirementId requirement)
        {
            var target = problem.Target(requirement);
            if (!problem.AllowsAbsence(requirement) && !queue.Contains(target))
                queue.Add(target);
        }

        public IEnumerable<int> BestFirst(VariableId variable)
        {
            var usable = new ulong[(problem.CandidateCount(variable) + 63) / 64];
            problem.Usable(variable, usable);
            var preference = problem.Preference(variable);
            int[] order = preference.IsEmpty ? [.. Enumerable.Range(0, problem.CandidateCount(variable)).Reverse()] : preference.ToArray();
            return order.Where(candidate => (usable[candidate / 64] >> (candidate % 64) & 1) != 0);
        }

        /// <summary>Whether no requirement whose conditions are settled speaks against a choice that is made, and everything in the queue has a candidate left.</summary>
        public bool IsConsistent()
        {
            if (queue.Any(variable => decidedExtras.TryGetValue(variable, out var active) && !active))
                return false;
            var binding = Binding(condition => condition.Active ? IsPopped(condition.Extra) : decidedExtras.TryGetValue(condition.Extra, out var active) && !active).ToLookup(problem.Target);
            foreach (var (variable, candidate) in popped)
            {
                if (!binding[variable].All(requirement => IsSatisfying(requirement, candidate)))
                    return false;
            }

            return queue.Skip(popped.Count).All(variable => BestFirst(variable).Any(candidate => binding[variable].All(requirement => IsSatisfying(requirement, candidate))));
        }

        /// <summary>Whether the completed walk is a full solution: judged from scratch.</summary>
        public bool IsSolution()
        {
            var there = popped.ToDictionary(item => item.Variable, item => item.Candidate);
            if (decidedExtras.Any(decided => there.ContainsKey(decided.Key) != decided.Value))
                return false;
            foreach (var requirement in Binding(condition => there.ContainsKey(condition.Extra) == condition.Active))
            {
                if (there.TryGetValue(problem.Target(requirement), out var candidate) ? !IsSatisfying(requirement, candidate) : !problem.AllowsAbsence(requirement))
                    return false;
            }

            if (problem.Theory is not { } theory)
                return true;
            var dense = Enumerable.Repeat(-1, problem.VariableCount).ToArray();
            foreach (var (variable, candidate) in popped)
                dense[variable.Index] = candidate;
            return theory.Refute(dense).Count == 0;
        }

        private IEnumerable<RequirementId> Binding(Predicate<ExtraCondition> holds) =>
            problem.Roots.ToArray()
                .Concat(popped.SelectMany(item => problem.RequirementsOf(item.Variable, item.Candidate).ToArray()))
                .Where(requirement => Array.TrueForAll(problem.Conditions(requirement).ToArray(), holds));

        private void LookAtRequirements()
        {
            OpenExtra = null;
            while (toLookAt.TryPeek(out var item))
            {
                var conditions = problem.Conditions(item.Requirement).ToArray();
                var holds = !problem.AllowsAbsence(item.Requirement) && Array.TrueForAll(conditions, condition => !condition.Active || IsPopped(condition.Extra));
                foreach (var condition in conditions)
                {
                    if (!holds || condition.Active)
                        continue;
                    if (decidedExtras.TryGetValue(condition.Extra, out var active))
                    {
                        holds = !active;
                    }
                    else if (queue.Contains(condition.Extra))
                    {
                        holds = false;
                    }
                    else
                    {
                        OpenExtra = condition.Extra;
                        return;
                    }
                }

                toLookAt.Dequeue();
                if (holds)
                    Append(item.Requirement);
            }
        }

        private bool IsPopped(VariableId variable) => popped.Exists(item => item.Variable == variable);

        private bool IsSatisfying(RequirementId requirement, int candidate)
        {
            var words = new ulong[(problem.CandidateCount(problem.Target(requirement)) + 63) / 64];
            problem.Satisfying(requirement, words);
            return (words[candidate / 64] >> (candidate % 64) & 1) != 0;
        }
    }
}
