using System.Diagnostics;

namespace Resolver.Sat.Domains;

/// <summary>What must hold at the entry and exit of each step of the search. Only debug builds check it.</summary>
public sealed partial class DomainEngine
{
    /// <summary>The trail ends on the current level, and its last entry is the latest of its variable.</summary>
    [Conditional("DEBUG")]
    private void CheckTrail()
    {
        Debug.Assert(processed <= Trail.Count, "more entries were propagated than there are");
        if (Trail.Count == 0)
            return;
        ref readonly var last = ref Trail.Entries[Trail.Count - 1];
        Debug.Assert(last.Level <= Trail.Level, "an entry of an undone level is left");
        Debug.Assert(
            State(last.Variable).LastEntry.Index == Trail.Count - 1,
            "the last entry is not its variable's latest"
        );
        Debug.Assert(last.Previous.Index < Trail.Count - 1, "an entry precedes the one before it");
    }

    /// <summary>At the exit of propagation: what the result promises.</summary>
    [Conditional("DEBUG")]
    private void CheckPropagated(Propagated result)
    {
        CheckTrail();
        switch (result)
        {
            case Propagated.Fixpoint:
                Debug.Assert(processed == Trail.Count, "a fixpoint leaves entries that were not propagated");
                break;
            case Propagated.Settled:
                Debug.Assert(!ValueOf(Settled).IsNone, "a settled variable has more than one value left");
                break;
            default:
                CheckConflict();
                break;
        }
    }

    /// <summary>Every term of the violated nogood is true.</summary>
    [Conditional("DEBUG")]
    private void CheckConflict()
    {
        Debug.Assert((uint)Conflict.Index < (uint)Store.Count, "no such nogood");
        foreach (ref readonly var term in Store.TermsOf(Conflict))
            Debug.Assert(IsTrue(term.Variable, term.Bits), "a violated nogood has a term that is not true");
    }

    /// <summary>At the entry of a decision: the value is possible, and a decision about it.</summary>
    [Conditional("DEBUG")]
    private void CheckDecision(EngineVariable variable, DomainValue value)
    {
        CheckTrail();
        Debug.Assert(value.Index >= 0 && value.Index <= ValuesOf(variable), "no such value");
        Debug.Assert(Contains(variable, value), "the value decided on was excluded before");
    }

    /// <summary>At the exit of a decision: the variable has this value, and the trail has its entry.</summary>
    [Conditional("DEBUG")]
    private void CheckDecided(EngineVariable variable, DomainValue value)
    {
        Debug.Assert(ValueOf(variable) == value, "the variable decided on does not have its value");
        Debug.Assert(Trail.Entries[Trail.Count - 1].Reason == Trail.Decided, "a decision has a reason");
        Debug.Assert(
            Trail.LevelStart[Trail.Level].Index == Trail.Count - 1,
            "a level does not begin with its decision"
        );
        CheckTrail();
    }

    /// <summary>At the exit of a backjump: nothing of a higher level is left.</summary>
    [Conditional("DEBUG")]
    private void CheckUndone(int level)
    {
        Debug.Assert(Trail.Level <= level, "a level was not undone");
        CheckTrail();
    }

    /// <summary>At the exit of the analysis, before the backjump: all terms are true, each of another variable; only
    /// the first became true on the current level.</summary>
    [Conditional("DEBUG")]
    private void CheckDerived(ReadOnlySpan<Term> terms)
    {
        Debug.Assert(!terms.IsEmpty, "an empty nogood was derived above level 0");
        Debug.Assert(analysis.BackLevel < Trail.Level, "the backjump does not undo the conflict");
        var start = Trail.LevelStart[Trail.Level];
        for (var i = 0; i < terms.Length; i++)
        {
            Debug.Assert(IsTrue(terms[i].Variable, terms[i].Bits), "a derived term is not true");
            var satisfier = analysis.SatisfierOf(terms[i]);
            Debug.Assert(satisfier >= start == (i == 0), "not exactly the first term is of the current level");
            Debug.Assert(
                i == 0 || Trail.Entries[satisfier.Index].Level <= analysis.BackLevel,
                "the backjump undoes a term that must stay true"
            );
            for (var k = 0; k < i; k++)
                Debug.Assert(terms[k].Variable != terms[i].Variable, "two terms of one variable");
        }
    }

    /// <summary>After learning: the first term is false now, the others are true.</summary>
    [Conditional("DEBUG")]
    private void CheckLearned(ReadOnlySpan<Term> terms)
    {
        Debug.Assert(Trail.Level == analysis.BackLevel, "the search is on another level than it went back to");
        Debug.Assert(IsFalse(terms[0].Variable, terms[0].Bits), "the learned nogood did not propagate");
        foreach (ref readonly var term in terms[1..])
            Debug.Assert(IsTrue(term.Variable, term.Bits), "the learned nogood propagated too early");
    }
}
