using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Every project that the roots of a problem reach through whatever could be chosen, and what is required of
/// it on the way: an upper bound of what one selection could require.</summary>
internal sealed class RequiredProjects : Demands
{
    private readonly CandidateProblem problem;
    private readonly HashSet<VariableId> reached = [];
    private readonly HashSet<VariableId> explored = [];
    private readonly Queue<VariableId> open = new();

    /// <summary>By extra: what may hold once something requires the extra.</summary>
    private readonly Dictionary<VariableId, List<RequirementId>> waiting = [];

    public RequiredProjects(CandidateProblem problem)
        : base(problem)
    {
        this.problem = problem;
        foreach (var root in problem.Roots)
            Note(root);
        while (open.TryDequeue(out var next))
        {
            if (waiting.Remove(next, out var requirements))
                requirements.ForEach(Follow);
            Explore(problem.IsExtra(next) ? problem.VariableOf(problem.NameOf(next)) : next);
        }
    }

    /// <summary>Whether the candidate tells what another file of its version will require: a wheel for another Python
    /// or platform, or a form that a policy forbids, of a version that is there in no other way.</summary>
    public static bool IsInWrongForm(CandidateProblem problem, VariableId project, int candidate)
    {
        var candidates = problem.CandidatesOf(project);
        return candidates[candidate].Requires is not null
            && candidates
                .Index()
                .Where(other => other.Item.Version == candidates[candidate].Version)
                .All(other =>
                    problem.WhyUnusable(project, other.Index) is { Kind: UnusableKind.Tags or UnusableKind.Policy }
                );
    }

    /// <inheritdoc/>
    protected override bool Matters(VariableId project) => reached.Contains(project);

    private void Explore(VariableId project)
    {
        if (!explored.Add(project))
            return;
        for (var i = 0; i < problem.CandidateCount(project); i++)
        {
            if (problem.WhyUnusable(project, i) is not null && !IsInWrongForm(problem, project, i))
                continue;
            foreach (var requirement in problem.RequirementsOf(project, i))
            {
                // What a project requires of itself is not required of a file in its place.
                if (problem.Target(requirement) != project)
                    Follow(requirement);
            }
        }
    }

    /// <summary>Notes the requirement where something requires the extras through which alone it holds; else it
    /// waits.</summary>
    private void Follow(RequirementId requirement)
    {
        foreach (var condition in problem.Conditions(requirement))
        {
            if (!condition.Active || reached.Contains(condition.Extra))
                continue;
            if (!waiting.TryGetValue(condition.Extra, out var requirements))
                waiting.Add(condition.Extra, requirements = []);
            requirements.Add(requirement);
            return;
        }
        Note(requirement);
    }

    private void Note(RequirementId requirement)
    {
        var target = problem.Target(requirement);
        if (!problem.IsExtra(target))
            Add(requirement);
        if (problem.AllowsAbsence(requirement) || !reached.Add(target))
            return;
        open.Enqueue(target);
    }
}
