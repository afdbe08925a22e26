using Resolver.Resolution.Ordering;
using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Nogoods about builds that need each other, from what is stuck (<see cref="BuildWays"/>): some candidates, as
/// few as were easily found, each of which needs another of them, whichever of its project is chosen.
/// </summary>
internal sealed class StuckNogoods(DomainEngine engine, DomainEncoding encoding, BuildWays ways)
{
    private readonly BuildNeeds needs = ways.Needs;
    private readonly WaitingCandidates waiting = new(engine, ways);
    private readonly HashSet<NeedyIndex> members = [];

    /// <summary>The projects of the members, each with the candidates that meet a need of a member.</summary>
    private readonly Dictionary<EngineVariable, ulong[]> wanted = [];

    /// <summary>In the order in which they were found.</summary>
    private readonly List<EngineVariable> projects = [];

    /// <summary>Those of which a member can be built and is stuck at run time.</summary>
    private readonly HashSet<EngineVariable> running = [];

    private readonly HashSet<ExtraCondition> conditions = [];

    /// <summary>Finds candidates that need each other and that a stuck candidate needs, or that are stuck
    /// themselves.</summary>
    /// <returns>None; or, where no candidate that is left meets some need of one, that one: it waits for nothing, and
    /// the requirement alone rules it out.</returns>
    public NeedyIndex Find(NeedyIndex stuck)
    {
        waiting.Find(stuck);
        if (waiting.Members is [var only] && !waiting.Waits(only, only))
            return only;
        Collect();
        return NeedyIndex.None;
    }

    /// <summary>What was found, as a nogood: a project loses these candidates where the others can do no
    /// better.</summary>
    public SelectionNogood Nogood()
    {
        var anchor = projects[0];
        foreach (var project in projects)
        {
            if (engine.MayBeAbsent(project) || !IsWhole(project))
                continue;
            anchor = project;
            break;
        }

        return new SelectionNogood([.. Terms(anchor)], new StuckBuilds(encoding.Outer(anchor)));
    }

    /// <summary>What was found, as one cycle; null where it takes several, or not all of it is there for
    /// certain.</summary>
    public BuildCycle? Cycle()
    {
        var next = new Dictionary<EngineVariable, BuildNeed>();
        foreach (var member in waiting.Members)
        {
            var (project, need) = (needs.VariableOf(member), waiting.NeedOf(member));
            if (
                engine.MayBeAbsent(project)
                || !IsWhole(project)
                || !IsAlike(need, next.GetValueOrDefault(project, need))
            )
                return null;
            next[project] = need;
        }

        var cycle = new List<BuildEdge>();
        for (var at = projects[0]; cycle.Count < projects.Count; at = next[at].Target)
            cycle.Add(new BuildEdge(encoding.Outer(at), next[at].Requirement));
        var first = cycle.FindIndex(edge => next[encoding.Inner(edge.Source)].IsBuild);
        return new BuildCycle([.. cycle[first..], .. cycle[..first]]);
    }

    private bool IsAlike(in BuildNeed need, in BuildNeed other) =>
        need.Target == other.Target
        && need.IsBuild == other.IsBuild
        && needs.ConditionsOf(need).SequenceEqual(needs.ConditionsOf(other));

    /// <summary>Sums up what was found, by project.</summary>
    private void Collect()
    {
        members.Clear();
        wanted.Clear();
        projects.Clear();
        running.Clear();
        conditions.Clear();
        foreach (var member in waiting.Members)
        {
            members.Add(member);
            var project = needs.VariableOf(member);
            if (wanted.TryAdd(project, new ulong[DomainEngine.WordsFor(engine.ValuesOf(project))]))
                projects.Add(project);
        }

        foreach (var member in waiting.Members)
        {
            var need = waiting.NeedOf(member);
            conditions.UnionWith(needs.ConditionsOf(need).ToArray());
            if (!need.IsBuild)
                running.Add(needs.VariableOf(member));
            var set = wanted[need.Target];
            var meeting = needs.Meeting(need);
            for (var i = 0; i < meeting.Length; i++)
                set[i] |= meeting[i];
        }
    }

    /// <summary>Whether all that is left of the project is among the members.</summary>
    private bool IsWhole(EngineVariable project)
    {
        for (var candidate = 0; candidate < engine.ValuesOf(project); candidate++)
        {
            if (engine.Contains(project, new(candidate)) && !members.Contains(needs.Of(project, candidate)))
                return false;
        }

        return true;
    }

    /// <summary>
    /// Of the anchor: the candidates that are stuck if the others are. Of another project: these, what no member
    /// needs, and 'absent', which the requirements exclude. Then the extras that needs hang on.
    /// </summary>
    private IEnumerable<SelectionTerm> Terms(EngineVariable anchor)
    {
        foreach (var project in projects)
        {
            var candidates = new List<int>();
            if (project != anchor)
                candidates.Add(-1);
            for (var candidate = 0; candidate < engine.ValuesOf(project); candidate++)
            {
                var isWanted = ((wanted[project][candidate >> 6] >> candidate) & 1) != 0;
                if (IsStuck(needs.Of(project, candidate)) || (project != anchor && !isWanted))
                    candidates.Add(candidate);
            }

            yield return new SelectionTerm(encoding.Outer(project), candidates);
        }

        foreach (var condition in conditions)
            yield return new SelectionTerm(condition.Extra, [condition.Active ? 0 : -1]);
    }

    /// <summary>Whether the candidate, left or not, is stuck because the members are. Needs at run time must not lead
    /// in a cycle: of candidates that are not left those count that lead to what cannot be built.</summary>
    private bool IsStuck(NeedyIndex candidate)
    {
        if (members.Contains(candidate))
            return true;
        var (first, end) = needs.NeedsOf(candidate);
        for (var need = first; need < end; need++)
        {
            var each = needs[new NeedIndex(need)];
            if (
                wanted.TryGetValue(each.Target, out var set)
                && (each.IsBuild || (running.Contains(needs.VariableOf(candidate)) && !running.Contains(each.Target)))
                && IsWithin(needs.Meeting(each), set)
                && AreListed(needs.ConditionsOf(each))
            )
                return true;
        }

        return false;
    }

    private static bool IsWithin(ReadOnlySpan<ulong> one, ulong[] other)
    {
        for (var i = 0; i < one.Length; i++)
        {
            if ((one[i] & ~other[i]) != 0)
                return false;
        }

        return true;
    }

    private bool AreListed(ReadOnlySpan<ExtraCondition> asked)
    {
        foreach (var condition in asked)
        {
            if (!conditions.Contains(condition))
                return false;
        }

        return true;
    }
}
