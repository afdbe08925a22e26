using Resolver.Resolution.Checking;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Explanations.Fixes;

/// <summary>Whether a selection of a problem without one of its facts is one of the question with a fix applied: to
/// check that takes less than to search.</summary>
internal static class KeptSelection
{
    /// <summary>Whether the same candidates are a selection of the question with the fix; false says nothing, since
    /// there may be another one.</summary>
    /// <param name="selection">A selection of <paramref name="problem"/> without some of its facts. What is there in
    /// none of its files stands for a file that the fix adds.</param>
    public static bool Fits(CandidateProblem problem, FoundSelection selection, CandidateProblem withFix)
    {
        // What judges the environments of builds is a search itself.
        if (withFix.Builds is not null)
            return false;
        var (order, candidates) = (new List<VariableId>(), new List<int>());
        var seen = new HashSet<VariableId>();
        Follow(withFix.Roots);
        for (var i = 0; i < order.Count; i++)
            Follow(withFix.RequirementsOf(order[i], candidates[i]));
        return SelectionChecker.Check(withFix, new Selection(order, [.. candidates])).Count == 0;

        void Follow(ReadOnlySpan<RequirementId> requirements)
        {
            foreach (var id in requirements)
            {
                var target = withFix.Target(id);
                if (
                    withFix.AllowsAbsence(id)
                    || !Holds(id)
                    || !seen.Add(target)
                    || CandidateOf(target) is not (>= 0 and var candidate)
                )
                    continue;
                order.Add(target);
                candidates.Add(candidate);
            }
        }

        bool Holds(RequirementId id)
        {
            foreach (var condition in withFix.Conditions(id))
            {
                if (CandidateOf(condition.Extra) >= 0 != condition.Active)
                    return false;
            }
            return true;
        }

        int CandidateOf(VariableId variable)
        {
            var name = withFix.NameOf(variable);
            if (withFix.ExtraOf(variable) is { } extra)
                return selection[problem.VariableOf(name, extra)] >= 0 ? 0 : -1;
            var same = problem.VariableOf(name);
            if (selection[same] is not (>= 0 and var chosen))
                return -1;
            var (before, now) = (problem.CandidatesOf(same), withFix.CandidatesOf(variable));
            for (var i = 0; i < now.Count; i++)
            {
                if (chosen < before.Count ? ReferenceEquals(now[i], before[chosen]) : !before.Contains(now[i]))
                    return i;
            }
            return -1;
        }
    }
}
