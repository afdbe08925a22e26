using System.Globalization;
using System.Text;

namespace Resolver.Packaging.Parsing;

/// <summary>Why a text is not what it should be: where, what was found, what was expected.</summary>
/// <param name="Input">The whole text that was read.</param>
/// <param name="Position">Index into <paramref name="Input"/> (UTF-16 units, from 0; its length means 'at the
/// end').</param>
/// <param name="Found">What stands there, for a person; never null.</param>
/// <param name="Expected">What the standard allows there, for a person; never null.</param>
public sealed record ParseError(string Input, int Position, string Found, string Expected)
{
    /// <summary>The error at a place, with <see cref="Found"/> read from the text itself.</summary>
    internal static ParseError At(string input, int position, string expected) =>
        new(input, position, Describe(input, position), expected);

    /// <summary>How much of a long input is shown around the place.</summary>
    private const int WindowWidth = 76;

    /// <summary>The input on one line and a caret under the place on the next.</summary>
    /// <remarks>
    /// Of a long input a window around the place is shown, with <c>…</c> where something is left out. Characters that
    /// would move or colour the line (controls, line ends, bidirectional marks) are shown as <c>·</c>, wide ones
    /// count as two columns, combining ones as none.
    /// </remarks>
    public string Render()
    {
        var place = Math.Clamp(Position, 0, Input.Length);
        var start =
            Input.Length <= WindowWidth ? 0 : Math.Clamp(place - WindowWidth / 2, 0, Input.Length - WindowWidth);
        var end = Math.Min(Input.Length, start + WindowWidth);
        if (start > 0 && char.IsLowSurrogate(Input[start]))
            start--;
        if (end < Input.Length && char.IsLowSurrogate(Input[end]))
            end++;
        var line = new StringBuilder();
        var column = 0;
        if (start > 0)
            (_, column) = (line.Append('…'), 1);
        for (var i = start; i < end;)
        {
            var known = Rune.TryGetRuneAt(Input, i, out var rune);
            var shown = known && !Disturbs(rune) ? rune : new Rune('·');
            line.Append(shown);
            var next = i + (known ? rune.Utf16SequenceLength : 1);
            if (next <= place)
                column += Width(shown);
            i = next;
        }
        if (end < Input.Length)
            line.Append('…');
        return line.Append('\n').Append(' ', column).Append('^').ToString();
    }

    private static bool Disturbs(Rune rune) =>
        Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator
                or UnicodeCategory.Surrogate
                or UnicodeCategory.PrivateUse
                or UnicodeCategory.OtherNotAssigned;

    /// <summary>Columns of a terminal, by the blocks of East Asian wide characters and pictures.</summary>
    private static int Width(Rune rune)
    {
        if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark)
            return 0;
        return
            rune.Value
                is (>= 0x1100 and <= 0x115F)
                    or (>= 0x2E80 and <= 0xA4CF)
                    or (>= 0xAC00 and <= 0xD7A3)
                    or (>= 0xF900 and <= 0xFAFF)
                    or (>= 0xFE30 and <= 0xFE6F)
                    or (>= 0xFF00 and <= 0xFF60)
                    or (>= 0xFFE0 and <= 0xFFE6)
                    or (>= 0x1F300 and <= 0x1FAFF)
                    or (>= 0x20000 and <= 0x3FFFD)
            ? 2
            : 1;
    }

    /// <summary>One line without the caret: <c>expected X, found Y at position N of 'INPUT'</c>.</summary>
    public override string ToString() =>
        $"expected {Expected}, found {Found} at position {Position + 1} of {OneLine.Quote(Input)}";

    private static string Describe(string input, int position)
    {
        if (position >= input.Length)
            return "the end";
        var c = input[position];
        if (char.IsSurrogatePair(input, position))
            return $"'{input.Substring(position, 2)}'";
        return char.IsControl(c) || char.IsSurrogate(c) || (c != ' ' && PythonText.IsWhitespace(c))
            ? $"U+{(int)c:X4}"
            : $"'{c}'";
    }
}
