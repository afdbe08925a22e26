using Resolver.Resolution.Consistency;
using Resolver.Resolution.Explanations.Conflicts;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Batches;

/// <summary>
/// Sets of optional roots that cannot all be had, no two with a member in common: as many as arc consistency finds.
/// Each costs a batch one project at least.
/// </summary>
/// <remarks>
/// Roots are required one after the other. Where a project runs out of candidates, the roots that its end rests on are
/// a conflict, and the last one is let go. Members of a conflict stay required until the pass ends, since to undo
/// them would undo all that came later; what conflicts with them again is tried in the next pass, without them.
/// </remarks>
internal static class DisjointConflicts
{
    private const int MostPasses = 12;
    private const int MostFacts = 5_000;

    /// <summary>The conflicts, as places in the list.</summary>
    public static List<List<int>> Find(
        CandidateProblem problem,
        ArcConsistency consistency,
        IReadOnlyList<RequirementId> roots
    )
    {
        var conflicts = new List<List<int>>();
        var places = roots.Select((root, i) => (root, i)).ToDictionary(each => each.root, each => each.i);
        var used = new bool[roots.Count];
        for (var pass = 0; pass < MostPasses; pass++)
        {
            var before = conflicts.Count;
            var start = consistency.Mark;
            for (var i = 0; i < roots.Count; i++)
            {
                if (used[i])
                    continue;
                var mark = consistency.Mark;
                if (consistency.RequireAny(roots[i]) is not { } wiped)
                    continue;
                var members = new RemovalFacts(problem, consistency, MostFacts)
                    .RootsOf(wiped)
                    ?.Where(places.ContainsKey)
                    .Select(each => places[each])
                    .ToList();
                consistency.UndoTo(mark);
                if (members is null or [] || members.Exists(each => used[each]))
                    continue;
                conflicts.Add(members);
                members.ForEach(each => used[each] = true);
            }
            consistency.UndoTo(start);
            if (conflicts.Count == before)
                break;
        }
        return conflicts;
    }
}
