using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Markers;

/// <summary>
/// A condition on extras alone: what is left of a marker when everything else is judged (<see cref="Marker.Reduce"/>). Immutable.
/// It is kept as all its prime implicants: the shortest conjunctions that suffice, so that two equivalent conditions are one value.
/// </summary>
public sealed class ExtraFormula : IEquatable<ExtraFormula>
{
    /// <summary>More alternatives than this are refused: their number can grow exponentially with the marker's length.</summary>
    private const int MaximalAlternatives = 512;

    private ExtraFormula(IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> alternatives) => Alternatives = alternatives;

    /// <summary>Holds whatever extras are requested.</summary>
    public static ExtraFormula True { get; } = new([[]]);

    /// <summary>Holds for no set of extras.</summary>
    public static ExtraFormula False { get; } = new([]);

    /// <summary>
    /// The condition holds where one of these does; each holds where every extra in it is requested (<c>Active</c>) or not requested. None
    /// contains another or contradicts itself. Sorted, inside and outside. Empty: never; one empty alternative: always.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Alternatives { get; }

    /// <summary>Whether it holds whatever extras are requested.</summary>
    public bool AlwaysTrue => Alternatives is [{ Count: 0 }];

    /// <summary>Whether it holds for no set of extras.</summary>
    public bool AlwaysFalse => Alternatives.Count == 0;

    /// <summary>Whether it holds for these extras.</summary>
    public bool Holds(IReadOnlyCollection<ExtraName> extras) =>
        Alternatives.Any(alternative => alternative.All(literal => extras.Contains(literal.Extra) == literal.Active));

    internal static ParseResult<ExtraFormula> Of(MarkerExpression expression, MarkerContext context) => Reduce(expression, context, out var error) is { } formula
        ? ParseResult<ExtraFormula>.Of(formula)
        : ParseResult<ExtraFormula>.Failed(error!);

    private static ExtraFormula? Reduce(MarkerExpression expression, MarkerContext context, out ParseError? error)
    {
        if (expression is MarkerExpression.Comparison comparison) return ReduceComparison(comparison, context, out error);
        error = null;
        var isAnd = expression is MarkerExpression.And;
        var parts = expression is MarkerExpression.And and ? and.Parts : ((MarkerExpression.Or)expression).Parts;
        var result = isAnd ? True : False;
        foreach (var part in parts)
        {
            if (Reduce(part, context, out error) is not { } reduced) return null;
            if ((isAnd ? result.And(reduced) : result.Or(reduced)) is not { } combined)
            {
                error = new(expression.ToString(), 0, $"more than {MaximalAlternatives} combinations of extras", "a marker with fewer");
                return null;
            }
            result = combined;
        }
        return result;
    }

    private static ExtraFormula? ReduceComparison(MarkerExpression.Comparison comparison, MarkerContext context, out ParseError? error)
    {
        if (comparison.Variable != "extra") return MarkerComparer.Compare(comparison, context, out error) is { } value ? (value ? True : False) : null;
        error = null;
        var active = comparison.Operator is "==" or "<=" or ">="; // of texts, these two mean equality
        switch (comparison.Operator)
        {
            case "<" or ">":
                return False;
            case "==" or "<=" or ">=" or "!=" when ExtraName.TryParse(comparison.Literal) is { Success: true } extra:
                return new([[(extra.Value, active)]]);
            case "==" or "<=" or ">=" or "!=" when comparison.Literal.Length > 0:
                return active ? False : True; // no extra has such a name
            default:
                var text = comparison.ToString();
                error = new(text, text.IndexOf(comparison.Operator, StringComparison.Ordinal), $"'{comparison.Operator}'", "extra compared with a name by == or !=");
                return null;
        }
    }

    private ExtraFormula? Or(ExtraFormula other) => Simplify(Alternatives.Concat(other.Alternatives));

    private ExtraFormula? And(ExtraFormula other) => Simplify(
        from left in Alternatives
        from right in other.Alternatives
        let both = Join(left, right)
        where both is not null
        select both);

    /// <summary>Every literal of both, sorted; null where they contradict each other.</summary>
    private static List<(ExtraName Extra, bool Active)>? Join(IEnumerable<(ExtraName Extra, bool Active)> left, IEnumerable<(ExtraName Extra, bool Active)> right)
    {
        var all = left.Concat(right).Distinct().Order().ToList();
        for (var i = 1; i < all.Count; i++)
            if (all[i].Extra == all[i - 1].Extra) return null;
        return all;
    }

    /// <summary>All prime implicants by iterated consensus (Quine): where two alternatives disagree on exactly one extra, the rest of both suffices as well.</summary>
    private static ExtraFormula? Simplify(IEnumerable<IReadOnlyList<(ExtraName Extra, bool Active)>> alternatives)
    {
        List<IReadOnlyList<(ExtraName Extra, bool Active)>> primes = [];
        var pending = new Queue<IReadOnlyList<(ExtraName Extra, bool Active)>>(alternatives);
        while (pending.TryDequeue(out var next))
        {
            if (primes.Exists(prime => prime.All(next.Contains))) continue;
            primes.RemoveAll(prime => next.All(prime.Contains));
            foreach (var prime in primes)
            {
                var disputed = next.Where(literal => prime.Contains((literal.Extra, !literal.Active))).Select(literal => literal.Extra).ToList();
                if (disputed is [var extra])
                    pending.Enqueue(Join(next.Where(literal => literal.Extra != extra), prime.Where(literal => literal.Extra != extra))!);
            }
            primes.Add(next);
            if (primes.Count > MaximalAlternatives || pending.Count > MaximalAlternatives * MaximalAlternatives) return null;
        }
        primes.Sort(static (a, b) => Compare(a, b));
        return new(primes);
    }

    private static int Compare(IReadOnlyList<(ExtraName Extra, bool Active)> a, IReadOnlyList<(ExtraName Extra, bool Active)> b)
    {
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            var order = a[i].CompareTo(b[i]);
            if (order != 0) return order;
        }
        return a.Count.CompareTo(b.Count);
    }

    /// <inheritdoc/>
    public bool Equals(ExtraFormula? other) => other is not null && Alternatives.Count == other.Alternatives.Count
        && Alternatives.Zip(other.Alternatives).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExtraFormula);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var alternative in Alternatives)
            foreach (var literal in alternative) hash.Add(literal);
        return hash.ToHashCode();
    }

    /// <summary>As a marker: <c>extra == "a" and extra != "b" or extra == "c"</c>; <c>true</c> and <c>false</c> where it is constant.</summary>
    public override string ToString() => AlwaysTrue ? "true" : AlwaysFalse ? "false" : string.Join(" or ", Alternatives.Select(alternative =>
        string.Join(" and ", alternative.Select(literal => $"extra {(literal.Active ? "==" : "!=")} \"{literal.Extra}\""))));
}
