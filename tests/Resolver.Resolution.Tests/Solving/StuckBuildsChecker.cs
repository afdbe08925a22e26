using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>Replays the certificates of what a search says of build order, by building what can be built.</summary>
internal sealed class StuckBuildsChecker(Problem problem) : ISearchObserver
{
    /// <summary>Every nogood of the theory that was reported.</summary>
    public List<SelectionNogood> Nogoods { get; } = [];

    public void Axiom(ReadOnlySpan<ObservedTerm> nogood, Axiom origin)
    {
        if (origin is Axiom.Theory theory)
            Nogoods.Add(theory.Nogood);
    }

    public void Learned(ReadOnlySpan<ObservedTerm> nogood) { }

    /// <summary>Whether the nogood is what its certificate says; true where it has another one.</summary>
    public bool Follows(SelectionNogood nogood)
    {
        if (nogood.Certificate is not StuckBuilds { Project: var project })
            return true;
        var terms = nogood.Terms.ToDictionary(term => term.Variable, term => term.Candidates.ToHashSet());
        if (terms[project].Contains(-1))
            return false;
        // A candidate is a pair; one of a project that the nogood does not speak of can always be had.
        var built = new HashSet<(VariableId, int)>();
        while (true)
        {
            var usable = new HashSet<(VariableId, int)>(built);
            while (usable.RemoveWhere(each => !AreMet(each, isBuild: false, usable)) > 0) { }
            var more = terms
                .SelectMany(term => term.Value.Where(each => each >= 0).Select(each => (term.Key, each)))
                .Where(each => !built.Contains(each) && AreMet(each, isBuild: true, usable))
                .ToList();
            if (more.Count == 0)
                return !terms[project].Any(each => usable.Contains((project, each)));
            built.UnionWith(more);
        }

        bool AreMet((VariableId Variable, int Candidate) each, bool isBuild, HashSet<(VariableId, int)> usable)
        {
            foreach (var id in problem.RequirementsOf(each.Variable, each.Candidate))
            {
                if (
                    problem.IsBuildRequirement(id) == isBuild
                    && !problem.AllowsAbsence(id)
                    && terms.ContainsKey(problem.Target(id))
                    && problem.Conditions(id).ToArray().All(IsStated)
                    && !usable.Any(other => other.Item1 == problem.Target(id) && IsMetBy(id, other.Item2))
                )
                    return false;
            }

            return true;
        }

        bool IsStated(ExtraCondition condition) =>
            terms.TryGetValue(condition.Extra, out var values) && values.SetEquals([condition.Active ? 0 : -1]);
    }

    private bool IsMetBy(RequirementId id, int candidate)
    {
        var words = new ulong[(problem.CandidateCount(problem.Target(id)) + 63) / 64];
        problem.Satisfying(id, words);
        return ((words[candidate >> 6] >> candidate) & 1) != 0;
    }
}
