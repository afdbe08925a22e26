using System.Globalization;
using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>Makes any text safe to show: what comes from archives and paths is written by strangers.</summary>
internal static class PlainText
{
    /// <summary>The text on one line, with everything a terminal would act upon (control characters, escapes,
    /// direction overrides, line and paragraph separators, lone surrogates) written as <c>\xNN</c> or
    /// <c>\uNNNN</c>.</summary>
    public static string Of(string? text)
    {
        if (text is null)
            return "";
        var start = 0;
        while (start < text.Length && IsHarmless(text, start))
            start++;
        if (start == text.Length)
            return text;
        var safe = new StringBuilder(text, 0, start, text.Length + 16);
        for (var i = start; i < text.Length; i++)
        {
            if (IsHarmless(text, i))
                safe.Append(text[i]);
            else if (text[i] < 0x100)
                safe.Append("\\x").Append(((int)text[i]).ToString("x2", CultureInfo.InvariantCulture));
            else
                safe.Append("\\u").Append(((int)text[i]).ToString("x4", CultureInfo.InvariantCulture));
        }

        return safe.ToString();
    }

    /// <summary>Likewise, line by line: for texts that are made of several.</summary>
    public static IEnumerable<string> Lines(string text) => text.ReplaceLineEndings("\n").Split('\n').Select(Of);

    private static bool IsHarmless(string text, int index)
    {
        var c = text[index];
        if (c is >= ' ' and < '\x7f')
            return true;
        if (char.IsHighSurrogate(c))
            return index + 1 < text.Length && char.IsLowSurrogate(text[index + 1]);
        if (char.IsLowSurrogate(c))
            return index > 0 && char.IsHighSurrogate(text[index - 1]);
        return char.GetUnicodeCategory(c)
            is not (
                UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
            );
    }
}
