using Resolver.Packaging.Names;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Markers;

/// <summary>
/// Judges single comparisons (PEP 508, "Environment Markers", with today's typed fields). A variable that holds
/// versions is compared by the rules of PEP 440 where the right-hand side makes a valid clause with the operator.
/// Everything else is text: equality, containment, <c>&lt;=</c> and <c>&gt;=</c> as equality, <c>&lt;</c> and
/// <c>&gt;</c> never; <c>~=</c> and <c>===</c> of texts mean nothing.
/// </summary>
internal static class MarkerComparer
{
    public static bool HoldsVersions(string variable) =>
        variable is "python_version" or "python_full_version" or "implementation_version" or "platform_release";

    public static bool HoldsSet(string variable) => variable is "extras" or "dependency_groups";

    /// <summary>Null with an error where the comparison means nothing or the variable is unknown.</summary>
    public static bool? Compare(MarkerExpression.Comparison comparison, MarkerContext context, out ParseError? error)
    {
        error = null;
        if (comparison.Variable == "extra" && context.Overrides?.ContainsKey("extra") != true)
            return CompareExtra(comparison, context.RequestedExtras, out error);
        if (HoldsSet(comparison.Variable))
            return CompareSet(
                comparison,
                comparison.Variable == "extras" ? context.Extras : context.DependencyGroups,
                out error
            );
        if (context.TextOf(comparison.Variable) is not { } value)
            return Unknown(comparison, out error);
        if (comparison.Variable == "extra")
            value = NameGrammar.Normalize(value);
        return CompareText(comparison, value, out error);
    }

    private static bool? CompareText(MarkerExpression.Comparison comparison, string value, out ParseError? error)
    {
        error = null;
        var (left, right) = comparison.VariableOnLeft ? (value, comparison.Literal) : (comparison.Literal, value);
        if (comparison.Clause is { } known)
            return Contains(known, left);
        if (
            !comparison.VariableOnLeft
            && HoldsVersions(comparison.Variable)
            && Specifier.TryParse(comparison.Operator + right) is { Success: true } clause
        )
            return Contains(clause.Value, left);
        switch (comparison.Operator)
        {
            case "in":
                return right.Contains(left, StringComparison.Ordinal);
            case "not in":
                return !right.Contains(left, StringComparison.Ordinal);
            case "==" or "<=" or ">=":
                return left == right;
            case "!=":
                return left != right;
            case "<" or ">":
                return false;
            default:
                return Undefined(comparison, "an operator that compares text: ==, !=, in or not in", out error);
        }
    }

    private static bool Contains(Specifier clause, string text) =>
        clause.Comparison == Specifiers.Comparison.Arbitrary
            ? clause.MatchesText(text)
            : Versions.Version.TryParse(text.AsSpan(), out var version) && clause.Ranges.Contains(version);

    /// <summary>The variable <c>extra</c> stands for the whole set: a comparison holds where it holds for one of
    /// them, a negated one where it holds for all.</summary>
    private static bool? CompareExtra(
        MarkerExpression.Comparison comparison,
        IReadOnlyCollection<ExtraName>? extras,
        out ParseError? error
    )
    {
        if (extras is null)
            return Unknown(comparison, out error);
        if (extras.Count == 0)
            return CompareText(comparison, "", out error);
        var negated = comparison.Operator is "!=" or "not in";
        bool? result = negated;
        error = null;
        // Nearly every comparison is this one: a set of ten thousand is not walked through for it.
        if (comparison is { Operator: "==" or "!=", Clause: null })
        {
            var named = ExtraName.Unchecked(comparison.Literal);
            return (named.Normalized == comparison.Literal && extras.Contains(named)) != negated;
        }

        foreach (var extra in extras)
        {
            if (CompareText(comparison, extra.Normalized, out error) is not { } one)
                return null;
            if (one != negated)
                result = one;
        }
        return result;
    }

    private static bool? CompareSet(
        MarkerExpression.Comparison comparison,
        IReadOnlyCollection<string>? members,
        out ParseError? error
    )
    {
        if (members is null)
            return Unknown(comparison, out error);
        if (comparison.VariableOnLeft)
            return Undefined(
                comparison,
                $"'\"name\" in {comparison.Variable}': a set can only stand on the right",
                out error
            );
        error = null;
        switch (comparison.Operator)
        {
            case "in" or "not in":
                var name = NameGrammar.Normalize(comparison.Literal);
                return members.Any(member => NameGrammar.Normalize(member) == name) == (comparison.Operator == "in");
            case "==" or "<=" or ">=" or "<" or ">":
                return false; // a text and a set are never equal
            case "!=":
                return true;
            default:
                return Undefined(comparison, "'in' or 'not in'", out error);
        }
    }

    private static bool? Unknown(MarkerExpression.Comparison comparison, out ParseError? error)
    {
        var text = comparison.ToString();
        error = new(
            text,
            comparison.VariableOnLeft ? 0 : text.Length - comparison.Variable.Length,
            $"'{comparison.Variable}'",
            "a marker variable that is known here"
        );
        return null;
    }

    private static bool? Undefined(MarkerExpression.Comparison comparison, string expected, out ParseError? error)
    {
        var text = comparison.ToString();
        var left = comparison.VariableOnLeft ? comparison.Variable.Length : QuotedText.Write(comparison.Literal).Length;
        error = new(text, left + 1, $"'{comparison.Operator}'", expected);
        return null;
    }
}
