using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Markers;

/// <summary>A condition on the environment and on the requested extras (PEP 508, "Environment Markers"). Immutable;
/// equal where the normalised texts are.</summary>
public sealed class Marker : IEquatable<Marker>
{
    private readonly string text;
    private readonly string readable;
    private readonly bool isCompound;

    internal Marker(in MarkerParser.Part part) => (Expression, text, readable, isCompound) = part;

    /// <summary>The tree.</summary>
    public MarkerExpression Expression { get; }

    /// <summary>Whether the variable <c>extra</c> occurs.</summary>
    public bool MentionsExtra => Mentions(Expression, "extra");

    /// <summary>Reads a marker.</summary>
    public static ParseResult<Marker> TryParse(string text)
    {
        var parser = new MarkerParser(text, 0);
        if (parser.Read() is not { } part)
            return ParseResult<Marker>.Failed(parser.Error!);
        return parser.Position == text.Length
            ? ParseResult<Marker>.Of(new(in part))
            : ParseResult<Marker>.Failed(ParseError.At(text, parser.Position, "'and', 'or' or the end of the marker"));
    }

    /// <summary>As <see cref="TryParse"/>.</summary>
    /// <exception cref="PackagingFormatException">The text is no marker.</exception>
    public static Marker Parse(string text) => TryParse(text).Value;

    /// <summary>The condition that a variable has this value, whatever is in it.</summary>
    public static Marker Is(string variable, string value) => Parse($"{variable} == {QuotedText.Write(value)}");

    /// <summary>
    /// Judges the marker against an environment and the whole set of extras requested of the project it belongs to:
    /// <c>extra == "x"</c> holds where x is among them, <c>extra != "x"</c> where it is not. A comparison that is
    /// undefined or names an unknown variable is an error, wherever it stands: there is no short circuit.
    /// </summary>
    public ParseResult<bool> TryEvaluate(MarkerEnvironment environment, IReadOnlyCollection<ExtraName> extras) =>
        TryEvaluate(new() { Environment = environment, RequestedExtras = extras });

    /// <summary>Judges the marker in a context that also says which variables there are.</summary>
    public ParseResult<bool> TryEvaluate(MarkerContext context) =>
        Evaluate(Expression, context, out var error) is { } result
            ? ParseResult<bool>.Of(result)
            : ParseResult<bool>.Failed(error!);

    /// <summary>Judges everything but the variable <c>extra</c> and returns what is left of the marker.</summary>
    /// <returns>An error where a comparison is undefined, names an unknown variable, or compares <c>extra</c>
    /// otherwise than with a name by <c>==</c> or <c>!=</c>.</returns>
    public ParseResult<ExtraFormula> Reduce(MarkerEnvironment environment) =>
        ExtraFormula.Of(Expression, new() { Environment = environment });

    /// <summary>The condition on extras that holds wherever this marker may hold: each comparison with the environment
    /// is taken to be possible by itself.</summary>
    /// <returns>Null where it always may, whatever extras are requested.</returns>
    public Marker? OnExtras() => OnExtras(Expression) is { } condition ? Parse(Write(condition)) : null;

    private static MarkerExpression? OnExtras(MarkerExpression expression)
    {
        if (expression is MarkerExpression.Comparison comparison)
            return comparison.Variable == "extra" ? comparison : null;
        var isAnd = expression is MarkerExpression.And;
        var parts = (expression is MarkerExpression.And and ? and.Parts : ((MarkerExpression.Or)expression).Parts)
            .Select(OnExtras)
            .ToList();
        if (isAnd ? parts.TrueForAll(part => part is null) : parts.Contains(null))
            return null;
        var conditions = parts.OfType<MarkerExpression>().ToList();
        return conditions is [var only] ? only
            : isAnd ? new MarkerExpression.And(conditions)
            : new MarkerExpression.Or(conditions);
    }

    /// <summary>Both hold.</summary>
    public Marker And(Marker other) => Joined(new MarkerExpression.And([Expression, other.Expression]), " and ", other);

    /// <summary>At least one holds.</summary>
    public Marker Or(Marker other) => Joined(new MarkerExpression.Or([Expression, other.Expression]), " or ", other);

    private Marker Joined(MarkerExpression both, string word, Marker other) =>
        new(
            new(
                both,
                Part.Nested + word + other.Part.Nested,
                Part.NestedReadable + word + other.Part.NestedReadable,
                true
            )
        );

    private MarkerParser.Part Part => new(Expression, text, readable, isCompound);

    private static bool? Evaluate(MarkerExpression expression, MarkerContext context, out ParseError? error)
    {
        error = null;
        if (expression is MarkerExpression.Comparison comparison)
            return MarkerComparer.Compare(comparison, context, out error);
        var isAnd = expression is MarkerExpression.And;
        var parts = expression is MarkerExpression.And and ? and.Parts : ((MarkerExpression.Or)expression).Parts;
        bool? result = isAnd;
        for (var i = 0; i < parts.Count; i++)
        {
            if (Evaluate(parts[i], context, out error) is not { } part)
                return null;
            if (part != isAnd)
                result = part;
        }
        return result;
    }

    private static bool Mentions(MarkerExpression expression, string variable) =>
        expression switch
        {
            MarkerExpression.Comparison comparison => comparison.Variable == variable,
            MarkerExpression.And and => and.Parts.Any(part => Mentions(part, variable)),
            MarkerExpression.Or or => or.Parts.Any(part => Mentions(part, variable)),
            _ => false,
        };

    /// <inheritdoc/>
    public bool Equals(Marker? other) => other is not null && text == other.text;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Marker);

    /// <inheritdoc/>
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>Text that reads back as this marker. It is <see cref="ToString"/> wherever that does: the reference
    /// writes line ends and backslashes between the quotes as they are.</summary>
    public string ToReadableText() => readable;

    private static string Write(MarkerExpression expression) =>
        expression switch
        {
            MarkerExpression.And and => string.Join(
                " and ",
                and.Parts.Select(part => part is MarkerExpression.Comparison ? Write(part) : $"({Write(part)})")
            ),
            MarkerExpression.Or or => string.Join(
                " or ",
                or.Parts.Select(part => part is MarkerExpression.Or ? $"({Write(part)})" : Write(part))
            ),
            _ => expression.ToString()!,
        };

    /// <summary>Normalised text, as packaging writes it: present names of variables, double quotes where possible,
    /// parentheses kept around more than one part.</summary>
    public override string ToString() => text;
}
