using System.Globalization;
using System.Text;

namespace Resolver.Packaging.Parsing;

/// <summary>
/// Text as Python sees it. The standards are defined by Python's regular expressions and string methods, and a few of
/// .NET's own answers differ from those (U+001C is white space to Python, the final sigma has its own lower case).
/// </summary>
internal static class PythonText
{
    /// <summary>What <c>\s</c> and <c>str.isspace</c> accept; .NET lacks the four separators U+001C to
    /// U+001F.</summary>
    public static bool IsWhitespace(char c) =>
        c is ' ' or (>= '\t' and <= '\r') or (>= '\x1c' and <= '\x1f') || (c > '\x7f' && char.IsWhiteSpace(c));

    public static bool IsDigit(char c) => c is >= '0' and <= '9';

    public static bool IsAlphanumeric(char c) => char.IsAsciiLetterOrDigit(c);

    /// <summary>Where the text without the white space at its ends begins and ends.</summary>
    public static (int Start, int End) Trim(ReadOnlySpan<char> text)
    {
        int start = 0,
            end = text.Length;
        while (start < end && IsWhitespace(text[start]))
            start++;
        while (end > start && IsWhitespace(text[end - 1]))
            end--;
        return (start, end);
    }

    public static string Strip(string text)
    {
        var (start, end) = Trim(text);
        return text[start..end];
    }

    /// <summary>Whether <c>\w</c> accepts what stands at <paramref name="index"/>: letters, every kind of number, and
    /// the underscore.</summary>
    public static bool IsWordAt(ReadOnlySpan<char> text, int index)
    {
        var c = text[index];
        if (c < '\x80')
            return IsAlphanumeric(c) || c == '_';
        if (char.IsLowSurrogate(c) && index > 0 && char.IsHighSurrogate(text[index - 1]))
            index--;
        return Rune.DecodeFromUtf16(text[index..], out var rune, out _) == System.Buffers.OperationStatus.Done
            && Rune.GetUnicodeCategory(rune)
                is <= UnicodeCategory.OtherLetter
                    or UnicodeCategory.DecimalDigitNumber
                    or UnicodeCategory.LetterNumber
                    or UnicodeCategory.OtherNumber;
    }

    /// <summary>Whether <c>\b</c> matches between <paramref name="index"/> - 1 and <paramref name="index"/>.</summary>
    public static bool IsBoundary(ReadOnlySpan<char> text, int index) =>
        (index > 0 && IsWordAt(text, index - 1)) != (index < text.Length && IsWordAt(text, index));

    /// <summary>What <c>str.isidentifier</c> accepts.</summary>
    public static bool IsIdentifier(ReadOnlySpan<char> text)
    {
        var first = true;
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var used) != System.Buffers.OperationStatus.Done)
                return false;
            if (!(first ? StartsIdentifier(rune) : ContinuesIdentifier(rune)))
                return false;
            first = false;
            text = text[used..];
        }
        return !first;
    }

    private static bool StartsIdentifier(Rune rune) =>
        rune.Value == '_'
        || Rune.GetUnicodeCategory(rune) is <= UnicodeCategory.OtherLetter or UnicodeCategory.LetterNumber
        || rune.Value is 0x1885 or 0x1886 or 0x2118 or 0x212E or 0x309B or 0x309C;

    private static bool ContinuesIdentifier(Rune rune) =>
        StartsIdentifier(rune)
        || Rune.GetUnicodeCategory(rune)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark
                or UnicodeCategory.DecimalDigitNumber
                or UnicodeCategory.ConnectorPunctuation
        || rune.Value is 0xB7 or 0x387 or (>= 0x1369 and <= 0x1371) or 0x19DA;

    /// <summary>What <c>str.lower</c> gives.</summary>
    public static string Lower(string text)
    {
        if (!text.AsSpan().ContainsAny('İ', 'Σ'))
            return text.ToLowerInvariant();
        var lower = new StringBuilder(text.Length + 2);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == 'İ')
                lower.Append("i̇");
            else if (text[i] == 'Σ')
                lower.Append(IsFinalSigma(text, i) ? 'ς' : 'σ');
            else
                lower.Append(text[i]);
        }
        return lower.ToString().ToLowerInvariant();
    }

    /// <summary>The one context-dependent rule of Unicode's case mapping: a cased letter before, none after.</summary>
    private static bool IsFinalSigma(string text, int index)
    {
        var before = index - 1;
        while (before >= 0 && IsCaseIgnorable(text[before]))
            before--;
        if (before < 0 || !IsCased(text[before]))
            return false;
        var after = index + 1;
        while (after < text.Length && IsCaseIgnorable(text[after]))
            after++;
        return after == text.Length || !IsCased(text[after]);
    }

    private static bool IsCased(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.UppercaseLetter
                or UnicodeCategory.LowercaseLetter
                or UnicodeCategory.TitlecaseLetter;

    private static bool IsCaseIgnorable(char c) =>
        c is '\'' or '.' or ':' or '·' or '’'
        || char.GetUnicodeCategory(c)
            is UnicodeCategory.NonSpacingMark
                or UnicodeCategory.EnclosingMark
                or UnicodeCategory.Format
                or UnicodeCategory.ModifierLetter
                or UnicodeCategory.ModifierSymbol;

    /// <summary>The order of Python's strings: by code point, where .NET's ordinal order is by UTF-16 unit.</summary>
    public static int CompareByCodePoint(string a, string b)
    {
        var common = a.AsSpan().CommonPrefixLength(b);
        if (common == a.Length || common == b.Length)
            return a.Length.CompareTo(b.Length);
        char x = a[common],
            y = b[common];
        // Surrogates stand for the code points above every other unit.
        return char.IsSurrogate(x) == char.IsSurrogate(y) ? x.CompareTo(y)
            : char.IsSurrogate(x) ? 1
            : -1;
    }
}
