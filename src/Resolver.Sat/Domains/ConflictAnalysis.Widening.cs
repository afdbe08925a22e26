namespace Resolver.Sat.Domains;

/// <summary>Makes a derived nogood rule out more.</summary>
/// <remarks>
/// The term of p was made true by an entry that nogood N forced. If the other terms of N follow from those of the
/// derived nogood, it is resolved with N as in the analysis, and no term is added:
/// <code>
/// not all of (p in T, q in M, …)   and   N: not all of (p in U, q in M' ⊇ M, …)   give
/// not all of (p in T ∪ U, q in M, …)
/// </code>
/// The wider set was true earlier, or from the start: then the term is left out. This is the local minimisation of
/// learned clauses (Sörensson and Biere, SAT 2009) over domains. Each step is a resolution with the nogood as it is by
/// then, so none rests on a term that another one has left out.
/// </remarks>
internal sealed partial class ConflictAnalysis
{
    /// <summary>Widens the terms that became true below the highest level; that of the highest level stays as it
    /// is.</summary>
    private void Widen()
    {
        for (var i = 0; i < touchedCount; i++)
        {
            var variable = touched[i];
            while (
                satisfier[variable.Index] is { IsNone: false } at
                && at < levelStart
                && trail.Entries[at.Index].Reason is { IsNone: false } reason
                && FollowsWithout(variable, reason)
            )
            {
                if (engine.Traces)
                    TraceWidening(variable, reason);
                engine.Store.Nogoods[reason.Index].WasUseful = true;
                foreach (ref readonly var term in engine.Store.TermsOf(reason))
                {
                    if (term.Variable == variable)
                        Unite(term, trail.Entries[at.Index].Previous);
                }
            }
        }
    }

    /// <summary>Whether all terms of a reason but that of the variable follow from the derived nogood's, or hold at
    /// level 0.</summary>
    private bool FollowsWithout(EngineVariable variable, NogoodId reason)
    {
        var terms = engine.Store.TermsOf(reason);
        foreach (ref readonly var term in terms)
        {
            if (
                term.Variable != variable
                && (satisfier[term.Variable.Index].IsNone || !IsWithin(term.Variable, term))
                && SatisfierOf(term) >= levelZero
            )
                return false;
        }

        return true;
    }

    private void TraceWidening(EngineVariable variable, NogoodId reason)
    {
        Derivation.Use(reason);
        foreach (ref readonly var term in engine.Store.TermsOf(reason))
        {
            if (term.Variable != variable && (satisfier[term.Variable.Index].IsNone || !IsWithin(term.Variable, term)))
                Derivation.UseLevelZero(term.Variable, SatisfierOf(term));
        }
    }
}
