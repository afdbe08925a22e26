using Resolver.Resolution.Encodings;
using Resolver.Resolution.Problems;
using Resolver.Resolution.Solving;
using Resolver.Sat.Boolean;
using Resolver.Sat.Proofs;

namespace Resolver.Resolution.Proofs;

/// <summary>
/// Gives each set term of the search, 'variable v lies in set T', a Boolean s on first use, and writes into the proof
/// what it means.
/// </summary>
/// <remarks>
/// The meaning, for x in T and y outside of it: x → s; s ∨ (some y); s → (some x); s → ¬y. In this order each clause
/// is redundant: the first two are RAT on s, which occurs nowhere else yet, the third is RAT on ¬s (its resolvents
/// say 'at least one value'), the last ones are RUP by 'at most one value'. With all of them unit propagation over
/// the Booleans is as strong as the search's propagation of domains; either direction alone is weaker. n + 3 clauses
/// for a variable of n candidates. A set and its complement share a Boolean; sets of one value, or of all but one,
/// need none.
/// </remarks>
internal sealed class SetBooleans(BooleanEncoding encoding, DratWriter proof)
{
    private readonly Dictionary<(VariableId Variable, string Members), Literal> known = [];
    private int next = encoding.Formula.VariableCount;

    /// <summary>The literal that is true where the term is; or the constant that it is.</summary>
    public (Literal? Literal, bool Constant) Of(ObservedTerm term)
    {
        // Where nothing reaches a variable, or it has no candidates, it is absent.
        if (!encoding.IsReachable(term.Variable) || encoding.ValuesOf(term.Variable).Length == 0)
            return (null, term.Absent);
        var values = encoding.ValuesOf(term.Variable);
        var members = new char[values.Length];
        var count = 0;
        for (var value = 0; value < values.Length; value++)
        {
            var isMember =
                value == values.Length - 1 ? term.Absent : (term.Candidates.Span[value >> 6] >> value & 1) != 0;
            members[value] = isMember ? '1' : '0';
            count += isMember ? 1 : 0;
        }

        if (count == 0 || count == values.Length)
            return (null, count > 0);
        if (count == 1)
            return (values[Array.IndexOf(members, '1')], false);
        if (count == values.Length - 1)
            return (!values[Array.IndexOf(members, '0')], false);
        if (!term.Absent)
            return (OfSet(term.Variable, new string(members)), false);
        for (var value = 0; value < members.Length; value++)
            members[value] = members[value] == '1' ? '0' : '1';
        return (!OfSet(term.Variable, new string(members)), false);
    }

    private Literal OfSet(VariableId variable, string members)
    {
        if (known.TryGetValue((variable, members), out var defined))
            return defined;
        var set = new BooleanVariable(next++).Positive;
        known.Add((variable, members), set);
        var (inside, outside) = (new List<Literal>(), new List<Literal>());
        var values = encoding.ValuesOf(variable);
        for (var value = 0; value < values.Length; value++)
            (members[value] == '1' ? inside : outside).Add(values[value]);
        foreach (var member in inside)
            proof.Add(set, !member);
        proof.Add([set, .. outside]);
        proof.Add([!set, .. inside]);
        foreach (var other in outside)
            proof.Add(!set, !other);
        return set;
    }
}
