using System.Runtime.InteropServices;
using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>What candidates need, to be built or to run, as far as it was read: the graph in which
/// <see cref="BuildWays"/> looks for builds that need each other.</summary>
/// <remarks>Constraints are left out, and what is beyond <see cref="MostCandidates"/>: whatever is not here stands in
/// nobody's way, and the theory judges it at the end.</remarks>
internal sealed class BuildNeeds(DomainEngine engine, DomainEncoding encoding)
{
    /// <summary>Candidates that take part at most: a problem that reaches a million does not pay for all of
    /// them.</summary>
    private const int MostCandidates = 20_000;

    private static readonly List<NeedIndex> Nothing = [];

    private readonly List<BuildNeed> needs = [];
    private readonly List<Needy> candidates = [];
    private readonly List<int> firstOf = [];
    private readonly List<List<NeedIndex>> users = [];
    private readonly Dictionary<EngineVariable, List<NeedIndex>> conditional = [];
    private readonly Dictionary<RequirementId, int> satisfying = [];
    private readonly List<ulong> words = [];
    private Problem problem = null!;

    /// <summary>How many of the engine's variables take part: the first ones.</summary>
    public int Covered => firstOf.Count;

    /// <summary>How many candidates take part.</summary>
    public int CandidateCount => candidates.Count;

    /// <summary>How many needs there are.</summary>
    public int Count => needs.Count;

    public void Begin(Problem newProblem)
    {
        problem = newProblem;
        needs.Clear();
        candidates.Clear();
        firstOf.Clear();
        users.Clear();
        conditional.Clear();
        satisfying.Clear();
        words.Clear();
    }

    /// <summary>Takes in the variables that the engine has got since, what their candidates need, what candidates of
    /// that need, and so on.</summary>
    public void Cover()
    {
        while (Covered < engine.VariableCount && candidates.Count < MostCandidates)
        {
            var variable = new EngineVariable(Covered);
            var first = candidates.Count;
            firstOf.Add(first);
            for (var candidate = 0; candidate < engine.ValuesOf(variable); candidate++)
                candidates.Add(new Needy(variable, new(candidate)));
            for (var candidate = 0; candidate < engine.ValuesOf(variable); candidate++)
                Read(new NeedyIndex(first + candidate));
        }
    }

    /// <summary>Whether the variable takes part.</summary>
    public bool Covers(EngineVariable variable) => variable.Index < firstOf.Count;

    /// <summary>A candidate of a variable that takes part.</summary>
    public NeedyIndex Of(EngineVariable variable, int candidate) => new(firstOf[variable.Index] + candidate);

    public EngineVariable VariableOf(NeedyIndex needy) => candidates[needy.Index].Variable;

    public CandidateIndex CandidateOf(NeedyIndex needy) => candidates[needy.Index].Candidate;

    /// <summary>Whether the candidate is left in its domain.</summary>
    public bool IsLeft(NeedyIndex needy) =>
        engine.Contains(candidates[needy.Index].Variable, new(candidates[needy.Index].Candidate.Index));

    /// <summary>What the candidate needs lies side by side: where it begins, and where it ends.</summary>
    public (int First, int End) NeedsOf(NeedyIndex needy) =>
        (candidates[needy.Index].First, candidates[needy.Index].First + candidates[needy.Index].Count);

    /// <summary>A need.</summary>
    public BuildNeed this[NeedIndex need] => needs[need.Index];

    /// <summary>The needs that the variable would meet, under conditions or not.</summary>
    public List<NeedIndex> UsersOf(EngineVariable variable) =>
        variable.Index < users.Count ? users[variable.Index] : Nothing;

    /// <summary>The needs that hang on the extra.</summary>
    public List<NeedIndex> ConditionalOn(EngineVariable extra) =>
        conditional.TryGetValue(extra, out var known) ? known : Nothing;

    /// <summary>The conditions of a need.</summary>
    public ReadOnlySpan<ExtraCondition> ConditionsOf(in BuildNeed need) => problem.Conditions(need.Requirement);

    /// <summary>Whether the need is there for certain with the current domains.</summary>
    public bool Holds(in BuildNeed need)
    {
        if (!need.IsConditional)
            return true;
        foreach (var condition in ConditionsOf(need))
        {
            if (engine.ValueOf(encoding.Inner(condition.Extra)).Index != (condition.Active ? 0 : 1))
                return false;
        }

        return true;
    }

    /// <summary>The candidates of its target that meet the need, a bit each.</summary>
    public ReadOnlySpan<ulong> Meeting(in BuildNeed need) =>
        CollectionsMarshal.AsSpan(words).Slice(need.Words, (engine.ValuesOf(need.Target) + 63) / 64);

    /// <summary>Whether the candidate of its target meets the need.</summary>
    public bool IsMetBy(in BuildNeed need, int candidate) =>
        ((words[need.Words + (candidate >> 6)] >> candidate) & 1) != 0;

    /// <summary>Whether the candidate of its target is left and meets the need.</summary>
    public bool MayBeMetBy(in BuildNeed need, int candidate) =>
        engine.Contains(need.Target, new(candidate)) && IsMetBy(need, candidate);

    /// <summary>Reads what the candidate needs, unless that is known. Where the search does not read ahead, what
    /// nobody has read yet needs nothing for the time being.</summary>
    /// <returns>Whether more is known of it now.</returns>
    public bool Read(NeedyIndex needy)
    {
        var (variable, candidate, isRead, _, _) = candidates[needy.Index];
        var outer = encoding.Outer(variable);
        if (isRead || !(problem.ReadsAhead || problem.IsRead(outer, candidate.Index)))
            return false;
        var first = needs.Count;
        foreach (var id in problem.RequirementsOf(outer, candidate.Index))
        {
            if (!problem.AllowsAbsence(id))
                Add(needy, id);
        }

        candidates[needy.Index] = new Needy(variable, candidate, true, first, needs.Count - first);
        return needs.Count > first;
    }

    private void Add(NeedyIndex owner, RequirementId id)
    {
        var need = new NeedIndex(needs.Count);
        var target = encoding.Inner(problem.Target(id));
        var conditions = problem.Conditions(id);
        while (users.Count <= target.Index)
            users.Add([]);
        users[target.Index].Add(need);
        foreach (var condition in conditions)
        {
            var extra = encoding.Inner(condition.Extra);
            if (!conditional.TryGetValue(extra, out var known))
                conditional.Add(extra, known = []);
            known.Add(need);
        }

        needs.Add(
            new BuildNeed(owner, target, id, problem.IsBuildRequirement(id), !conditions.IsEmpty, Words(target, id))
        );
    }

    private int Words(EngineVariable target, RequirementId id)
    {
        if (satisfying.TryGetValue(id, out var first))
            return first;
        satisfying.Add(id, first = words.Count);
        CollectionsMarshal.SetCount(words, first + ((engine.ValuesOf(target) + 63) / 64));
        var set = CollectionsMarshal.AsSpan(words)[first..];
        set.Clear();
        problem.Satisfying(id, set);
        return first;
    }

    /// <summary>A candidate, and where its needs lie.</summary>
    private readonly record struct Needy(
        EngineVariable Variable,
        CandidateIndex Candidate,
        bool IsRead = false,
        int First = 0,
        int Count = 0
    );
}
