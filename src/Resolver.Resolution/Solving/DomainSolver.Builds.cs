using Resolver.Resolution.Ordering;
using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>Build order within the search: what can be built in no order is refuted as soon as the domains say so, not
/// when the selection is complete.</summary>
public sealed partial class DomainSolver
{
    private bool namesCycles;

    /// <summary>The theory has refuted a selection: from now on builds are watched, from the first choice on. A search
    /// that meets no cycle never comes here, and pays nothing.</summary>
    private void WatchBuilds()
    {
        if (ways.IsOn || problem.Theory is not BuildOrderTheory)
            return;
        ways.Begin(problem);
        if (usesProbes)
            BeginProbes();
        else
            GoBackTo(0);
    }

    /// <summary>Before: the domains are at a fixpoint. After: they are again, and nothing that has to be there is
    /// stuck; or there is a conflict.</summary>
    /// <exception cref="SolveStopped">A limit was reached: a fixpoint over thousands of candidates takes
    /// long.</exception>
    private bool CanBeBuilt(in Limits limits)
    {
        for (ways.Update(); ways.FindHopeless() is { IsNone: false } variable; ways.Update())
        {
            if (limits.ReachedByNow() is { } limit)
                throw new SolveStopped(limit);
            var before = engine.Propagations;
            if (!Refute(ways.Needs.Of(variable, engine.HighestOf(variable).Index)) || !Propagate())
                return false;
            if (engine.Propagations == before)
                ways.Dismiss();
        }

        return true;
    }

    /// <summary>A candidate that is stuck need not be chosen to learn that.</summary>
    /// <returns>False on a conflict.</returns>
    private bool LookAtBuild(EngineVariable variable, CandidateIndex candidate) =>
        namesCycles
        || !ways.Needs.Covers(variable)
        || !ways.IsStuck(ways.Needs.Of(variable, candidate.Index))
        || Refute(ways.Needs.Of(variable, candidate.Index));

    /// <summary>States why a candidate is stuck, or what it waits for; some domain shrinks by it, unless a cycle is
    /// wanted and it takes several.</summary>
    /// <returns>False on a conflict.</returns>
    private bool Refute(NeedyIndex stuck)
    {
        if (stuckNogoods.Find(stuck) is { IsNone: false } without)
            return LookAt(ways.Needs.VariableOf(without), ways.Needs.CandidateOf(without));
        if (!namesCycles)
            return engine.Apply(encoding.AddTheory(stuckNogoods.Nogood()));
        return stuckNogoods.Cycle() is not { } cycle
            || engine.Apply(encoding.AddTheory(((BuildOrderTheory)problem.Theory!).Lift(cycle)));
    }
}
