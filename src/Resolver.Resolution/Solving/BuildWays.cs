using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// Whether builds can be ordered at all, with the current domains. A candidate has a <i>way</i> if each of its needs
/// is met by a candidate that is left and has a way, too; at run time candidates may need each other. One without a way
/// is <i>stuck</i>: whatever else is chosen, its build would need itself.
/// </summary>
/// <remarks>
/// Each need keeps the candidate that meets it, its <i>support</i>. Nothing is done while the supports stay in their
/// domains; when one leaves, those that rest on it lose their way, and so does whatever rests on them, and for these
/// new ways are looked for ('source pointers', Simons, Niemelä and Soininen, 2002, on unfounded sets). When choices
/// are undone domains grow, and only what was stuck is looked at again.
/// </remarks>
internal sealed partial class BuildWays(DomainEngine engine, DomainEncoding encoding)
{
    /// <summary>In place of a rank: the candidate has a way.</summary>
    private const int OnItsWay = -1;

    private readonly DomainChanges changes = engine.FollowChanges();
    private readonly List<NeedyIndex> lost = [];
    private readonly List<NeedyIndex> stuck = [];
    private readonly List<EngineVariable> suspects = [];
    private SupportLists supports = new();
    private int[] rank = [];
    private int known;

    /// <summary>Whether builds are watched: from the first selection on that the theory refutes.</summary>
    public bool IsOn { get; private set; }

    /// <summary>What the candidates need.</summary>
    public BuildNeeds Needs { get; } = new(engine, encoding);

    public void Begin(Problem problem)
    {
        Needs.Begin(problem);
        supports = new SupportLists();
        lost.Clear();
        stuck.Clear();
        suspects.Clear();
        (IsOn, known, highestRank) = (true, 0, 0);
    }

    public void End()
    {
        if (IsOn)
            Begin(null!);
        IsOn = false;
    }

    /// <summary>Whether the candidate has no way.</summary>
    public bool IsStuck(NeedyIndex candidate) => candidate.Index < known && rank[candidate.Index] != OnItsWay;

    /// <summary>Whether the need of a stuck candidate is what it is stuck for.</summary>
    public bool Blocks(in BuildNeed need) =>
        Needs.Covers(need.Target) && Needs.Holds(need) && !IsMet(need, need.IsBuild ? NoRank : rank[need.Owner.Index]);

    /// <summary>Brings the ways up to date with the domains.</summary>
    public void Update()
    {
        if (changes.WereUndone())
        {
            lost.AddRange(stuck);
            stuck.Clear();
            suspects.Clear();
            highestRank = 0;
        }

        while (changes.NextShrunk() is { IsNone: false } variable)
            Follow(variable);
        Needs.Cover();
        supports.Cover(Needs.CandidateCount, Needs.Count);
        if (rank.Length < Needs.CandidateCount)
            Array.Resize(ref rank, Math.Max(Needs.CandidateCount, rank.Length * 2));
        for (; known < Needs.CandidateCount; known++)
        {
            rank[known] = 0;
            lost.Add(new NeedyIndex(known));
        }

        if (lost.Count > 0)
            FindWays();
    }

    /// <summary>A variable that must be present though every candidate that is left is stuck; or none.</summary>
    public EngineVariable FindHopeless()
    {
        for (; suspects.Count > 0; Dismiss())
        {
            if (!engine.MayBeAbsent(suspects[^1]) && !HasWay(suspects[^1]))
                return suspects[^1];
        }

        return EngineVariable.None;
    }

    /// <summary>Lets what <see cref="FindHopeless"/> found be, until its domain shrinks again or choices are
    /// undone.</summary>
    public void Dismiss() => suspects.RemoveAt(suspects.Count - 1);

    private bool HasWay(EngineVariable variable)
    {
        for (var candidate = 0; candidate < engine.ValuesOf(variable); candidate++)
        {
            if (!IsStuck(Needs.Of(variable, candidate)) && engine.Contains(variable, new(candidate)))
                return true;
        }

        return false;
    }

    private void Follow(EngineVariable variable)
    {
        if (!Needs.Covers(variable))
            return;
        suspects.Add(variable);
        for (var candidate = 0; candidate < engine.ValuesOf(variable); candidate++)
        {
            var needy = Needs.Of(variable, candidate);
            if (supports.IsUsed(needy) && !engine.Contains(variable, new(candidate)))
                LoseThoseOn(needy);
        }

        var value = engine.ValueOf(variable);
        if (value.IsNone)
            return;
        if (value != engine.AbsentOf(variable) && Needs.Read(Needs.Of(variable, value.Index)))
            Lose(Needs.Of(variable, value.Index));
        foreach (var need in Needs.ConditionalOn(variable))
        {
            if (!supports.Has(need) && Needs.Holds(Needs[need]))
                Lose(Needs[need].Owner);
        }
    }

    private void Lose(NeedyIndex candidate)
    {
        if (candidate.Index >= known || IsStuck(candidate))
            return;
        LoseOne(candidate);
        LoseThoseOn(candidate);
    }

    /// <summary>The candidate is no support any more: what rests on it has to look for its way again, and what rests
    /// on that.</summary>
    private void LoseThoseOn(NeedyIndex candidate)
    {
        var next = lost.Count;
        LoseUsers(candidate);
        for (; next < lost.Count; next++)
            LoseUsers(lost[next]);
    }

    private void LoseUsers(NeedyIndex candidate)
    {
        while (supports.FirstOn(candidate) is { IsNone: false } need)
            LoseOne(Needs[need].Owner);
    }

    private void LoseOne(NeedyIndex candidate)
    {
        rank[candidate.Index] = 0;
        lost.Add(candidate);
        var (first, end) = Needs.NeedsOf(candidate);
        for (var need = first; need < end; need++)
            supports.Remove(new NeedIndex(need));
    }
}
