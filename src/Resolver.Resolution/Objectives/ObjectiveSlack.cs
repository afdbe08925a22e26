using Resolver.Resolution.Problems;

namespace Resolver.Resolution.Objectives;

/// <summary>
/// How far one objective had to give way so far. Variables whose counted candidates were found to be needed are in
/// <i>groups</i>; of each group a number is proven that every selection has at least, and that many are admitted.
/// What is in no group counts nothing yet: its counted candidates are ruled out.
/// </summary>
/// <param name="counts">Whether the candidate of the variable counts.</param>
internal sealed class ObjectiveSlack(Func<VariableId, int, bool> counts)
{
    private readonly List<Group> groups = [];
    private readonly Dictionary<VariableId, Group> groupOf = [];

    /// <summary>What every selection has at least: groups are disjoint, so their numbers add up.</summary>
    public int AtLeast => groups.Sum(each => each.Limit);

    /// <summary>The groups in which not everything is admitted.</summary>
    public IEnumerable<SelectionBound> Bounds(Problem problem) =>
        from bounded in groups
        where bounded.Limit < bounded.Members.Count
        select bounded.Bound ??= new SelectionBound(
            [.. bounded.Members.Select(each => new SelectionTerm(each, [.. Counted(problem, each)]))],
            bounded.Limit
        );

    /// <summary>Whether the candidate is ruled out.</summary>
    public bool Bars(VariableId variable, int candidate) =>
        !groupOf.ContainsKey(variable) && counts(variable, candidate);

    /// <summary>How much the selection counts.</summary>
    public int Of(Selection selection)
    {
        var count = 0;
        for (var i = 0; i < selection.Order.Count; i++)
            count += counts(selection.Order[i], selection.CandidateAt(i)) ? 1 : 0;
        return count;
    }

    /// <summary>
    /// Learns from a refutation: what it used of this slack cannot all hold, so the groups it names, each variable by
    /// itself where it is in none, have together at least one more than their numbers say. They become one group with
    /// that number.
    /// </summary>
    /// <returns>False where it used nothing: then there is no selection, however far this objective gives
    /// way.</returns>
    public bool Widen(Solving.Refutation refutation)
    {
        var members = new SortedSet<int>();
        var limit = 0;
        foreach (var axiom in refutation.Axioms)
        {
            if (
                axiom is Solving.Axiom.Unusable unusable
                && unusable.Candidates.Any(candidate => Bars(unusable.Variable, candidate))
            )
                members.Add(unusable.Variable.Index);
            if (
                axiom is not Solving.Axiom.Theory { Nogood.Certificate: SelectionBound used }
                || groups.Find(each => ReferenceEquals(each.Bound, used)) is not { } merged
            )
                continue;
            groups.Remove(merged);
            members.UnionWith(merged.Members.Select(each => each.Index));
            limit += merged.Limit;
        }

        if (members.Count == 0)
            return false;
        Add(new Group([.. members.Select(each => new VariableId(each))], limit + 1));
        return true;
    }

    /// <summary>At least one of these counts in every selection: known before any search. None of them is in another
    /// group.</summary>
    public void Widen(IReadOnlyList<VariableId> members) => Add(new Group(members, 1));

    private void Add(Group group)
    {
        groups.Add(group);
        foreach (var member in group.Members)
            groupOf[member] = group;
    }

    private IEnumerable<int> Counted(Problem problem, VariableId variable) =>
        Enumerable.Range(0, problem.CandidateCount(variable)).Where(candidate => counts(variable, candidate));

    private sealed class Group(IReadOnlyList<VariableId> members, int limit)
    {
        public IReadOnlyList<VariableId> Members { get; } = members;

        public int Limit { get; } = limit;

        /// <summary>Made once, so that a nogood's certificate tells the group.</summary>
        public SelectionBound? Bound { get; set; }
    }
}
