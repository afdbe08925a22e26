using System.Runtime.CompilerServices;
using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>The project's own engine: conflict-driven search over project domains, in discovery order
/// (docs/solver.md).</summary>
/// <remarks>
/// Decides strictly in the order of the discovery queue, the best candidate first. A better candidate is passed over
/// only where a nogood that follows from the problem and the choices before rules it out, so the first complete
/// selection is the best one, and finding it proves it. Reusable: between calls it keeps empty buffers, and no
/// encoding, clause or memo. Not thread-safe.
/// </remarks>
public sealed partial class DomainSolver : ISolver
{
    private readonly DomainEngine engine = new();
    private readonly DiscoveryQueue queue = new();
    private readonly DomainEncoding encoding;
    private readonly BoundedCounts bounds;
    private readonly BuildWays ways;
    private readonly StuckNogoods stuckNogoods;
    private readonly List<NogoodId> pendingTheory = [];
    private readonly Func<VariableId, int> chosenBefore;
    private int[] dense = [];
    private Problem problem = null!;
    private long decisions;
    private long conflicts;

    public DomainSolver()
    {
        encoding = new DomainEncoding(engine);
        bounds = new BoundedCounts(engine, encoding);
        ways = new BuildWays(engine, encoding);
        stuckNogoods = new StuckNogoods(engine, encoding, ways);
        chosenBefore = ChosenBefore;
    }

    /// <inheritdoc/>
    public Outcome Solve(Problem problem, SolveOptions options, CancellationToken cancellation = default)
    {
        var limits = new Limits(options, cancellation);
        this.problem = problem;
        engine.Clear();
        queue.Clear();
        encoding.Begin(problem);
        bounds.Begin(problem);
        pendingTheory.Clear();
        LookThroughAgain();
        (decisions, conflicts) = (0, 0);
        (usesProbes, isProbing, forgettings) = (false, false, 0);
        slices.Clear();
        forgetAt = options.ConflictsBeforeForgetting;
        engine.Traces = options.Trace;
        encoding.Observer = options.Observer;
        namesCycles = options.NamesCycles;
        if (options.WatchesBuilds)
            WatchBuilds();
        try
        {
            return Search(ref limits, options);
        }
        catch (SolveStopped stopped)
        {
            return new Outcome.GaveUp(stopped.Limit, Statistics());
        }
        finally
        {
            encoding.End();
            bounds.End();
            ways.End();
            this.problem = null!;
        }
    }

    /// <summary>The search: propagate, learn from a conflict, else take the next of the queue (or what a probe takes,
    /// where the queue alone has proved too hard).</summary>
    private Outcome Search(ref Limits limits, SolveOptions options)
    {
        var consistent = AddRoots();
        while (true)
        {
            if (limits.Reached(conflicts) is { } limit)
                return new Outcome.GaveUp(limit, Statistics());
            if (
                !consistent
                || !Propagate()
                || (pendingTheory.Count > 0 && !ApplyPendingTheory())
                || (!bounds.IsEmpty && !bounds.Hold())
                || (ways.IsOn && !CanBeBuilt(limits))
            )
            {
                conflicts++;
                if (limits.Reached(conflicts) is LimitReached.Conflicts)
                    return new Outcome.GaveUp(LimitReached.Conflicts, Statistics());
                if (!Learn())
                    return new Outcome.Unsatisfiable(engine.Traces ? Refutation() : null, Statistics());
                AfterConflict(options);
                consistent = true;
            }
            else if (isProbing && TakeMostActive(ref consistent))
            {
                continue;
            }
            else if (!queue.IsExhausted)
            {
                consistent = Advance();
            }
            else if (!SettleExtras() && !RefutedByTheory() && !EndProbe())
            {
                return new Outcome.Satisfiable(CompleteSelection(), true, Statistics());
            }
        }
    }

    private bool AddRoots()
    {
        var consistent = true;
        foreach (var root in problem.Roots)
        {
            consistent = encoding.AddRoot(root, out var demand) && consistent;
            if (!consistent)
                return false;
            if (demand.Kind == DemandKind.Direct && demand.Reaches)
                queue.Append(demand.Target);
        }

        return true;
    }

    /// <summary>Propagates to a fixpoint. A variable that comes down to one candidate has its requirements
    /// applied.</summary>
    private bool Propagate()
    {
        while (true)
        {
            switch (engine.Propagate())
            {
                case Propagated.Fixpoint:
                    return true;
                case Propagated.Conflict:
                    return false;
                default:
                    if (!Visit(engine.Settled))
                        return false;
                    break;
            }
        }
    }

    /// <summary>
    /// Applies what the only candidate left requires. At every visit again: a nogood that was loaded late acted on a
    /// level above the one that made its first term true, so going back undid what it did while that term stayed
    /// true, and no watch would tell.
    /// </summary>
    private bool Visit(EngineVariable variable)
    {
        var value = engine.ValueOf(variable);
        if (value != engine.AbsentOf(variable) && !ApplyDemands(variable, new(value.Index)))
            return false;
        // An extra that was settled either way may complete a condition of its project.
        var owner = encoding.OwnerOf(variable);
        if (owner.IsNone)
            return true;
        var chosen = CandidateOf(owner);
        return chosen.IsNone || ApplyThrough(owner, chosen, variable);
    }

    /// <summary>Applies what has the extra in a condition.</summary>
    private bool ApplyThrough(EngineVariable variable, CandidateIndex candidate, EngineVariable extra)
    {
        if (encoding.Naming(variable, candidate, extra) is not { } places)
            return ApplyDemands(variable, candidate);
        foreach (var i in places)
        {
            if (
                encoding.DemandsOf(variable, candidate)[i].Kind == DemandKind.Conditional
                && !ApplyConditional(variable, candidate, i)
            )
                return false;
        }

        return true;
    }

    private bool ApplyDemands(EngineVariable variable, CandidateIndex candidate)
    {
        var demands = encoding.DemandsOf(variable, candidate);
        for (var i = 0; i < demands.Length; i++)
        {
            ref readonly var demand = ref demands[i];
            if (demand.Kind == DemandKind.Direct)
            {
                if (!engine.Remove(demand.Target, demand.Bits, demand.Nogood))
                    return false;
            }
            else if (demand.Kind == DemandKind.Conditional && !ApplyConditional(variable, candidate, i))
            {
                return false;
            }
        }

        return true;
    }

    private bool ApplyConditional(EngineVariable variable, CandidateIndex candidate, int index)
    {
        if (!encoding.ConditionsHold(encoding.DemandsOf(variable, candidate)[index]))
            return true;
        var nogood = encoding.Materialise(variable, candidate, index);
        return nogood.IsNone || engine.Apply(nogood);
    }

    /// <summary>Takes the next of the queue: appends what it requires where it has its candidate, else chooses
    /// one.</summary>
    /// <returns>False on a conflict.</returns>
    private bool Advance()
    {
        var variable = queue.Next;
        var value = engine.ValueOf(variable);
        if (value.IsNone)
            return Choose(variable);
        queue.Pop();
        Discover(variable, value);
        return true;
    }

    /// <summary>
    /// Looks before it decides: a candidate one of whose requirements the present domains contradict leaves together
    /// with its run, without a conflict.
    /// </summary>
    private bool Choose(EngineVariable variable) => Choose(variable, Best(variable));

    private bool Choose(EngineVariable variable, CandidateIndex candidate)
    {
        var before = engine.Propagations;
        if (!LookAt(variable, candidate) || (ways.IsOn && !LookAtBuild(variable, candidate)))
            return false;
        if (engine.Propagations != before)
            return true;
        Decide(variable, new(candidate.Index));
        if (usesProbes && !isProbing && !slices.IsInOrder)
            ProbeUnlessWitnessed(variable, candidate);
        return true;
    }

    /// <summary>Holds each requirement of a candidate against the present domains: one that they contradict takes the
    /// candidate, and the run that shares it, from its domain.</summary>
    /// <returns>False on a conflict.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool LookAt(EngineVariable variable, CandidateIndex candidate)
    {
        var demands = encoding.DemandsOf(variable, candidate);
        for (var i = 0; i < demands.Length; i++)
        {
            ref readonly var demand = ref demands[i];
            if (demand.Kind == DemandKind.Direct)
            {
                if (
                    engine.IsTrue(demand.Target, demand.Bits)
                        ? !engine.RemoveTerm(demand.Nogood, variable)
                        : demand.Target == variable && !engine.Remove(variable, demand.Bits, demand.Nogood)
                )
                    return false;
            }
            else if (demand.Kind == DemandKind.Conditional && !ApplyConditional(variable, candidate, i))
            {
                return false;
            }
        }

        return true;
    }

    private CandidateIndex Best(EngineVariable variable)
    {
        var preference = problem.Preference(encoding.Outer(variable), chosenBefore);
        foreach (var candidate in preference)
        {
            if (engine.Contains(variable, new(candidate)))
                return new(candidate);
        }

        return new(engine.HighestOf(variable).Index);
    }

    private int ChosenBefore(VariableId variable) =>
        encoding.InnerOrNone(variable) is { IsNone: false } inner && queue.WasPopped(inner)
            ? CandidateOf(inner).Index
            : -1;

    private void Decide(EngineVariable variable, DomainValue value)
    {
        queue.OpenLevel();
        engine.Decide(variable, value);
        decisions++;
    }

    /// <summary>Appends the targets of the requirements that are active now: of the candidate, and through the extra
    /// that this variable is.</summary>
    private void Discover(EngineVariable variable, DomainValue value)
    {
        if (value != engine.AbsentOf(variable))
            AppendTargets(variable, new(value.Index), EngineVariable.None);
        var owner = encoding.OwnerOf(variable);
        if (!owner.IsNone && queue.WasPopped(owner) && CandidateOf(owner) is { IsNone: false } chosen)
            AppendTargets(owner, chosen, variable);
    }

    /// <param name="variable">The project (or extra).</param>
    /// <param name="candidate">Its candidate.</param>
    /// <param name="through">Only requirements that name this extra in a condition; none: all.</param>
    private void AppendTargets(EngineVariable variable, CandidateIndex candidate, EngineVariable through)
    {
        if (!through.IsNone && encoding.Naming(variable, candidate, through) is { } places)
        {
            foreach (var i in places)
            {
                ref readonly var named = ref encoding.DemandsOf(variable, candidate)[i];
                if (named.Reaches && named.Kind == DemandKind.Conditional && IsActive(named, through))
                    queue.Append(encoding.TargetOf(named));
            }

            return;
        }

        var demands = encoding.DemandsOf(variable, candidate);
        for (var i = 0; i < demands.Length; i++)
        {
            ref readonly var demand = ref demands[i];
            if (!demand.Reaches)
                continue;
            if (demand.Kind == DemandKind.Direct)
            {
                if (through.IsNone)
                    queue.Append(demand.Target);
            }
            else if (demand.Kind == DemandKind.Conditional && IsActive(demand, through))
            {
                queue.Append(encoding.TargetOf(demand));
            }
        }
    }

    /// <summary>Whether the queue has met the conditions: each extra was reached, popped or not. What was propagated
    /// plays no part, so the order of discovery is the same for every engine. A requirement that wants an extra
    /// inactive waits until the queue is exhausted (decision 0010).</summary>
    private bool IsActive(in Demand demand, EngineVariable through)
    {
        var namesExtra = through.IsNone;
        foreach (var condition in encoding.ConditionsOf(demand))
        {
            var extra = encoding.Inner(condition.Extra);
            namesExtra |= extra == through;
            if (!condition.Active || !queue.IsReached(extra))
                return false;
        }

        return namesExtra;
    }

    private bool Learn()
    {
        var learned = engine.Learn();
        queue.BackTo(engine.Level);
        LookThroughAgain();
        if (!learned.IsNone)
            slices.Note(engine, learned);
        encoding.Observer?.Learned(learned.IsNone ? [] : encoding.Observe(learned));
        return !learned.IsNone;
    }

    /// <summary>Asks the theory about the complete walk; its nogoods join the search.</summary>
    private bool RefutedByTheory()
    {
        if (problem.Theory is not { } theory)
            return false;
        var count = problem.VariableCount;
        if (dense.Length < count)
        {
            dense = new int[Math.Max(count, dense.Length * 2)];
            dense.AsSpan().Fill(-1);
        }

        foreach (var item in queue.Items)
            dense[encoding.Outer(item).Index] = CandidateOf(item).Index;
        var nogoods = theory.Refute(dense.AsSpan(0, count));
        foreach (var item in queue.Items)
            dense[encoding.Outer(item).Index] = -1;
        var isViolated = nogoods.Count == 0;
        if (DecideAbsence(nogoods))
            return true;
        foreach (var nogood in nogoods)
        {
            pendingTheory.Add(encoding.AddTheory(nogood));
            isViolated |= !engine.Apply(pendingTheory[^1]);
        }

        if (!isViolated)
            throw new InvalidOperationException("The theory refuted a selection by nogoods that it does not violate.");
        if (nogoods.Count == 0)
            return false;
        WatchBuilds();
        return true;
    }

    /// <summary>Propagates the theory's latest nogoods until none is violated any more; watches keep them from then
    /// on.</summary>
    private bool ApplyPendingTheory()
    {
        foreach (var nogood in pendingTheory)
        {
            if (!engine.Apply(nogood))
                return false;
        }

        pendingTheory.Clear();
        return Propagate();
    }

    /// <summary>The only candidate left; none where it is absent, or more are left.</summary>
    private CandidateIndex CandidateOf(EngineVariable variable)
    {
        var value = engine.ValueOf(variable);
        return value == engine.AbsentOf(variable) ? CandidateIndex.None : new(value.Index);
    }

    private Selection CompleteSelection()
    {
        var items = queue.Items;
        var order = new VariableId[items.Length];
        var candidates = new int[items.Length];
        var count = 0;
        foreach (var item in items)
        {
            if (CandidateOf(item) is not { IsNone: false } candidate)
                continue;
            (order[count], candidates[count]) = (encoding.Outer(item), candidate.Index);
            count++;
        }

        return new Selection(
            count == order.Length ? order : order[..count],
            count == order.Length ? candidates : candidates[..count]
        );
    }

    private Refutation Refutation()
    {
        var (axioms, restricted) = engine.Derivation.Trace();
        var facts = new List<Axiom>(axioms.Count + restricted.Count);
        foreach (var nogood in axioms)
            facts.Add(encoding.AxiomOf(engine.OriginOf(nogood)));
        foreach (var variable in restricted)
        {
            var unusable = encoding.UnusableOf(variable);
            if (unusable.Candidates.Count > 0)
                facts.Add(unusable);
        }

        return new Refutation(facts.Distinct().ToArray());
    }

    private SearchStatistics Statistics() =>
        new()
        {
            Decisions = decisions,
            Conflicts = conflicts,
            Propagations = engine.Propagations - decisions,
            LoadedVariables = encoding.LoadedVariables,
            PeakBytes = engine.Bytes + encoding.Bytes,
        };
}
