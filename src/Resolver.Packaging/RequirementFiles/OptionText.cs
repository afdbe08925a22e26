using System.Text;

namespace Resolver.Packaging.RequirementFiles;

/// <summary>Words of the option part of a line, by the rules of a POSIX shell as Python's <c>shlex.split</c> has
/// them.</summary>
internal static class OptionText
{
    /// <summary>Splits into words; <paramref name="error"/> says what never ended, null where all is well.</summary>
    public static List<string> Split(string text, out string? error)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        var inWord = false;
        error = null;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    if (inWord)
                        words.Add(word.ToString());
                    word.Clear();
                    inWord = false;
                    break;
                case '\\':
                    if (++i == text.Length)
                        error = "a backslash with nothing after it";
                    else
                        word.Append(text[i]);
                    inWord = true;
                    break;
                case '\'':
                    var end = text.IndexOf('\'', i + 1);
                    if (end < 0)
                        error = "a quote that is never closed";
                    word.Append(text, i + 1, (end < 0 ? text.Length : end) - i - 1);
                    i = end < 0 ? text.Length : end;
                    inWord = true;
                    break;
                case '"':
                    i = DoubleQuoted(text, i + 1, word);
                    if (i == text.Length)
                        error = "a quote that is never closed";
                    inWord = true;
                    break;
                default:
                    word.Append(c);
                    inWord = true;
                    break;
            }
        }
        if (inWord)
            words.Add(word.ToString());
        return words;
    }

    /// <summary>A word that <see cref="Split"/> gives back, and in which the steps before it (comments, environment
    /// variables) find nothing. A line break cannot be written in a requirement file.</summary>
    public static string Quote(string word)
    {
        if (
            word.Length > 0
            && word.All(c =>
                char.IsAsciiLetterOrDigit(c)
                || c
                    is '-'
                        or '_'
                        or '.'
                        or '/'
                        or ':'
                        or '='
                        or '@'
                        or '+'
                        or ','
                        or '%'
                        or '&'
                        or '['
                        or ']'
                        or '~'
                        or '>'
                        or '<'
                        or '!'
            )
        )
            return word;
        var quoted = new StringBuilder("'");
        for (var i = 0; i < word.Length; i++)
        {
            if (word[i] == '\'')
                quoted.Append("'\\''");
            // A '#' after white space starts a comment even within quotes, and so does ${NAME}: an empty string
            // between them parts the two.
            else if (
                i > 0
                && ((word[i] == '#' && char.IsWhiteSpace(word[i - 1])) || (word[i] == '{' && word[i - 1] == '$'))
            )
                quoted.Append("''").Append(word[i]);
            else
                quoted.Append(word[i]);
        }
        return quoted.Append('\'').ToString();
    }

    /// <summary>Reads to the closing quote and returns its index, or the text's length where there is none.</summary>
    private static int DoubleQuoted(string text, int i, StringBuilder word)
    {
        for (; i < text.Length && text[i] != '"'; i++)
        {
            if (text[i] == '\\' && i + 1 < text.Length && text[i + 1] is '"' or '\\')
                i++;
            word.Append(text[i]);
        }
        return i;
    }
}
