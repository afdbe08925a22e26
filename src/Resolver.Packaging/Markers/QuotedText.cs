using System.Globalization;
using System.Text;

namespace Resolver.Packaging.Markers;

/// <summary>
/// What a quoted string in a marker stands for. PEP 508 knows no escapes; packaging, and with it every installer,
/// reads the quotes as a Python string literal, so backslashes escape. Named characters (<c>\N{…}</c>) are refused:
/// that takes the table of Unicode names.
/// </summary>
internal static class QuotedText
{
    /// <summary>Reads what stands between quotes.</summary>
    /// <param name="body">Without the quotes.</param>
    /// <param name="mistake">Index into <paramref name="body"/> of what cannot be read, where the result is
    /// null.</param>
    public static string? Read(ReadOnlySpan<char> body, out int mistake)
    {
        mistake = body.IndexOfAny("\\\n\r\0");
        if (mistake < 0 && !HasLoneSurrogate(body, out mistake))
            return body.ToString();
        var value = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length;)
        {
            mistake = i;
            var c = body[i];
            if (c is '\n' or '\r' or '\0')
                return null; // ends a line, or the source
            if (c != '\\')
            {
                if (char.IsSurrogate(c) && !(i + 1 < body.Length && char.IsSurrogatePair(c, body[i + 1])))
                    return null;
                value.Append(c);
                i++;
                if (char.IsHighSurrogate(c))
                    value.Append(body[i++]);
                continue;
            }
            var used = Unescape(body[i..], value);
            if (used == 0)
                return null;
            i += used;
        }
        return value.ToString();
    }

    /// <summary>The inverse of <see cref="Read"/>, quotes included: double ones where possible. Nothing is escaped
    /// that reads back without, as packaging writes it.</summary>
    public static string Write(string value)
    {
        var quote = value.Contains('"') && !value.Contains('\'') ? '\'' : '"';
        if (!value.Contains(quote) && Read(value, out _) == value)
            return $"{quote}{value}{quote}";
        var text = new StringBuilder(value.Length + 8).Append(quote);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            if (char.IsHighSurrogate(c) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
                text.Append(c).Append(value[++i]);
            else if (c == '\\')
                text.Append(@"\\");
            else if (char.IsSurrogate(c))
                text.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
            else if (c == quote || c < ' ')
                text.Append(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}");
            else
                text.Append(c);
        }
        return text.Append(quote).ToString();
    }

    /// <summary>As packaging writes it: nothing is escaped unless the value has both kinds of quotes. A value with a
    /// line end or a backslash need not read back.</summary>
    public static string WriteAsReference(string value) =>
        !value.Contains('"') ? $"\"{value}\""
        : !value.Contains('\'') ? $"'{value}'"
        : $"\"{value.Replace("\"", "\\x22")}\"";

    private static bool HasLoneSurrogate(ReadOnlySpan<char> text, out int index)
    {
        for (index = 0; index < text.Length; index++)
        {
            if (!char.IsSurrogate(text[index]))
                continue;
            if (index + 1 == text.Length || !char.IsSurrogatePair(text[index], text[index + 1]))
                return true;
            index++;
        }
        return false;
    }

    /// <summary>Reads one escape; returns its length, or 0 where it is malformed.</summary>
    private static int Unescape(ReadOnlySpan<char> text, StringBuilder value)
    {
        if (text.Length < 2)
            return 0; // the backslash would escape the closing quote
        switch (text[1])
        {
            case '\n':
                return 2; // a line that continues: nothing
            case '\r':
                return text.Length > 2 && text[2] == '\n' ? 3 : 2;
            case '\0':
                return 0;
            case '\\' or '\'' or '"':
                value.Append(text[1]);
                return 2;
            case 'a':
                value.Append('\a');
                return 2;
            case 'b':
                value.Append('\b');
                return 2;
            case 'f':
                value.Append('\f');
                return 2;
            case 'n':
                value.Append('\n');
                return 2;
            case 'r':
                value.Append('\r');
                return 2;
            case 't':
                value.Append('\t');
                return 2;
            case 'v':
                value.Append('\v');
                return 2;
            case 'x':
                return Hexadecimal(text, 2, value);
            case 'u':
                return Hexadecimal(text, 4, value);
            case 'U':
                return Hexadecimal(text, 8, value);
            case 'N':
                return 0;
            case >= '0' and <= '7':
                return Octal(text, value);
            default:
                value.Append('\\');
                return 1; // an unknown escape stands for itself
        }
    }

    private static int Hexadecimal(ReadOnlySpan<char> text, int digits, StringBuilder value)
    {
        if (
            text.Length < 2 + digits
            || !uint.TryParse(
                text.Slice(2, digits),
                NumberStyles.AllowHexSpecifier,
                CultureInfo.InvariantCulture,
                out var code
            )
        )
            return 0;
        if (code > 0x10FFFF)
            return 0;
        if (code > 0xFFFF)
            value.Append(new Rune(code));
        else
            value.Append((char)code);
        return 2 + digits;
    }

    private static int Octal(ReadOnlySpan<char> text, StringBuilder value)
    {
        int code = 0,
            length = 1;
        while (length < 4 && length < text.Length && text[length] is >= '0' and <= '7')
            code = code * 8 + (text[length++] - '0');
        value.Append((char)code);
        return length;
    }
}
