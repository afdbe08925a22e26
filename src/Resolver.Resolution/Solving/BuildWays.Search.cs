namespace Resolver.Resolution.Solving;

/// <summary>Looking for new ways of what has lost its own.</summary>
internal sealed partial class BuildWays
{
    /// <summary>In place of a rank: it arrives together with others, as far as is known.</summary>
    private const int Together = int.MaxValue;

    /// <summary>In place of a rank: no candidate has it.</summary>
    private const int NoRank = int.MinValue;

    private readonly List<NeedyIndex> arrived = [];
    private readonly List<NeedyIndex> together = [];
    private readonly List<NeedyIndex> outside = [];
    private readonly List<NeedyIndex> met = [];
    private int highestRank;

    /// <summary>Looks for ways of all that have lost theirs; what finds none is stuck.</summary>
    private void FindWays()
    {
        foreach (var candidate in lost)
            Try(candidate);
        do
        {
            for (var i = 0; i < arrived.Count; i++)
                TryUsers(arrived[i]);
            arrived.Clear();
        } while (ArriveTogether());
        foreach (var candidate in lost)
        {
            if (!IsStuck(candidate))
                continue;
            stuck.Add(candidate);
            if (suspects.Count == 0 || suspects[^1] != Needs.VariableOf(candidate))
                suspects.Add(Needs.VariableOf(candidate));
        }

        lost.Clear();
    }

    private void TryUsers(NeedyIndex candidate)
    {
        if (!Needs.IsLeft(candidate))
            return;
        foreach (var need in Needs.UsersOf(Needs.VariableOf(candidate)))
        {
            var each = Needs[need];
            if (IsStuck(each.Owner) && Needs.IsMetBy(each, Needs.CandidateOf(candidate).Index))
                Try(each.Owner);
        }
    }

    /// <summary>Gives the candidate its way if everything that it needs is met.</summary>
    private void Try(NeedyIndex candidate)
    {
        if (!IsStuck(candidate) || !FindSupports(candidate, NoRank))
            return;
        Settle(candidate, met, 0);
        arrived.Add(candidate);
    }

    private void Settle(NeedyIndex candidate, List<NeedyIndex> found, int from)
    {
        rank[candidate.Index] = OnItsWay;
        var (first, end) = Needs.NeedsOf(candidate);
        for (var need = first; need < end; need++)
        {
            if (found[from + need - first] is { IsNone: false } support)
                supports.Add(new NeedIndex(need), support);
        }
    }

    /// <summary>Finds what meets the candidate's needs: into <see cref="met"/>, none for a need that is not there or
    /// rests on something that does not take part.</summary>
    /// <param name="inRank">A rank that counts as a way at run time, too.</param>
    /// <returns>False where a need is met by nothing.</returns>
    private bool FindSupports(NeedyIndex candidate, int inRank)
    {
        met.Clear();
        var (first, end) = Needs.NeedsOf(candidate);
        for (var need = first; need < end; need++)
        {
            var each = Needs[new NeedIndex(need)];
            met.Add(NeedyIndex.None);
            if (!Needs.Covers(each.Target) || !Needs.Holds(each))
                continue;
            met[^1] = SupportOf(each, each.IsBuild ? NoRank : inRank);
            if (met[^1].IsNone)
                return false;
        }

        return true;
    }

    /// <summary>A candidate that is left, meets the need and has a way or this rank; or none.</summary>
    private NeedyIndex SupportOf(in BuildNeed need, int inRank)
    {
        for (var candidate = engine.ValuesOf(need.Target) - 1; candidate >= 0; candidate--)
        {
            var at = rank[Needs.Of(need.Target, candidate).Index];
            if ((at == OnItsWay || at == inRank) && Needs.MayBeMetBy(need, candidate))
                return Needs.Of(need.Target, candidate);
        }

        return NeedyIndex.None;
    }

    /// <summary>Whether a candidate that is left and has a way, or at least this rank, meets the need.</summary>
    private bool IsMet(in BuildNeed need, int leastRank)
    {
        for (var candidate = 0; candidate < engine.ValuesOf(need.Target); candidate++)
        {
            var at = rank[Needs.Of(need.Target, candidate).Index];
            if ((at == OnItsWay || (leastRank != NoRank && at >= leastRank)) && Needs.MayBeMetBy(need, candidate))
                return true;
        }

        return false;
    }

    /// <summary>
    /// Candidates that need each other only to run arrive together: all that can be built and whose needs at run time
    /// lead to nothing but such ones. What has to be left out gets its rank, in that order; what cannot even be built
    /// has rank 0.
    /// </summary>
    /// <returns>Whether there were any.</returns>
    private bool ArriveTogether()
    {
        together.Clear();
        foreach (var candidate in lost)
        {
            if (!IsStuck(candidate))
                continue;
            rank[candidate.Index] = 0;
            if (IsBuildable(candidate))
                together.Add(candidate);
        }

        foreach (var candidate in together)
            rank[candidate.Index] = Together;
        foreach (var candidate in together)
            LeaveOut(candidate);
        for (var i = 0; i < outside.Count; i++)
        {
            foreach (var need in Needs.UsersOf(Needs.VariableOf(outside[i])))
                LeaveOut(Needs[need].Owner);
        }

        outside.Clear();
        // All choose before any of them has its way: no build can do with one that arrives together with it.
        together.RemoveAll(candidate => rank[candidate.Index] != Together);
        var found = new List<NeedyIndex>();
        foreach (var candidate in together)
        {
            FindSupports(candidate, Together);
            found.AddRange(met);
        }

        var from = 0;
        foreach (var candidate in together)
        {
            Settle(candidate, found, from);
            var (first, end) = Needs.NeedsOf(candidate);
            from += end - first;
        }

        arrived.AddRange(together);
        return together.Count > 0;
    }

    /// <summary>Leaves the candidate out where something that it needs cannot arrive.</summary>
    private void LeaveOut(NeedyIndex candidate)
    {
        if (rank[candidate.Index] != Together || FindSupports(candidate, Together))
            return;
        rank[candidate.Index] = ++highestRank;
        outside.Add(candidate);
    }

    private bool IsBuildable(NeedyIndex candidate)
    {
        var (first, end) = Needs.NeedsOf(candidate);
        for (var need = first; need < end; need++)
        {
            var each = Needs[new NeedIndex(need)];
            if (each.IsBuild && Needs.Covers(each.Target) && Needs.Holds(each) && SupportOf(each, NoRank).IsNone)
                return false;
        }

        return true;
    }
}
