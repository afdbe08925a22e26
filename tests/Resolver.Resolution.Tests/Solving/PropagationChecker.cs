using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;

namespace Resolver.Resolution.Tests.Solving;

/// <summary>Replays what a search says: each learned nogood must lead to a contradiction by propagation alone, given
/// what came before, if all its terms are assumed.</summary>
internal sealed class PropagationChecker(Problem problem) : ISearchObserver
{
    private readonly List<ObservedTerm[]> nogoods = [];

    /// <summary>How many learned nogoods did not follow.</summary>
    public int Failures { get; private set; }

    /// <summary>Whether the contradiction was learned, and followed.</summary>
    public bool IsRefuted { get; private set; }

    public void Axiom(ReadOnlySpan<ObservedTerm> nogood, Axiom origin) => nogoods.Add(nogood.ToArray());

    public void Learned(ReadOnlySpan<ObservedTerm> nogood)
    {
        var terms = nogood.ToArray();
        if (Follows(terms))
            IsRefuted |= terms.Length == 0;
        else
            Failures++;
        nogoods.Add(terms);
    }

    private bool Follows(ObservedTerm[] assumed)
    {
        var domains = new Dictionary<VariableId, ulong>();
        foreach (var term in assumed)
            domains[term.Variable] = Domain(domains, term.Variable) & Bits(term);
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var nogood in nogoods)
            {
                var open = nogood.Where(term => (Domain(domains, term.Variable) & ~Bits(term)) != 0).ToArray();
                if (open.Length == 0)
                    return true;
                if (open.Length > 1)
                    continue;
                var before = Domain(domains, open[0].Variable);
                domains[open[0].Variable] = before & ~Bits(open[0]);
                changed |= domains[open[0].Variable] != before;
            }
        }

        return false;
    }

    private ulong Domain(Dictionary<VariableId, ulong> domains, VariableId variable) =>
        domains.TryGetValue(variable, out var domain)
            ? domain
            : (1UL << problem.CandidateCount(variable)) - 1 | 1UL << 63;

    /// <summary>'Absent' is bit 63.</summary>
    private static ulong Bits(in ObservedTerm term) =>
        (term.Candidates.Span.Length > 0 ? term.Candidates.Span[0] : 0) | (term.Absent ? 1UL << 63 : 0);
}
