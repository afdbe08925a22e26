using Resolver.Sat.Domains;

namespace Resolver.Resolution.Solving;

/// <summary>
/// What is done where deciding in discovery order alone takes too many conflicts: by turns with that, each choice of
/// the queue is first <i>probed</i>, by a search that decides whatever conflicts had to do with recently, restarts and
/// forgets.
/// </summary>
/// <remarks>
/// The choices of the queue that stand are the first <see cref="prefix"/> levels; a probe works above them and looks
/// for any full selection. One that it finds is the <i>witness</i>: as long as the queue chooses what the witness
/// has, nothing need be probed. If a probe finds that there is none, a learned nogood has taken the choice back, as
/// in the ordinary search. Either way a better candidate is passed over only where nogoods rule it out: the answer,
/// and its proof, are the same.
/// </remarks>
public sealed partial class DomainSolver
{
    /// <summary>Conflicts from one restart to the next, times Luby's sequence (Luby, Sinclair and Zuckerman,
    /// 1993).</summary>
    private const int RestartUnit = 256;

    /// <summary>How many conflicts more than before each forgetting waits for.</summary>
    private const int ForgettingGrowth = 100;

    private readonly SearchSlices slices = new();
    private bool usesProbes;

    /// <summary>Whether a probe is at work: some probe is open, and it is the probes' turn.</summary>
    private bool isProbing;

    /// <summary>Whether the last choice of the prefix is still to be probed.</summary>
    private bool isOpen;
    private int prefix;
    private int restarts;
    private long restartAt;
    private long forgetAt;
    private int forgettings;

    /// <summary>By engine variable: the value in the last full selection found.</summary>
    private DomainValue[] witness = [];
    private int witnessCount;

    /// <summary>After a nogood was learned and choices were undone: keeps the probe's book, and drops nogoods when
    /// there are many.</summary>
    private void AfterConflict(SolveOptions options)
    {
        engine.Traces &= conflicts < options.ConflictsTraced;
        if (conflicts >= forgetAt)
        {
            engine.Forget();
            forgetAt = conflicts + options.ConflictsBeforeForgetting + (++forgettings * (long)ForgettingGrowth);
        }

        if (!usesProbes)
        {
            if (conflicts >= options.ConflictsInOrder)
                BeginProbes();
            return;
        }

        if (engine.Level < prefix)
        {
            // The choice that was probed is refuted, or an earlier one of those it rests on has less to choose from:
            // the queue continues from there. Without a witness this is the root.
            prefix = engine.Level;
            isOpen = witnessCount == 0;
            isProbing = isOpen && !slices.IsInOrder;
        }

        if (!slices.Turn(conflicts) && !(isProbing && conflicts >= restartAt))
            return;
        GoBackTo(prefix);
        isProbing = isOpen && !slices.IsInOrder;
        SetRestart();
    }

    private void BeginProbes()
    {
        GoBackTo(0);
        engine.BeginOrder();
        (usesProbes, isProbing, isOpen, prefix, witnessCount, restarts) = (true, true, true, 0, 0, 0);
        slices.Begin(conflicts);
        SetRestart();
    }

    private void SetRestart() => restartAt = conflicts + (RestartUnit * Luby(++restarts));

    /// <summary>1 1 2 1 1 2 4 1 1 2 1 1 2 4 8 …, counted from 1.</summary>
    private static long Luby(int index)
    {
        while (true)
        {
            var power = System.Numerics.BitOperations.Log2((uint)index + 1);
            if ((1 << power) == index + 1)
                return 1L << (power - 1);
            index -= (1 << power) - 1;
        }
    }

    private void GoBackTo(int level)
    {
        engine.BackTo(level);
        queue.BackTo(level);
        LookThroughAgain();
    }

    /// <summary>The queue has chosen a candidate. If the witness has it too, some full selection is known to; else
    /// one is looked for.</summary>
    private void ProbeUnlessWitnessed(EngineVariable variable, CandidateIndex candidate)
    {
        prefix = engine.Level;
        if (variable.Index < witnessCount && witness[variable.Index].Index == candidate.Index)
            return;
        isProbing = isOpen = true;
        restarts = 0;
        SetRestart();
    }

    /// <summary>A step of a probe: gives the most active project that must be present its last value, or its best
    /// candidate.</summary>
    /// <param name="consistent">False on a conflict.</param>
    /// <returns>Whether there was such a project. If not, what is left of the queue is walked as always, and
    /// completes the selection.</returns>
    private bool TakeMostActive(ref bool consistent)
    {
        var variable = engine.MostActive();
        if (variable.IsNone)
            return false;
        var last = engine.LastValueOf(variable);
        consistent = Choose(
            variable,
            !last.IsNone && last != engine.AbsentOf(variable) && engine.Contains(variable, last)
                ? new(last.Index)
                : Best(variable)
        );
        return true;
    }

    /// <summary>A full selection that satisfies everything is at hand. If a probe was looking for it, it becomes the
    /// witness.</summary>
    /// <returns>Whether a probe has ended, and the queue continues; if not, the selection is the answer.</returns>
    private bool EndProbe()
    {
        if (!isProbing)
            return false;
        witnessCount = engine.VariableCount;
        if (witness.Length < witnessCount)
            witness = new DomainValue[Math.Max(witnessCount, witness.Length * 2)];
        for (var i = 0; i < witnessCount; i++)
            witness[i] = engine.ValueOf(new(i));
        GoBackTo(prefix);
        isProbing = isOpen = false;
        return true;
    }
}
