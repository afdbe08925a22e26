using System.Globalization;
using System.Text;

namespace Resolver.Archives.Metadata.PythonSource;

/// <summary>Splits Python source into tokens (language reference, "Lexical analysis"), as far as literals and the
/// shape of statements need it. Runs nothing.</summary>
internal sealed class PythonTokenizer
{
    private static readonly string[] LongOperators =
    [
        "**=",
        "//=",
        ">>=",
        "<<=",
        "...",
        "+=",
        "-=",
        "*=",
        "/=",
        "%=",
        "&=",
        "|=",
        "^=",
        "@=",
        ":=",
        "->",
        "==",
        "!=",
        "<=",
        ">=",
        "**",
        "//",
        "<<",
        ">>",
    ];

    private readonly string text;
    private readonly List<PythonToken> tokens = [];
    private int at;
    private int line = 1;
    private int indent;
    private int depth;

    private PythonTokenizer(string text) => this.text = text;

    /// <summary>The tokens, the last one a line end; null where the text is no Python (a literal or bracket that
    /// never ends).</summary>
    public static IReadOnlyList<PythonToken>? Read(string text)
    {
        var tokenizer = new PythonTokenizer(text.StartsWith('\uFEFF') ? text[1..] : text);
        return tokenizer.Run() ? tokenizer.tokens : null;
    }

    private bool Run()
    {
        MeasureIndent();
        while (at < text.Length)
        {
            var c = text[at];
            if (c is ' ' or '\t' or '\f')
                at++;
            else if (c == '#')
                SkipComment();
            else if (c is '\n' or '\r')
                EndLine();
            else if (c == '\\' && at + 1 < text.Length && text[at + 1] is '\n' or '\r')
            {
                at++;
                SkipNewline();
            }
            else if (char.IsLetter(c) || c == '_' || c >= 128)
            {
                if (!NameOrLiteral())
                    return false;
            }
            else if (char.IsAsciiDigit(c) || (c == '.' && at + 1 < text.Length && char.IsAsciiDigit(text[at + 1])))
                Number();
            else if (c is '\'' or '"')
            {
                if (!Literal(at, ""))
                    return false;
            }
            else
                Operator();
            if (depth < 0)
                return false;
        }
        if (tokens.Count > 0 && tokens[^1].Kind != PythonTokenKind.LineEnd)
            Add(PythonTokenKind.LineEnd, "");
        return depth == 0;
    }

    private void Add(PythonTokenKind kind, string value) => tokens.Add(new PythonToken(kind, value, line, indent));

    private void SkipComment()
    {
        while (at < text.Length && text[at] is not ('\n' or '\r'))
            at++;
    }

    private void SkipNewline()
    {
        at += text[at] == '\r' && at + 1 < text.Length && text[at + 1] == '\n' ? 2 : 1;
        line++;
    }

    private void EndLine()
    {
        if (depth == 0 && tokens.Count > 0 && tokens[^1].Kind != PythonTokenKind.LineEnd)
            Add(PythonTokenKind.LineEnd, "");
        SkipNewline();
        if (depth == 0)
            MeasureIndent();
    }

    private void MeasureIndent()
    {
        var width = 0;
        var i = at;
        for (; i < text.Length && text[i] is ' ' or '\t' or '\f'; i++)
            width = text[i] switch
            {
                '\t' => (width / 8 + 1) * 8,
                '\f' => 0,
                _ => width + 1,
            };
        if (i < text.Length && text[i] is not ('\n' or '\r' or '#'))
            indent = width;
        at = i;
    }

    private bool NameOrLiteral()
    {
        var start = at;
        while (at < text.Length && (char.IsLetterOrDigit(text[at]) || text[at] == '_' || text[at] >= 128))
            at++;
        var name = text[start..at];
        if (at < text.Length && text[at] is '\'' or '"' && name.Length <= 2 && name.All(c => "rRbBuUfFtT".Contains(c)))
            return Literal(at, name.ToLowerInvariant());
        Add(PythonTokenKind.Name, name);
        return true;
    }

    private void Number()
    {
        var start = at;
        while (
            at < text.Length
            && (
                char.IsAsciiLetterOrDigit(text[at])
                || text[at] is '.' or '_'
                || (
                    text[at] is '+' or '-'
                    && text[at - 1] is 'e' or 'E'
                    && !text.AsSpan(start).StartsWith("0x", StringComparison.OrdinalIgnoreCase)
                )
            )
        )
            at++;
        Add(PythonTokenKind.Number, text[start..at]);
    }

    private void Operator()
    {
        var rest = text.AsSpan(at);
        foreach (var known in LongOperators)
        {
            if (!rest.StartsWith(known, StringComparison.Ordinal))
                continue;
            Add(PythonTokenKind.Operator, known);
            at += known.Length;
            return;
        }
        var c = text[at++];
        if (c is '(' or '[' or '{')
            depth++;
        else if (c is ')' or ']' or '}')
            depth--;
        if (c == ';' && depth == 0)
            Add(PythonTokenKind.LineEnd, ";");
        else
            Add(PythonTokenKind.Operator, c.ToString());
    }

    private bool Literal(int quoteAt, string prefix)
    {
        var quote = text[quoteAt];
        var isLong = text.AsSpan(quoteAt).StartsWith(new string(quote, 3), StringComparison.Ordinal);
        var isRaw = prefix.Contains('r', StringComparison.Ordinal);
        var startLine = line;
        var value = new StringBuilder();
        at = quoteAt + (isLong ? 3 : 1);
        while (true)
        {
            if (at >= text.Length)
                return false;
            var c = text[at];
            if (c == quote && (!isLong || text.AsSpan(at).StartsWith(new string(quote, 3), StringComparison.Ordinal)))
                break;
            if (c is '\n' or '\r')
            {
                if (!isLong)
                    return false;
                SkipNewline();
                value.Append('\n');
            }
            else if (c == '\\' && at + 1 < text.Length)
            {
                if (!isRaw)
                    Escape(value);
                else
                {
                    value.Append(c).Append(text[at + 1]);
                    if (text[at + 1] == '\n')
                        line++;
                    at += 2;
                }
            }
            else
            {
                value.Append(c);
                at++;
            }
        }
        at += isLong ? 3 : 1;
        var kind = prefix.AsSpan().IndexOfAny("bft") >= 0 ? PythonTokenKind.OtherLiteral : PythonTokenKind.Text;
        tokens.Add(new PythonToken(kind, value.ToString(), startLine, indent));
        return true;
    }

    private void Escape(StringBuilder value)
    {
        var c = text[at + 1];
        at += 2;
        switch (c)
        {
            case '\n':
                line++;
                break;
            case '\r':
                at--;
                SkipNewline();
                break;
            case 'n':
                value.Append('\n');
                break;
            case 't':
                value.Append('\t');
                break;
            case 'r':
                value.Append('\r');
                break;
            case 'a':
                value.Append('\a');
                break;
            case 'b':
                value.Append('\b');
                break;
            case 'f':
                value.Append('\f');
                break;
            case 'v':
                value.Append('\v');
                break;
            case '\\' or '\'' or '"':
                value.Append(c);
                break;
            case 'x':
                Hex(2, value);
                break;
            case 'u':
                Hex(4, value);
                break;
            case 'U':
                Hex(8, value);
                break;
            case >= '0' and <= '7':
                var code = c - '0';
                for (var i = 0; i < 2 && at < text.Length && text[at] is >= '0' and <= '7'; i++)
                    code = code * 8 + text[at++] - '0';
                value.Append((char)code);
                break;
            default:
                value.Append('\\').Append(c); // Python keeps what is no escape
                break;
        }
    }

    private void Hex(int digits, StringBuilder value)
    {
        if (
            at + digits <= text.Length
            && int.TryParse(text.AsSpan(at, digits), NumberStyles.AllowHexSpecifier, null, out var code)
            && Rune.IsValid(code)
        )
            value.Append(new Rune(code).ToString());
        else
            value.Append('\uFFFD');
        at = Math.Min(text.Length, at + digits);
    }
}
