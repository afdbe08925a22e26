using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>Folds lines that a terminal would break anywhere: between words, with the rest under the beginning of the
/// text. Nothing is cut off.</summary>
internal static class TerminalLines
{
    // Below this, folding makes things worse.
    private const int Narrowest = 24;
    private const int DeepestIndent = 12;

    /// <param name="text">With or without escape sequences for colours, which take no room.</param>
    /// <param name="width">Columns of the terminal.</param>
    public static string Fit(string text, int width)
    {
        if (width < Narrowest)
            return text;
        var folded = new StringBuilder(text.Length);
        foreach (var (index, line) in text.Split('\n').Index())
        {
            if (index > 0)
                folded.Append('\n');
            Fold(line, width, folded);
        }

        return folded.ToString();
    }

    private static void Fold(string line, int width, StringBuilder folded)
    {
        if (Columns(line) <= width)
        {
            folded.Append(line);
            return;
        }

        var margin = Margin(line, Math.Min(DeepestIndent, width / 3));
        var indent = margin.Length;
        var column = 0;
        var isFirst = true; // on its line: a word that is too long by itself is left as it is
        foreach (var word in Words(line))
        {
            var columns = Columns(word);
            var needed = Columns(word.TrimEnd(' '));
            // A word that no line can hold stays where it is, for the terminal to break: on a line of its own it would
            // be broken as well.
            if (!isFirst && column + needed > width && indent + needed <= width)
            {
                while (folded.Length > 0 && folded[^1] == ' ')
                    folded.Length--;
                folded.Append('\n').Append(margin);
                column = indent;
            }

            folded.Append(word);
            column += columns;
            isFirst = false;
        }
    }

    /// <summary>What the lines below a folded one begin with: its own indentation and two blanks, and in a tree the
    /// branches that go on.</summary>
    private static string Margin(string line, int longest)
    {
        var margin =
            string.Concat(
                line.TakeWhile(c => c is ' ' or '│' or '├' or '└' or '─')
                    .Select(c =>
                        c switch
                        {
                            '├' => '│',
                            '└' or '─' => ' ',
                            _ => c,
                        }
                    )
            ) + "  ";
        return margin.Length <= longest ? margin : margin[..longest];
    }

    /// <summary>Each with the blanks behind it; the blanks a line begins with are with its first word.</summary>
    private static IEnumerable<string> Words(string line)
    {
        var start = 0;
        var at = line.TakeWhile(c => c == ' ').Count();
        while (at < line.Length)
        {
            while (at < line.Length && line[at] != ' ')
                at++;
            while (at < line.Length && line[at] == ' ')
                at++;
            yield return line[start..at];
            start = at;
        }
    }

    /// <summary>Columns a text takes. East Asian wide characters take two (UAX 11), marks that combine none.</summary>
    public static int Columns(string text)
    {
        var columns = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\e')
            {
                while (i < text.Length && text[i] != 'm')
                    i++;
                continue;
            }

            var rune =
                char.IsHighSurrogate(text[i])
                && i + 1 < text.Length
                && Rune.TryCreate(text[i], text[i + 1], out var pair)
                    ? pair
                    : new Rune(char.IsSurrogate(text[i]) ? '?' : text[i]);
            if (!rune.IsBmp)
                i++;
            columns += Width(rune);
        }

        return columns;
    }

    private static int Width(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is System.Globalization.UnicodeCategory.NonSpacingMark
                or System.Globalization.UnicodeCategory.EnclosingMark
            ? 0
            : rune.Value switch
            {
                >= 0x1100
                and <= 0x115F
                or >= 0x2E80
                and <= 0x303E
                or >= 0x3041
                and <= 0xA4CF
                or >= 0xAC00
                and <= 0xD7A3
                or >= 0xF900
                and <= 0xFAFF
                or >= 0xFE30
                and <= 0xFE6F
                or >= 0xFF00
                and <= 0xFF60
                or >= 0xFFE0
                and <= 0xFFE6
                or >= 0x1F300
                and <= 0x1FAFF
                or >= 0x20000
                and <= 0x3FFFD => 2,
                _ => 1,
            };
}
