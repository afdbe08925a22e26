using System.Globalization;
using System.Text;

namespace Resolver.Execution.Processes;

/// <summary>Text from builds and archives, made fit for a terminal: it can show anything and do nothing.</summary>
internal static class TerminalText
{
    /// <summary>The text with every control character but tab and line feed written out (<c>\x1b</c>), as well as
    /// what turns the direction of writing. A carriage return becomes a line's end, as progress bars mean
    /// it.</summary>
    public static string Neutralize(string text)
    {
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\r')
            {
                if (i + 1 == text.Length || text[i + 1] != '\n')
                    plain.Append('\n');
            }
            else if (c is '\n' or '\t' || !IsDangerous(c))
                plain.Append(c);
            else
                plain.Append(
                    c <= 0xFF
                        ? string.Create(CultureInfo.InvariantCulture, $"\\x{(int)c:x2}")
                        : string.Create(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}")
                );
        }
        return plain.ToString();
    }

    /// <summary>As <see cref="Neutralize"/>, on one line.</summary>
    public static string OneLine(string text) =>
        Neutralize(text).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\t", " ", StringComparison.Ordinal);

    // Bidirectional controls reorder what a person reads (U+202A to U+202E, U+2066 to U+2069); U+2028 and U+2029 end
    // lines in some terminals.
    private static bool IsDangerous(char c) =>
        char.IsControl(c)
        || c is '\u2028' or '\u2029' or (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
