using System.Text;

namespace Resolver.Packaging.Parsing;

/// <summary>Text of unknown origin made fit for a message: one line, no control characters, not longer than a person
/// reads.</summary>
public static class OneLine
{
    private const int Longest = 200;

    /// <summary>The text with control characters and lone surrogates escaped, cut after 200 characters.</summary>
    public static string Of(string text)
    {
        var plain = text.Length <= Longest;
        for (var i = 0; plain && i < text.Length; i++)
            plain = !MustEscape(text[i]);
        if (plain)
            return text;

        var line = new StringBuilder();
        for (var i = 0; i < text.Length && i < Longest; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
                line.Append(text[i]).Append(text[++i]);
            else if (MustEscape(text[i]))
                line.Append(
                    text[i] switch
                    {
                        '\0' => "\\0",
                        '\n' => "\\n",
                        '\r' => "\\r",
                        '\t' => "\\t",
                        var other => $"\\u{(int)other:x4}",
                    }
                );
            else
                line.Append(text[i]);
        }
        return text.Length > Longest ? line.Append('…').ToString() : line.ToString();
    }

    /// <summary>The text in quotes, as messages show what was found.</summary>
    public static string Quote(string text) => $"'{Of(text)}'";

    // U+2028 and U+2029 end a line in some terminals and viewers, as control characters do.
    private static bool MustEscape(char c) => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029';
}
