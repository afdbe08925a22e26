using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Encodings;

/// <summary>Which variables some selection could reach from the roots. Nothing else can be in an answer.</summary>
/// <remarks>A requirement is followed where a usable candidate of a reached variable has it, it does not allow
/// absence, and every extra that it wants active is reached too.</remarks>
internal sealed class ReachableVariables
{
    private readonly Problem problem;
    private readonly List<VariableId> order = [];
    private readonly HashSet<VariableId> reached = [];
    private readonly HashSet<RequirementId> followed = [];
    private readonly Dictionary<VariableId, List<RequirementId>> waiting = [];

    public ReachableVariables(Problem problem)
    {
        this.problem = problem;
        foreach (var root in problem.Roots)
            Follow(root);
        for (var next = 0; next < order.Count; next++)
        {
            Explore(order[next]);
            if (waiting.Remove(order[next], out var requirements))
                requirements.ForEach(Follow);
        }
    }

    /// <summary>In the order in which they were found: breadth first.</summary>
    public IReadOnlyList<VariableId> Order => order;

    public bool Contains(VariableId variable) => reached.Contains(variable);

    private void Explore(VariableId variable)
    {
        var usable = CandidateBits.Usable(problem, variable);
        for (var candidate = 0; candidate < problem.CandidateCount(variable); candidate++)
        {
            if (!CandidateBits.Has(usable, candidate))
                continue;
            // A copy: following a requirement may load more of the problem, and its spans need not outlive that.
            foreach (var requirement in problem.RequirementsOf(variable, candidate).ToArray())
            {
                if (followed.Add(requirement))
                    Follow(requirement);
            }
        }
    }

    private void Follow(RequirementId requirement)
    {
        if (problem.AllowsAbsence(requirement))
            return;
        foreach (var condition in problem.Conditions(requirement))
        {
            if (!condition.Active || reached.Contains(condition.Extra))
                continue;
            if (!waiting.TryGetValue(condition.Extra, out var requirements))
                waiting.Add(condition.Extra, requirements = []);
            requirements.Add(requirement);
            return;
        }

        var target = problem.Target(requirement);
        if (reached.Add(target))
            order.Add(target);
    }
}
