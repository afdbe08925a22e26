using Resolver.Resolution.Consistency;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Batches;

/// <summary>
/// Projects that need no further search, given one selection of optional roots: each is at the newest version it can
/// have, meets whatever any candidate of the others may require of it, and requires nothing but projects of the same
/// kind (an autarky). Whatever the others come to, a largest batch holds these as they are.
/// </summary>
/// <remarks>
/// The greatest such set below the selection, found by removal. Conditions on extras count as met wherever they
/// could be, so the set may be too small, never too large. Nothing of it requires anything outside of it, so no build
/// cycle passes through both.
/// </remarks>
internal sealed class SettledProjects
{
    private readonly CandidateProblem problem;
    private readonly ArcConsistency live;
    private readonly Dictionary<int, int> chosen = [];
    private readonly Dictionary<int, List<int>> dependents = [];
    private readonly Queue<int> open = new();

    /// <param name="selection">The versions that the optional roots got.</param>
    /// <param name="notBest">Projects that another selection could give a better version.</param>
    public SettledProjects(
        CandidateProblem problem,
        ArcConsistency live,
        Selection selection,
        IReadOnlySet<VariableId> notBest
    )
    {
        (this.problem, this.live) = (problem, live);
        foreach (var variable in selection.Order)
        {
            if (problem.CandidatesOf(variable).Count > 0 && !notBest.Contains(variable))
                chosen.Add(variable.Index, selection[variable]);
        }
        foreach (var variable in live.Reached.Where(each => problem.CandidatesOf(each).Count > 0).ToList())
        {
            if (!chosen.ContainsKey(variable.Index))
                open.Enqueue(variable.Index);
        }
        foreach (var (variable, candidate) in chosen.ToList())
            Follow(variable, candidate);
        while (open.TryDequeue(out var next))
            Widen(new VariableId(next));
    }

    /// <summary>Whether the project of the variable is settled.</summary>
    public bool Contains(VariableId variable) => chosen.ContainsKey(live.ProjectOf(variable).Index);

    /// <summary>The project's own requirements must stay within the set.</summary>
    private void Follow(int variable, int candidate)
    {
        foreach (var id in problem.RequirementsOf(new VariableId(variable), candidate))
        {
            if (!MayHold(id) || problem.AllowsAbsence(id))
                continue;
            var target = live.ProjectOf(problem.Target(id)).Index;
            if (target == variable)
                continue;
            if (!chosen.TryGetValue(target, out var other) || !live.Meets(id, other))
            {
                Drop(variable);
                return;
            }
            if (!dependents.TryGetValue(target, out var known))
                dependents.Add(target, known = []);
            known.Add(variable);
        }
    }

    private void Drop(int variable)
    {
        if (chosen.Remove(variable))
            open.Enqueue(variable);
    }

    /// <summary>The project is open: what any of its candidates requires otherwise is open, too, and so is what
    /// requires it.</summary>
    private void Widen(VariableId variable)
    {
        if (dependents.Remove(variable.Index, out var waiting))
            waiting.ForEach(Drop);
        for (var i = 0; i < problem.CandidateCount(variable); i++)
        {
            if (!live.IsLive(variable, i))
                continue;
            foreach (var id in problem.RequirementsOf(variable, i))
            {
                var target = live.ProjectOf(problem.Target(id)).Index;
                if (MayHold(id) && chosen.TryGetValue(target, out var other) && !live.Meets(id, other))
                    Drop(target);
            }
        }
    }

    /// <summary>Whether the conditions could be met: an extra that nothing requests stays inactive.</summary>
    private bool MayHold(RequirementId id)
    {
        foreach (var condition in problem.Conditions(id))
        {
            if (condition.Active && !live.IsReached(condition.Extra))
                return false;
        }
        return true;
    }
}
