using Resolver.Resolution.Problems;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>Conditions that want an extra inactive: what waits for them once the queue is exhausted (decision 0010,
/// step 5).</summary>
public sealed partial class DomainSolver
{
    /// <summary>How far the queue was looked through since the search last went back: what comes before has nothing
    /// left to do. A project may have ten thousand requirements that wait, and each is taken on its own.</summary>
    private (int Item, int Demand, int QueueCount) settled;

    /// <summary>Of what was looked through: the last extra that has to be active though nothing reaches it, or
    /// none.</summary>
    private EngineVariable unfounded = EngineVariable.None;

    /// <summary>
    /// The queue is exhausted: takes the first requirement that only waits for extras to be inactive. The first of
    /// these that is neither settled nor reached is decided to be inactive; once all are, the requirement is active and
    /// its target joins the queue. An extra that has to be active, though nothing reaches it, refutes the walk.
    /// </summary>
    /// <returns>Whether something was done; then the search continues.</returns>
    private bool SettleExtras()
    {
        if (!encoding.HasInactiveConditions)
            return false;
        if (HasReachedExtra(settled.QueueCount))
            LookThroughAgain();
        settled.QueueCount = queue.Count;
        for (; settled.Item < queue.Count; settled.Item++, settled.Demand = 0)
        {
            var item = queue.Items[settled.Item];
            if (CandidateOf(item) is not { IsNone: false } candidate)
                continue;
            var demands = encoding.DemandsOf(item, candidate);
            for (; settled.Demand < demands.Length; settled.Demand++)
            {
                var i = settled.Demand;
                ref readonly var demand = ref demands[i];
                if (demand.Kind != DemandKind.Conditional)
                    continue;
                switch (WaitsFor(demand))
                {
                    case { Extra.IsNone: true, Holds: true }
                        when demand.Reaches && !queue.IsReached(encoding.TargetOf(demand)):
                        queue.Append(encoding.TargetOf(demand));
                        return true;
                    case { Extra: { IsNone: false } extra } when engine.ValueOf(extra).IsNone:
                        Decide(extra, engine.AbsentOf(extra));
                        return true;
                    case { Extra: { IsNone: false } extra }:
                        unfounded = extra;
                        break;
                }
            }
        }

        if (unfounded.IsNone)
            return false;
        pendingTheory.Add(encoding.AddTheory(NothingAsksFor(unfounded)));
        return true;
    }

    /// <summary>Choices were undone, so what was settled may be open again.</summary>
    private void LookThroughAgain() => (settled, unfounded) = (default, EngineVariable.None);

    /// <summary>Whether the queue has reached an extra since: it may complete the conditions of a requirement that was
    /// looked at before.</summary>
    private bool HasReachedExtra(int since)
    {
        foreach (var item in queue.Items[since..])
        {
            if (!encoding.OwnerOf(item).IsNone)
                return true;
        }

        return false;
    }

    /// <summary>What the conditions of a requirement wait for: the first extra that is wanted inactive and is not
    /// reached, where it is undecided or active; none where there is no such. Then, whether they hold.</summary>
    private (EngineVariable Extra, bool Holds) WaitsFor(in Demand demand)
    {
        var waits = EngineVariable.None;
        foreach (var condition in encoding.ConditionsOf(demand))
        {
            var extra = encoding.Inner(condition.Extra);
            if (queue.IsReached(extra) != condition.Active)
                return (EngineVariable.None, false);
            if (!condition.Active && waits.IsNone && engine.ValueOf(extra) != engine.AbsentOf(extra))
                waits = extra;
        }

        return (waits, true);
    }

    /// <summary>With exactly these candidates, and these extras inactive or active, nothing reaches the
    /// extra.</summary>
    private SelectionNogood NothingAsksFor(EngineVariable extra)
    {
        var terms = new Dictionary<EngineVariable, SelectionTerm>
        {
            [extra] = new(encoding.Outer(extra), [CandidateOf(extra).Index]),
        };
        foreach (var item in queue.Items)
        {
            if (CandidateOf(item) is not { IsNone: false } candidate)
                continue;
            terms[item] = new SelectionTerm(encoding.Outer(item), [candidate.Index]);
            foreach (ref readonly var demand in encoding.DemandsOf(item, candidate))
            {
                if (demand.Kind != DemandKind.Conditional)
                    continue;
                foreach (var condition in encoding.ConditionsOf(demand))
                {
                    var other = encoding.Inner(condition.Extra);
                    if (!condition.Active && !queue.IsReached(other) && !engine.ValueOf(other).IsNone)
                        terms[other] = new SelectionTerm(condition.Extra, [CandidateOf(other).Index]);
                }
            }
        }

        return new SelectionNogood([.. terms.Values], new UnfoundedExtra(encoding.Outer(extra)));
    }

    /// <summary>A nogood that hangs on the absence of an extra acts once that is decided: no requirement waits for it
    /// where an explanation has left that requirement out.</summary>
    /// <returns>Whether something was done; then the search continues.</returns>
    private bool DecideAbsence(IReadOnlyList<SelectionNogood> nogoods)
    {
        foreach (var nogood in nogoods)
        {
            foreach (var term in nogood.Terms)
            {
                if (!term.AdmitsAbsence || encoding.Inner(term.Variable) is var extra && queue.IsReached(extra))
                    continue;
                var value = engine.ValueOf(extra);
                if (value == engine.AbsentOf(extra))
                    continue;
                if (value.IsNone)
                    Decide(extra, engine.AbsentOf(extra));
                else
                    pendingTheory.Add(encoding.AddTheory(NothingAsksFor(extra)));
                return true;
            }
        }

        return false;
    }
}
