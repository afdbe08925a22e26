using System.Numerics;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Translation;

namespace Resolver.Resolution.Consistency;

/// <summary>
/// Removes candidates that no selection can hold, by arc consistency (AC-4; Mohr and Henderson, 1986): a candidate
/// goes when one of its requirements has no candidate left that meets it, or when something that must be present
/// excludes it. Each removal keeps its cause, so that an explanation can say why.
/// </summary>
/// <remarks>
/// Linear in the requirements of what is reached. Incomplete: a candidate that stays may still be impossible, and only
/// the search knows. An extra is treated as having the candidates of its project, each of which needs what the extra
/// adds to it. Not thread-safe.
/// </remarks>
internal sealed class ArcConsistency
{
    /// <summary>What a project requires that must be there is not looked for while it has more candidates than
    /// these.</summary>
    private const int MostTogether = 64;

    private readonly CandidateProblem problem;
    private readonly Queue<VariableId> toReach = new();
    private readonly Queue<int> removed = new();
    private readonly Queue<int> narrowed = new();
    private readonly List<int> trail = [];
    private readonly List<int> presences = [];
    private readonly List<ulong> words = [];
    private readonly List<int> edgeSlots = [];
    private readonly List<int> edgeNext = [];
    private Domain[] domains = [];
    private Support[] supports = [];
    private Slot[] slots = new Slot[256];
    private int slotCount;
    private VariableId? wiped;

    public ArcConsistency(CandidateProblem problem) => this.problem = problem;

    /// <summary>How a candidate was removed.</summary>
    internal enum Cause : byte
    {
        /// <summary>It is there.</summary>
        None,

        /// <summary>It may never be chosen.</summary>
        Unusable,

        /// <summary>One of its requirements has no candidate left.</summary>
        Unsupported,

        /// <summary>Something that must be present requires others of its project.</summary>
        Excluded,

        /// <summary>Of an extra: the candidate of its project was removed.</summary>
        Project,
    }

    /// <summary>The variables that were reached.</summary>
    public IEnumerable<VariableId> Reached =>
        Enumerable.Range(0, domains.Length).Where(each => domains[each].IsReached).Select(each => new VariableId(each));

    /// <summary>Takes the variable in, and everything that its usable candidates require, directly or not.</summary>
    public void Reach(VariableId variable)
    {
        Enter(variable);
        while (toReach.TryDequeue(out var next))
            Read(next);
    }

    /// <summary>Removes what cannot be, once everything was reached.</summary>
    public void Begin()
    {
        for (var id = 0; id < supports.Length; id++)
        {
            if (supports[id].IsKnown && supports[id].Count == 0)
                RemoveRequirers(new RequirementId(id));
        }
        foreach (var root in problem.Roots)
        {
            if (problem.RoleOf(root) == Role.Constraint && IsReached(problem.Target(root)))
                Restrict(new VariableId(-1), root);
        }
        Propagate();
    }

    /// <summary>The target of the requirement must be there, and meet it: a root.</summary>
    /// <returns>A project that must be there and has no candidate left; null where there is none.</returns>
    public VariableId? Require(RequirementId root)
    {
        Restrict(new VariableId(-1), root);
        Propagate();
        return wiped;
    }

    /// <summary>One of the versions of an optional root must be there.</summary>
    /// <param name="root">Asks for the variable of the optional root, whose candidate 0 leaves it out.</param>
    /// <returns>A project that must be there and has no candidate left; null where there is none.</returns>
    public VariableId? RequireAny(RequirementId root)
    {
        Know(root);
        var target = problem.Target(root);
        ref var domain = ref domains[target.Index];
        Remove(domain.Base, Cause.Excluded, root, new VariableId(-1));
        Restrict(new VariableId(-1), root);
        Propagate();
        return wiped;
    }

    /// <summary>How far things went, for <see cref="UndoTo"/>.</summary>
    public (int Removals, int Presences) Mark => (trail.Count, presences.Count);

    /// <summary>The variable of each candidate that was removed since.</summary>
    public IEnumerable<VariableId> RemovedSince((int Removals, int Presences) mark) =>
        trail.Skip(mark.Removals).Select(each => new VariableId(slots[each].Variable));

    /// <summary>Takes back every removal since.</summary>
    public void UndoTo((int Removals, int Presences) mark)
    {
        for (var i = trail.Count - 1; i >= mark.Removals; i--)
        {
            ref var slot = ref slots[trail[i]];
            slot.Cause = Cause.None;
            domains[slot.Variable].Live++;
            for (var id = domains[slot.Variable].FirstOn; id >= 0; id = supports[id].NextOnTarget)
            {
                if (Meets(id, trail[i] - domains[slot.Variable].Base))
                    supports[id].Count++;
            }
        }
        trail.RemoveRange(mark.Removals, trail.Count - mark.Removals);
        for (var i = mark.Presences; i < presences.Count; i++)
            domains[presences[i]].IsPresent = false;
        presences.RemoveRange(mark.Presences, presences.Count - mark.Presences);
        wiped = null;
    }

    /// <summary>Whether the variable was reached.</summary>
    public bool IsReached(VariableId variable) => variable.Index < domains.Length && domains[variable.Index].IsReached;

    /// <summary>Whether the candidate of a variable that was reached is still there.</summary>
    public bool IsLive(VariableId variable, int candidate) =>
        slots[domains[variable.Index].Base + candidate].Cause == Cause.None;

    /// <summary>Whether a candidate is still there that meets the requirement.</summary>
    public bool IsSupported(RequirementId requirement)
    {
        Know(requirement);
        var target = problem.Target(requirement);
        return Enumerable.Range(0, CountOf(target)).Any(i => IsLive(target, i) && Meets(requirement, i));
    }

    /// <summary>How many candidates of the variable are still there.</summary>
    public int LiveCount(VariableId variable) => domains[variable.Index].Live;

    /// <summary>How many candidates the variable has here: an extra as many as its project.</summary>
    public int CountOf(VariableId variable) => domains[variable.Index].Count;

    /// <summary>Whether the candidate (of the project, where the requirement is on an extra) meets the
    /// requirement.</summary>
    public bool Meets(RequirementId requirement, int candidate) => Meets(requirement.Index, candidate);

    /// <summary>How the candidate was removed: the requirement that it rests on, and for
    /// <see cref="Cause.Excluded"/> who requires (index -1: a root; the requirement is -1 where several of its
    /// candidates have different ones).</summary>
    internal (Cause Cause, RequirementId Requirement, VariableId Source, int Order) RemovalOf(
        VariableId variable,
        int candidate
    )
    {
        ref readonly var slot = ref slots[domains[variable.Index].Base + candidate];
        return (slot.Cause, new RequirementId(slot.Requirement), new VariableId(slot.Source), slot.Order);
    }

    /// <summary>What makes the variable be there: the requirement, and who has it (index -1: a root).</summary>
    internal (RequirementId Requirement, VariableId Source)? PresenceOf(VariableId variable) =>
        domains[variable.Index] is { IsPresent: true } domain
            ? (new RequirementId(domain.PresentThrough), new VariableId(domain.PresentFor))
            : null;

    /// <summary>The project that an extra belongs to; itself for others.</summary>
    internal VariableId ProjectOf(VariableId variable) =>
        problem.IsExtra(variable) ? problem.VariableOf(problem.NameOf(variable)) : variable;

    /// <summary>Whether the requirement counts here: always, or whenever the extra is active.</summary>
    /// <param name="extra">Null: of the project itself.</param>
    internal bool Counts(RequirementId requirement, VariableId? extra) =>
        problem.Conditions(requirement) is var conditions
        && (
            extra is { } wanted
                ? conditions.Length == 1 && conditions[0].Active && conditions[0].Extra == wanted
                : conditions.IsEmpty
        );

    private void Enter(VariableId variable)
    {
        if (variable.Index >= domains.Length)
            Array.Resize(
                ref domains,
                Math.Max(Math.Max(problem.VariableCount, variable.Index + 1), domains.Length * 2)
            );
        if (domains[variable.Index].IsReached)
            return;
        var project = ProjectOf(variable);
        if (project != variable)
            Enter(project);
        var count = problem.CandidateCount(project);
        if (slotCount + count > slots.Length)
            Array.Resize(ref slots, Math.Max(slotCount + count, slots.Length * 2));
        var usable = new ulong[(count + 63) / 64];
        problem.Usable(project, usable);
        domains[variable.Index] = new Domain
        {
            Base = slotCount,
            Count = count,
            IsReached = true,
            FirstOn = -1,
            FirstExtra = -1,
        };
        for (var i = 0; i < count; i++)
        {
            var isUsable = ((usable[i >> 6] >> i) & 1) != 0;
            slots[slotCount + i] = new Slot
            {
                Variable = variable.Index,
                Cause = isUsable ? Cause.None : Cause.Unusable,
                Requirement = -1,
                Source = -1,
            };
            domains[variable.Index].Live += isUsable ? 1 : 0;
        }
        slotCount += count;
        if (project != variable)
        {
            domains[variable.Index].NextExtra = domains[project.Index].FirstExtra;
            domains[project.Index].FirstExtra = variable.Index;
        }
        toReach.Enqueue(variable);
    }

    private void Read(VariableId variable)
    {
        var project = ProjectOf(variable);
        VariableId? extra = project == variable ? null : variable;
        var start = domains[variable.Index].Base;
        for (var candidate = 0; candidate < domains[variable.Index].Count; candidate++)
        {
            if (slots[start + candidate].Cause == Cause.Unusable)
                continue;
            foreach (var id in problem.RequirementsOf(project, candidate).ToArray())
            {
                if (Counts(id, extra))
                {
                    Know(id);
                    edgeSlots.Add(start + candidate);
                    edgeNext.Add(supports[id.Index].FirstRequirer);
                    supports[id.Index].FirstRequirer = edgeSlots.Count - 1;
                }
                else if (
                    extra is null
                    && problem.Conditions(id) is { Length: var length } conditions
                    && (length > 1 || !conditions[0].Active)
                )
                {
                    Know(id); // no part of this consistency, but of what is reached
                }
            }
        }
    }

    private void Know(RequirementId id)
    {
        if (id.Index >= supports.Length)
            Array.Resize(ref supports, Math.Max(id.Index + 1, Math.Max(256, supports.Length * 2)));
        if (supports[id.Index].IsKnown)
            return;
        var target = problem.Target(id);
        Enter(target);
        ref readonly var domain = ref domains[target.Index];
        var start = words.Count;
        var count = (domain.Count + 63) / 64;
        for (var i = 0; i < count; i++)
            words.Add(0);
        var set = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words)[start..];
        problem.SatisfyingProject(id, set);
        var live = 0;
        for (var i = 0; i < count; i++)
        {
            for (var left = set[i]; left != 0; left &= left - 1)
                live +=
                    slots[domain.Base + (i << 6) + BitOperations.TrailingZeroCount(left)].Cause == Cause.None ? 1 : 0;
        }
        supports[id.Index] = new Support
        {
            IsKnown = true,
            Count = live,
            Words = start,
            NextOnTarget = domain.FirstOn,
            FirstRequirer = -1,
        };
        domains[target.Index].FirstOn = id.Index;
    }

    private bool Meets(int requirement, int candidate) =>
        ((words[supports[requirement].Words + (candidate >> 6)] >> candidate) & 1) != 0;

    private void RemoveRequirers(RequirementId id)
    {
        for (var edge = supports[id.Index].FirstRequirer; edge >= 0; edge = edgeNext[edge])
            Remove(edgeSlots[edge], Cause.Unsupported, id, new VariableId(-1));
    }

    private void Remove(int slot, Cause cause, RequirementId requirement, VariableId source)
    {
        if (slots[slot].Cause != Cause.None)
            return;
        slots[slot].Cause = cause;
        slots[slot].Requirement = requirement.Index;
        slots[slot].Source = source.Index;
        slots[slot].Order = trail.Count + 1;
        trail.Add(slot);
        removed.Enqueue(slot);
    }

    /// <summary>Removes the candidates of the target that do not meet the requirement of something that must be
    /// there.</summary>
    private void Restrict(VariableId source, RequirementId id)
    {
        Know(id);
        if (problem.AllowsAbsence(id))
            RemoveOthers(problem.Target(id), SetOf(id.Index), source, id);
        else
            Restrict(problem.Target(id), SetOf(id.Index), source, id);
    }

    private void Restrict(VariableId target, ReadOnlySpan<ulong> set, VariableId source, RequirementId id)
    {
        RemoveOthers(target, set, source, id);
        ref var domain = ref domains[target.Index];
        if (domain.IsPresent)
            return;
        (domain.IsPresent, domain.PresentThrough, domain.PresentFor) = (true, id.Index, source.Index);
        presences.Add(target.Index);
        narrowed.Enqueue(target.Index);
        if (domain.Live == 0)
            wiped ??= target;
    }

    private void RemoveOthers(VariableId target, ReadOnlySpan<ulong> set, VariableId source, RequirementId id)
    {
        for (var i = 0; i < domains[target.Index].Count; i++)
        {
            if (((set[i >> 6] >> i) & 1) == 0)
                Remove(domains[target.Index].Base + i, Cause.Excluded, id, source);
        }
    }

    private void Propagate()
    {
        while (true)
        {
            if (removed.TryDequeue(out var slot))
            {
                Spread(slot);
            }
            else if (narrowed.TryDequeue(out var variable))
            {
                if (domains[variable].IsPresent && domains[variable].Live is > 0 and <= MostTogether)
                    ApplyTogether(new VariableId(variable));
            }
            else
            {
                return;
            }
        }
    }

    private void Spread(int slot)
    {
        var variable = slots[slot].Variable;
        ref var domain = ref domains[variable];
        var candidate = slot - domain.Base;
        domain.Live--;
        for (var id = domain.FirstOn; id >= 0; id = supports[id].NextOnTarget)
        {
            if (Meets(id, candidate) && --supports[id].Count == 0)
                RemoveRequirers(new RequirementId(id));
        }
        for (var extra = domain.FirstExtra; extra >= 0; extra = domains[extra].NextExtra)
            Remove(domains[extra].Base + candidate, Cause.Project, new RequirementId(-1), new VariableId(-1));
        if (!domain.IsPresent)
            return;
        narrowed.Enqueue(variable);
        if (domain.Live == 0)
            wiped ??= new VariableId(variable);
    }

    /// <summary>The project must be there: what each candidate that is left requires must be there too, at a version
    /// that one of them takes.</summary>
    private void ApplyTogether(VariableId variable)
    {
        if (ProjectOf(variable) != variable)
            return;
        var together = new Dictionary<VariableId, (int Count, ulong[] Words)>();
        for (var i = 0; i < domains[variable.Index].Count; i++)
        {
            if (!IsLive(variable, i))
                continue;
            foreach (var (target, set) in SetsOf(variable, i))
            {
                if (!together.TryGetValue(target, out var known))
                    known = (0, new ulong[set.Length]);
                for (var word = 0; word < set.Length; word++)
                    known.Words[word] |= set[word];
                together[target] = (known.Count + 1, known.Words);
            }
        }
        foreach (var (target, (count, union)) in together)
        {
            if (count == domains[variable.Index].Live)
                Restrict(target, union, variable, new RequirementId(-1));
        }
    }

    /// <summary>What the candidate requires without conditions, by project: the candidates that meet all of
    /// it.</summary>
    private Dictionary<VariableId, ulong[]> SetsOf(VariableId variable, int candidate)
    {
        var sets = new Dictionary<VariableId, ulong[]>();
        foreach (var id in problem.RequirementsOf(variable, candidate))
        {
            var target = problem.Target(id);
            if (target == variable || !Counts(id, null) || problem.IsExtra(target) || problem.AllowsAbsence(id))
                continue;
            var set = SetOf(id.Index);
            if (sets.TryGetValue(target, out var known))
            {
                for (var i = 0; i < set.Length; i++)
                    known[i] &= set[i];
            }
            else
            {
                sets.Add(target, set.ToArray());
            }
        }
        return sets;
    }

    private ReadOnlySpan<ulong> SetOf(int requirement) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(words)[
            supports[requirement].Words..(
                supports[requirement].Words
                + (domains[problem.Target(new RequirementId(requirement)).Index].Count + 63) / 64
            )
        ];

    /// <summary>A candidate of a variable, or of an extra's project under that extra.</summary>
    private struct Slot
    {
        public int Variable;
        public int Requirement;
        public int Source;
        public int Order;
        public Cause Cause;
    }

    private struct Domain
    {
        public int Base;
        public int Count;
        public int Live;
        public int FirstOn;
        public int FirstExtra;
        public int NextExtra;
        public int PresentThrough;
        public int PresentFor;
        public bool IsPresent;
        public bool IsReached;
    }

    /// <summary>A requirement: how many candidates that are left meet it, and who has it.</summary>
    private struct Support
    {
        public int Count;
        public int Words;
        public int NextOnTarget;
        public int FirstRequirer;
        public bool IsKnown;
    }
}
