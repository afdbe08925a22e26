using Resolver.Packaging.Markers;
using Resolver.Packaging.Parsing;
using Resolver.Packaging.Specifiers;

namespace Resolver.Packaging.Requirements;

/// <summary>Reads the grammar of PEP 508. Between the parts only spaces and tabs are white space. Used once.</summary>
internal sealed class RequirementParser(string text)
{
    private int position;

    public ParseError? Error { get; private set; }

    public Requirement? Read()
    {
        SkipWhitespace();
        if (ReadIdentifier("the name of a project") is not { } name)
            return null;
        SkipWhitespace();
        if (ReadExtras() is not { } extras)
            return null;
        SkipWhitespace();
        return Peek('@') ? ReadUrl(name, extras) : ReadVersions(name, extras);
    }

    private Requirement? ReadUrl(string name, List<string> extras)
    {
        position++;
        SkipWhitespace();
        var start = position;
        while (position < text.Length && text[position] is not (' ' or '\t'))
            position++;
        if (position == start)
            return Fail("a URL after '@'");
        var url = text[start..position];
        SkipWhitespace();
        if (position == text.Length)
            return new(Trimmed(), name, extras, SpecifierSet.Any, url, null);
        if (!Peek(';'))
        {
            if (url[^1] == ';')
                position = start + url.Length - 1;
            return Fail(
                url[^1] == ';'
                    ? "a space before ';', which is a part of the URL otherwise"
                    : "';' before a marker, or the end"
            );
        }
        return ReadMarker(out var marker) ? new(Trimmed(), name, extras, SpecifierSet.Any, url, marker) : null;
    }

    private Requirement? ReadVersions(string name, List<string> extras)
    {
        if (ReadSpecifier() is not { } specifier)
            return null;
        SkipWhitespace();
        if (position == text.Length)
            return new(Trimmed(), name, extras, specifier, null, null);
        if (Peek('='))
            return Fail("an operator such as '=='; a single '=' is not an operator");
        if (!Peek(';'))
            return Fail(
                specifier.Specifiers.Count == 0
                    ? "a version specifier, '@' and a URL, ';' and a marker, or the end"
                    : "',' and another specifier, ';' and a marker, or the end"
            );
        return ReadMarker(out var marker) ? new(Trimmed(), name, extras, specifier, null, marker) : null;
    }

    private bool ReadMarker(out Marker? marker)
    {
        marker = null;
        var parser = new MarkerParser(text, position + 1);
        if (parser.Read() is not { } part)
        {
            Error = parser.Error;
            return false;
        }
        position = parser.Position;
        SkipWhitespace();
        if (position < text.Length)
        {
            Fail("'and', 'or' or the end of the marker");
            return false;
        }
        marker = new(in part);
        return true;
    }

    private List<string>? ReadExtras()
    {
        List<string> extras = [];
        if (!Peek('['))
            return extras;
        var open = position++;
        SkipWhitespace();
        if (Peek(']'))
        {
            position++;
            return extras;
        }
        while (true)
        {
            if (ReadIdentifier("the name of an extra") is not { } extra)
                return null;
            extras.Add(extra);
            SkipWhitespace();
            if (Peek(']'))
            {
                position++;
                return extras;
            }
            if (!Peek(','))
            {
                Fail($"',' and another extra, or ']' for the '[' at position {open + 1}");
                return null;
            }
            position++;
            SkipWhitespace();
        }
    }

    /// <summary>Clauses between commas, in parentheses or not. A comma may end them.</summary>
    private SpecifierSet? ReadSpecifier()
    {
        var open = Peek('(') ? position++ : -1;
        SkipWhitespace();
        var start = position;
        while (SpecifierGrammar.OperatorAt(text, position, out _) is not null)
        {
            var end = SpecifierGrammar.Match(text, position, out var parts, out var expected);
            if (end < 0)
                return FailSpecifier(~end, expected);
            position = end;
            if (end < text.Length && text[end] is '+' or '.')
                return FailSpecifier(end, SpecifierGrammar.ExpectedAfter(text, end, in parts));
            SkipWhitespace();
            if (!Peek(','))
                break;
            position++;
            SkipWhitespace();
        }
        // What follows '===' may itself hold commas, so the whole is read again as a set.
        if (SpecifierSet.TryParse(text, start, position, out var error) is not { } set)
        {
            Error = error;
            return null;
        }
        if (open < 0)
            return set;
        SkipWhitespace();
        if (!Peek(')'))
            return FailSpecifier(position, $"',' and another specifier, or ')' for the '(' at position {open + 1}");
        position++;
        return set;
    }

    /// <summary>The longest run of name characters that ends at a word boundary; whether it is a valid name is for
    /// metadata to say.</summary>
    private string? ReadIdentifier(string what)
    {
        var end = position;
        if (end < text.Length && PythonText.IsAlphanumeric(text[end]))
        {
            while (end < text.Length && (PythonText.IsAlphanumeric(text[end]) || text[end] is '.' or '_' or '-'))
                end++;
            while (end > position && !PythonText.IsBoundary(text, end))
                end--;
        }
        if (end == position)
        {
            Fail($"a letter or a digit, for {what}");
            return null;
        }
        var name = text[position..end];
        position = end;
        return name;
    }

    private bool Peek(char c) => position < text.Length && text[position] == c;

    private void SkipWhitespace()
    {
        while (position < text.Length && text[position] is ' ' or '\t')
            position++;
    }

    private string Trimmed() => text.Trim(' ', '\t');

    private Requirement? Fail(string expected)
    {
        Error = ParseError.At(text, position, expected);
        return null;
    }

    private SpecifierSet? FailSpecifier(int at, string expected)
    {
        Error = ParseError.At(text, at, expected);
        return null;
    }
}
