using Resolver.Resolution.Problems;

namespace Resolver.Testing.Reference;

/// <summary>
/// The definition of the best selection (docs/decisions/0010), run as it stands: walk the queue, try the best
/// candidate first, go back one choice where that leads nowhere. No learning, no propagation; only choices that
/// already contradict each other are not pursued. Exponential, hence the budget.
/// </summary>
public sealed class ReferenceSolver
{
    private readonly Problem problem;
    private int budget;

    private ReferenceSolver(Problem problem, int budget) => (this.problem, this.budget) = (problem, budget);

    /// <summary>The best selection in the order of the queue; null where there is none.</summary>
    /// <param name="budget">Choices to try before giving up.</param>
    /// <returns>False where the budget did not suffice.</returns>
    public static bool TrySolve(
        Problem problem,
        int budget,
        out IReadOnlyList<(VariableId Variable, int Candidate)>? best
    )
    {
        var solver = new ReferenceSolver(problem, budget);
        var walk = new Walk(problem);
        foreach (var root in problem.Roots.ToArray())
            walk.Append(root);
        best = solver.Complete(walk)?.Popped.ToArray();
        return solver.budget > 0;
    }

    /// <summary>The first complete selection, best choices first, that continues the walk; null where none
    /// does.</summary>
    private Walk? Complete(Walk walk)
    {
        if (--budget <= 0)
            return null;
        if (walk.Next is not { } variable)
        {
            return walk.Waiting() switch
            {
                null => walk.IsSolution() ? walk : null,
                { Extra: { } extra } => Complete(walk.Settle(extra, false)) ?? Complete(walk.Settle(extra, true)),
                { Requirement: var requirement } => Complete(walk.With(requirement)),
            };
        }

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
        private readonly Dictionary<VariableId, bool> settled = [];

        private Walk(Walk other)
            : this(other.Problem)
        {
            settled = new(other.settled);
            queue.AddRange(other.queue);
            popped.AddRange(other.popped);
        }

        private Problem Problem => problem;

        public IReadOnlyList<(VariableId Variable, int Candidate)> Popped => popped;

        /// <summary>The variable to pop; null at the end.</summary>
        public VariableId? Next => popped.Count < queue.Count ? queue[popped.Count] : null;

        /// <summary>The first requirement that waits for extras to be inactive and whose target is not in the queue,
        /// and the first of these extras that is not settled, if any.</summary>
        public (RequirementId Requirement, VariableId? Extra)? Waiting()
        {
            foreach (var (variable, candidate) in popped)
            {
                foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                {
                    var conditions = problem.Conditions(requirement).ToArray();
                    var excluded = conditions.Where(each => !each.Active).Select(each => each.Extra).ToArray();
                    if (excluded.Length == 0 || conditions.Any(each => queue.Contains(each.Extra) != each.Active))
                        continue;
                    // Settled in their order, up to the first that is active.
                    var undecided = excluded.Where(each => settled.GetValueOrDefault(each, true)).ToArray();
                    if (undecided.Length > 0 && !settled.ContainsKey(undecided[0]))
                        return (requirement, undecided[0]);
                    if (undecided.Length > 0)
                        continue;
                    if (!problem.AllowsAbsence(requirement) && !queue.Contains(problem.Target(requirement)))
                        return (requirement, null);
                }
            }

            return null;
        }

        public Walk Settle(VariableId extra, bool active)
        {
            var further = new Walk(this);
            further.settled.Add(extra, active);
            return further;
        }

        public Walk With(RequirementId requirement)
        {
            var further = new Walk(this);
            further.queue.Add(problem.Target(requirement));
            return further;
        }

        /// <summary>The walk with the next variable popped.</summary>
        public Walk Pop(int candidate)
        {
            var further = new Walk(this);
            var variable = queue[popped.Count];
            further.popped.Add((variable, candidate));
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
                further.Append(requirement);
            foreach (var (earlier, chosen) in popped)
            {
                foreach (var requirement in problem.RequirementsOf(earlier, chosen).ToArray())
                {
                    if (problem.Conditions(requirement).ToArray().Any(condition => condition.Extra == variable))
                        further.Append(requirement);
                }
            }

            return further;
        }

        public void Append(RequirementId requirement)
        {
            var target = problem.Target(requirement);
            var holds = problem
                .Conditions(requirement)
                .ToArray()
                .All(condition => condition.Active && queue.Contains(condition.Extra));
            if (holds && !problem.AllowsAbsence(requirement) && !queue.Contains(target))
                queue.Add(target);
        }

        public IEnumerable<int> BestFirst(VariableId variable)
        {
            var usable = new ulong[(problem.CandidateCount(variable) + 63) / 64];
            problem.Usable(variable, usable);
            var preference = problem.Preference(variable);
            int[] order = preference.IsEmpty
                ? [.. Enumerable.Range(0, problem.CandidateCount(variable)).Reverse()]
                : preference.ToArray();
            return order.Where(candidate => (usable[candidate / 64] >> (candidate % 64) & 1) != 0);
        }

        /// <summary>Whether no requirement that binds for certain speaks against a choice that is made, and
        /// everything in the queue has a candidate left. Certain: extras are chosen, and none is to be
        /// inactive.</summary>
        public bool IsConsistent()
        {
            var binding = Binding(condition => condition.Active && popped.Contains((condition.Extra, 0)))
                .ToLookup(problem.Target);
            foreach (var (variable, candidate) in popped)
            {
                if (!binding[variable].All(requirement => IsSatisfying(requirement, candidate)))
                    return false;
            }

            return queue
                .Skip(popped.Count)
                .All(variable =>
                    !binding[variable].Any()
                    || BestFirst(variable)
                        .Any(candidate => binding[variable].All(requirement => IsSatisfying(requirement, candidate)))
                );
        }

        /// <summary>Whether the completed walk is a full solution: judged from scratch.</summary>
        public bool IsSolution()
        {
            var there = popped.ToDictionary(item => item.Variable, item => item.Candidate);
            if (settled.Any(each => there.ContainsKey(each.Key) != each.Value))
                return false;
            foreach (var requirement in Binding(condition => there.ContainsKey(condition.Extra) == condition.Active))
            {
                if (!IsSatisfying(requirement, there.GetValueOrDefault(problem.Target(requirement), -1)))
                    return false;
            }

            if (problem.Theory is not { } theory)
                return true;
            var dense = Enumerable.Repeat(-1, problem.VariableCount).ToArray();
            foreach (var (variable, candidate) in there)
                dense[variable.Index] = candidate;
            return theory.Refute(dense).Count == 0;
        }

        private IEnumerable<RequirementId> Binding(Predicate<ExtraCondition> holds) =>
            problem
                .Roots.ToArray()
                .Concat(popped.SelectMany(item => problem.RequirementsOf(item.Variable, item.Candidate).ToArray()))
                .Where(requirement => Array.TrueForAll(problem.Conditions(requirement).ToArray(), holds));

        private bool IsSatisfying(RequirementId requirement, int candidate)
        {
            if (candidate < 0)
                return problem.AllowsAbsence(requirement);
            var words = new ulong[(problem.CandidateCount(problem.Target(requirement)) + 63) / 64];
            problem.Satisfying(requirement, words);
            return (words[candidate / 64] >> (candidate % 64) & 1) != 0;
        }
    }
}
