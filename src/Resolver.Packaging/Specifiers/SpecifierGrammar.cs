using Resolver.Packaging.Parsing;
using Resolver.Packaging.Versions;

namespace Resolver.Packaging.Specifiers;

/// <summary>The grammar of one clause (PEP 440, "Version specifiers"; PEP 508 for what may stand after
/// <c>===</c>).</summary>
internal static class SpecifierGrammar
{
    /// <summary>The operator that stands at a place, and its length; the longest wins.</summary>
    public static Comparison? OperatorAt(ReadOnlySpan<char> text, int at, out int length)
    {
        length = 0;
        if (at >= text.Length)
            return null;
        var second = at + 1 < text.Length && text[at + 1] == '=';
        if (second && text[at] == '=')
        {
            var third = at + 2 < text.Length && text[at + 2] == '=';
            length = third ? 3 : 2;
            return third ? Comparison.Arbitrary : Comparison.Equal;
        }
        length = second ? 2 : 1;
        Comparison? found = (text[at], second) switch
        {
            ('~', true) => Comparison.Compatible,
            ('!', true) => Comparison.NotEqual,
            ('<', true) => Comparison.LessOrEqual,
            ('>', true) => Comparison.GreaterOrEqual,
            ('<', false) => Comparison.Less,
            ('>', false) => Comparison.Greater,
            _ => null,
        };
        if (found is null)
            length = 0;
        return found;
    }

    public static string TextOf(Comparison comparison) =>
        comparison switch
        {
            Comparison.Compatible => "~=",
            Comparison.Equal => "==",
            Comparison.NotEqual => "!=",
            Comparison.LessOrEqual => "<=",
            Comparison.GreaterOrEqual => ">=",
            Comparison.Less => "<",
            Comparison.Greater => ">",
            _ => "===",
        };

    /// <summary>Reads the longest clause that begins at <paramref name="start"/>.</summary>
    /// <returns>Its end, or the complement of the place where it broke off; what was missing there is in
    /// <paramref name="expected"/>.</returns>
    public static int Match(ReadOnlySpan<char> text, int start, out SpecifierParts parts, out string expected)
    {
        parts = default;
        expected = "one of the operators ==, !=, <=, >=, <, >, ~=, ===";
        if (OperatorAt(text, start, out var length) is not { } comparison)
            return ~start;
        var at = start + length;
        while (at < text.Length && PythonText.IsWhitespace(text[at]))
            at++;
        int end;
        if (comparison == Comparison.Arbitrary)
        {
            end = at;
            while (end < text.Length && text[end] is not (';' or ')') && !PythonText.IsWhitespace(text[end]))
                end++;
            parts = new(comparison, at, end, false, default);
            return end;
        }
        expected = "a digit, for the version of the specifier";
        end = VersionGrammar.MatchRelease(text, at, out var version);
        if (end < 0)
            return end;
        if (
            comparison is Comparison.Equal or Comparison.NotEqual
            && end + 1 < text.Length
            && text[end] == '.'
            && text[end + 1] == '*'
        )
        {
            parts = new(comparison, at, end + 2, true, Versions.Version.FromParts(in version));
            return end + 2;
        }
        expected = "a second number in the release, because '~=' holds all but the last one fixed";
        if (comparison == Comparison.Compatible && version.Segments < 2)
            return ~end;
        end = VersionGrammar.Match(
            text,
            at,
            allowLocal: comparison is Comparison.Equal or Comparison.NotEqual,
            out version
        );
        parts = new(comparison, at, end, false, Versions.Version.FromParts(in version));
        return end;
    }

    /// <summary>What a person may have meant where a clause ended too early.</summary>
    public static string ExpectedAfter(ReadOnlySpan<char> text, int end, in SpecifierParts parts)
    {
        if (end < text.Length && text[end] == '+')
            return "a version without local label: only == and != compare those";
        if (end + 1 < text.Length && text[end] == '.' && text[end + 1] == '*')
            return parts.Comparison is Comparison.Equal or Comparison.NotEqual
                ? "'.*' directly after the release only"
                : "a version without '.*': only == and != match prefixes";
        return "',' or the end of the specifier";
    }
}
