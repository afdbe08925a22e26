using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Markers;

/// <summary>
/// A condition on extras alone: what is left of a marker when everything else is judged
/// (<see cref="Marker.Reduce"/>). Immutable. It is kept as all its prime implicants: the shortest conjunctions that
/// suffice, so that two equivalent conditions are one value.
/// </summary>
public sealed class ExtraFormula : IEquatable<ExtraFormula>
{
    /// <summary>How many pairs of alternatives may be looked at for one marker: their number can grow exponentially
    /// with its length, and a hostile one is refused.</summary>
    private const int MaximalPairs = 2_000_000;

    private ExtraFormula(IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> alternatives) =>
        Alternatives = alternatives;

    /// <summary>Holds whatever extras are requested.</summary>
    public static ExtraFormula True { get; } =
        new([
            [],
        ]);

    /// <summary>Holds for no set of extras.</summary>
    public static ExtraFormula False { get; } = new([]);

    /// <summary>
    /// The condition holds where one of these does; each holds where every extra in it is requested (<c>Active</c>)
    /// or not requested. None contains another or contradicts itself. Sorted, inside and outside. Empty: never; one
    /// empty alternative: always.
    /// </summary>
    public IReadOnlyList<IReadOnlyList<(ExtraName Extra, bool Active)>> Alternatives { get; }

    /// <summary>Whether it holds whatever extras are requested.</summary>
    public bool AlwaysTrue => Alternatives is [{ Count: 0 }];

    /// <summary>Whether it holds for no set of extras.</summary>
    public bool AlwaysFalse => Alternatives.Count == 0;

    /// <summary>Whether it holds for these extras.</summary>
    public bool Holds(IReadOnlyCollection<ExtraName> extras) =>
        Alternatives.Any(alternative => alternative.All(literal => extras.Contains(literal.Extra) == literal.Active));

    internal static ParseResult<ExtraFormula> Of(MarkerExpression expression, MarkerContext context)
    {
        var pairs = MaximalPairs;
        return Reduce(expression, context, ref pairs, out var error) is { } formula
            ? ParseResult<ExtraFormula>.Of(formula)
            : ParseResult<ExtraFormula>.Failed(error!);
    }

    private static ExtraFormula? Reduce(
        MarkerExpression expression,
        MarkerContext context,
        ref int pairs,
        out ParseError? error
    )
    {
        if (expression is MarkerExpression.Comparison comparison)
            return ReduceComparison(comparison, context, out error);
        error = null;
        var isAnd = expression is MarkerExpression.And;
        var parts = new List<ExtraFormula>();
        foreach (
            var part in expression is MarkerExpression.And and ? and.Parts : ((MarkerExpression.Or)expression).Parts
        )
        {
            if (Reduce(part, context, ref pairs, out error) is not { } reduced)
                return null;
            if (isAnd ? !reduced.AlwaysTrue : !reduced.AlwaysFalse)
                parts.Add(reduced);
        }
        var result = isAnd ? True : False;
        if (isAnd)
        {
            foreach (var part in parts)
                result = result?.And(part, ref pairs);
        }
        else if (parts.Count > 0)
        {
            result = parts is [var only] ? only : Simplify(parts.SelectMany(part => part.Alternatives), ref pairs);
        }
        if (result is null)
            error = new(
                "extra",
                0,
                "too many combinations of extras",
                "a marker whose condition on extras can be written out"
            );
        return result;
    }

    private static ExtraFormula? ReduceComparison(
        MarkerExpression.Comparison comparison,
        MarkerContext context,
        out ParseError? error
    )
    {
        if (comparison.Variable != "extra")
            return MarkerComparer.Compare(comparison, context, out error) is { } value ? (value ? True : False) : null;
        error = null;
        var active = comparison.Operator is "==" or "<=" or ">="; // of texts, these two mean equality
        switch (comparison.Operator)
        {
            case "<" or ">":
                return False;
            case "==" or "<=" or ">=" or "!=" when ExtraName.TryParse(comparison.Literal) is { Success: true } extra:
                return new([
                    [(extra.Value, active)],
                ]);
            case "==" or "<=" or ">=" or "!=" when comparison.Literal.Length > 0:
                return active ? False : True; // no extra has such a name
            default:
                var text = comparison.ToString();
                error = new(
                    text,
                    text.IndexOf(comparison.Operator, StringComparison.Ordinal),
                    $"'{comparison.Operator}'",
                    "extra compared with a name by == or !="
                );
                return null;
        }
    }

    private ExtraFormula? And(ExtraFormula other, ref int pairs)
    {
        if (AlwaysTrue)
            return other;
        pairs -= Alternatives.Count * other.Alternatives.Count;
        if (pairs < 0)
            return null;
        var both =
            from left in Alternatives
            from right in other.Alternatives
            let joined = Join(left, right)
            where joined is not null
            select joined;
        return Simplify(both, ref pairs);
    }

    /// <summary>Every literal of both, sorted; null where they contradict each other.</summary>
    private static List<(ExtraName Extra, bool Active)>? Join(
        IEnumerable<(ExtraName Extra, bool Active)> left,
        IEnumerable<(ExtraName Extra, bool Active)> right
    )
    {
        var all = left.Concat(right).Distinct().Order().ToList();
        for (var i = 1; i < all.Count; i++)
            if (all[i].Extra == all[i - 1].Extra)
                return null;
        return all;
    }

    /// <summary>All prime implicants by iterated consensus (Quine): where two alternatives disagree on exactly one
    /// extra, the rest of both suffices as well.</summary>
    private static ExtraFormula? Simplify(
        IEnumerable<IReadOnlyList<(ExtraName Extra, bool Active)>> alternatives,
        ref int pairs
    )
    {
        List<IReadOnlyList<(ExtraName Extra, bool Active)>> primes = [];
        var pending = new Queue<IReadOnlyList<(ExtraName Extra, bool Active)>>(alternatives);
        while (pending.TryDequeue(out var next))
        {
            pairs -= primes.Count + 1;
            if (pairs < 0)
                return null;
            if (primes.Exists(prime => prime.All(next.Contains)))
                continue;
            primes.RemoveAll(prime => next.All(prime.Contains));
            foreach (var prime in primes)
            {
                var disputed = next.Where(literal => prime.Contains((literal.Extra, !literal.Active)))
                    .Select(literal => literal.Extra)
                    .ToList();
                if (disputed is [var extra])
                    pending.Enqueue(
                        Join(
                            next.Where(literal => literal.Extra != extra),
                            prime.Where(literal => literal.Extra != extra)
                        )!
                    );
            }
            primes.Add(next);
        }
        primes.Sort(static (a, b) => Compare(a, b));
        return new(primes);
    }

    private static int Compare(
        IReadOnlyList<(ExtraName Extra, bool Active)> a,
        IReadOnlyList<(ExtraName Extra, bool Active)> b
    )
    {
        for (var i = 0; i < a.Count && i < b.Count; i++)
        {
            var order = a[i].CompareTo(b[i]);
            if (order != 0)
                return order;
        }
        return a.Count.CompareTo(b.Count);
    }

    /// <inheritdoc/>
    public bool Equals(ExtraFormula? other) =>
        other is not null
        && Alternatives.Count == other.Alternatives.Count
        && Alternatives.Zip(other.Alternatives).All(pair => pair.First.SequenceEqual(pair.Second));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as ExtraFormula);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var alternative in Alternatives)
            foreach (var literal in alternative)
                hash.Add(literal);
        return hash.ToHashCode();
    }

    /// <summary>As a marker: <c>extra == "a" and extra != "b" or extra == "c"</c>; <c>true</c> and <c>false</c> where
    /// it is constant.</summary>
    public override string ToString() =>
        AlwaysTrue ? "true"
        : AlwaysFalse ? "false"
        : string.Join(
            " or ",
            Alternatives.Select(alternative =>
                string.Join(
                    " and ",
                    alternative.Select(literal => $"extra {(literal.Active ? "==" : "!=")} \"{literal.Extra}\"")
                )
            )
        );
}
