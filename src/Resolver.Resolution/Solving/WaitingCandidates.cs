using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Stuck candidates as a graph: each waits for all candidates that are left and would meet one need of its own, which
/// is chosen when the candidate is reached. Finds candidates that need each other and for no others: the first strongly
/// connected component that Tarjan's algorithm completes (its recursion unrolled).
/// </summary>
internal sealed class WaitingCandidates(DomainEngine engine, BuildWays ways)
{
    private readonly BuildNeeds needs = ways.Needs;
    private readonly List<NeedyIndex> visited = [];
    private readonly List<NeedyIndex> open = [];
    private readonly List<(NeedyIndex Candidate, int Next)> path = [];

    /// <summary>By candidate: 0 where it was not reached, else its place in <see cref="visited"/>, from 1.</summary>
    private int[] place = [];

    private int[] low = [];
    private NeedIndex[] chosen = [];

    /// <summary>The candidates that were found.</summary>
    public List<NeedyIndex> Members { get; } = [];

    /// <summary>The need that a reached candidate is stuck for.</summary>
    public BuildNeed NeedOf(NeedyIndex candidate) => needs[chosen[candidate.Index]];

    /// <summary>Whether one candidate waits for the other.</summary>
    public bool Waits(NeedyIndex candidate, NeedyIndex other) =>
        NeedOf(candidate).Target == needs.VariableOf(other)
        && needs.MayBeMetBy(NeedOf(candidate), needs.CandidateOf(other).Index);

    /// <summary>Finds some, starting from a stuck candidate; where none that is left would meet the need of one, that
    /// one alone.</summary>
    public void Find(NeedyIndex stuck)
    {
        if (place.Length < needs.CandidateCount)
        {
            place = new int[needs.CandidateCount];
            low = new int[needs.CandidateCount];
            chosen = new NeedIndex[needs.CandidateCount];
        }

        Enter(stuck);
        while (!Step()) { }
        foreach (var candidate in visited)
            place[candidate.Index] = 0;
        visited.Clear();
        open.Clear();
        path.Clear();
    }

    private void Enter(NeedyIndex candidate)
    {
        visited.Add(candidate);
        place[candidate.Index] = low[candidate.Index] = visited.Count;
        open.Add(candidate);
        chosen[candidate.Index] = Choose(candidate);
        path.Add((candidate, engine.ValuesOf(NeedOf(candidate).Target) - 1));
    }

    /// <summary>Goes on from the end of the path.</summary>
    /// <returns>Whether a component is complete.</returns>
    private bool Step()
    {
        var (candidate, next) = path[^1];
        var need = NeedOf(candidate);
        for (; next >= 0; next--)
        {
            if (!needs.MayBeMetBy(need, next))
                continue;
            var other = needs.Of(need.Target, next);
            if (place[other.Index] == 0)
            {
                path[^1] = (candidate, next);
                Enter(other);
                return false;
            }

            low[candidate.Index] = Math.Min(low[candidate.Index], low[other.Index]);
        }

        if (low[candidate.Index] == place[candidate.Index])
        {
            Members.Clear();
            Members.AddRange(open[open.IndexOf(candidate)..]);
            return true;
        }

        path.RemoveAt(path.Count - 1);
        var before = path[^1].Candidate.Index;
        low[before] = Math.Min(low[before], low[candidate.Index]);
        path[^1] = (path[^1].Candidate, path[^1].Next - 1);
        return false;
    }

    /// <summary>The need that the candidate is stuck for; of several the one that brings in the fewest
    /// others.</summary>
    private NeedIndex Choose(NeedyIndex candidate)
    {
        var (best, least) = (NeedIndex.None, int.MaxValue);
        var (first, end) = needs.NeedsOf(candidate);
        for (var need = first; need < end && least > 0; need++)
        {
            var each = needs[new NeedIndex(need)];
            if (!ways.Blocks(each))
                continue;
            var cost = Cost(each);
            if (cost < least)
                (best, least) = (new NeedIndex(need), cost);
        }

        return best;
    }

    private int Cost(in BuildNeed need)
    {
        var cost = 0;
        for (var candidate = 0; candidate < engine.ValuesOf(need.Target); candidate++)
        {
            if (place[needs.Of(need.Target, candidate).Index] == 0 && needs.MayBeMetBy(need, candidate))
                cost++;
        }

        return cost;
    }
}
