namespace Resolver.Resolution.Problems;

/// <summary>What was chosen: exactly what the discovery queue reached. Immutable.</summary>
public sealed class Selection
{
    private readonly int[] candidates;
    private Dictionary<VariableId, int>? places;

    /// <param name="order">The variables that are present, in the order in which the queue reached them.</param>
    /// <param name="candidates">Parallel to <paramref name="order"/>. Both are kept, not copied.</param>
    /// <exception cref="ArgumentException">The two differ in length.</exception>
    public Selection(IReadOnlyList<VariableId> order, int[] candidates)
    {
        if (order.Count != candidates.Length)
            throw new ArgumentException("Each variable needs its candidate.", nameof(candidates));
        Order = order;
        this.candidates = candidates;
    }

    /// <summary>The variables that are present, projects and extras, in the order in which the discovery queue
    /// reached them.</summary>
    public IReadOnlyList<VariableId> Order { get; }

    /// <summary>The candidate of the variable, or -1 where it is absent. The index is made at the first question: an
    /// answer that is only listed needs none.</summary>
#pragma warning disable CA1043 // a selection is an array over variables; their type is not int on purpose
    public int this[VariableId variable]
    {
        get
        {
            places ??= MakeIndex();
            return places.TryGetValue(variable, out var place) ? candidates[place] : -1;
        }
    }
#pragma warning restore CA1043

    /// <summary>The candidate of the variable at this place of <see cref="Order"/>.</summary>
    public int CandidateAt(int place) => candidates[place];

    /// <summary>Whether every condition of a requirement holds: the extras are selected, or are not.</summary>
    internal bool Holds(Problem problem, RequirementId id)
    {
        foreach (var condition in problem.Conditions(id))
        {
            if (this[condition.Extra] >= 0 != condition.Active)
                return false;
        }
        return true;
    }

    private Dictionary<VariableId, int> MakeIndex()
    {
        var index = new Dictionary<VariableId, int>(Order.Count);
        for (var i = 0; i < candidates.Length; i++)
            index[Order[i]] = i;
        return index;
    }
}
