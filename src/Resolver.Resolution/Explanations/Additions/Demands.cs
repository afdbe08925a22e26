using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Additions;

/// <summary>Projects of which something is required, and what: what a file would have to meet to be of use.</summary>
internal abstract class Demands(CandidateProblem problem)
{
    private readonly Dictionary<VariableId, HashSet<RequirementId>> known = [];

    /// <summary>The projects, by name.</summary>
    public IReadOnlyList<VariableId> Projects => [.. known.Keys.Where(Matters).OrderBy(problem.NameOf)];

    /// <summary>What is required of the project, constraints included; of requirements that read the same,
    /// one.</summary>
    public IReadOnlyList<RequirementId> On(VariableId project) =>
        [
            .. known[project]
                .OrderBy(each => each.Index)
                .DistinctBy(id =>
                    (problem.BoundOf(id), problem.RequirementOf(id).Url, problem.AdmitsOthers(id) ? -1 : id.Index)
                ),
        ];

    /// <summary>How many requirements are known.</summary>
    public int Count { get; private set; }

    /// <summary>Takes note of what was refuted, where that may be more than what is known.</summary>
    /// <param name="extended">The problem, with something added.</param>
    public virtual void Note(CandidateProblem extended, Refutation refutation) { }

    /// <summary>Adds a requirement of the problem.</summary>
    /// <returns>Whether it was new.</returns>
    protected bool Add(RequirementId requirement)
    {
        var target = problem.Target(requirement);
        if (!known.TryGetValue(target, out var requirements))
            known.Add(target, requirements = []);
        if (!requirements.Add(requirement))
            return false;
        Count++;
        return true;
    }

    /// <summary>Whether a file of the project could be of use.</summary>
    protected virtual bool Matters(VariableId project) => true;
}
