using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Names;

/// <summary>
/// The shape that names of projects, extras and dependency groups share (core metadata, "Name"; PEP 685; PEP 735):
/// ASCII letters, digits and <c>-_.</c>, a letter or digit at both ends; case and the choice of separators carry no
/// meaning (PEP 503).
/// </summary>
internal static class NameGrammar
{
    /// <summary>Null where the text is a name.</summary>
    public static ParseError? Check(string text, string what)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!PythonText.IsAlphanumeric(text[i]) && !IsSeparator(text[i]))
                return ParseError.At(text, i, $"a letter, a digit or one of '-', '_', '.' in {what}");
            if (i == 0 && IsSeparator(text[i]))
                return ParseError.At(text, i, $"a letter or a digit at the start of {what}");
        }
        if (text.Length == 0)
            return ParseError.At(text, 0, $"a letter or a digit at the start of {what}");
        return IsSeparator(text[^1])
            ? ParseError.At(text, text.Length - 1, $"a letter or a digit at the end of {what}")
            : null;
    }

    /// <summary>Lower case with every run of separators one hyphen (PEP 503), whatever the text. The text itself
    /// where it is so already.</summary>
    public static string Normalize(string text)
    {
        var dirty = false;
        for (var i = 0; i < text.Length && !dirty; i++)
            dirty =
                text[i] is not ((>= 'a' and <= 'z') or (>= '0' and <= '9'))
                && !(text[i] == '-' && (i == 0 || text[i - 1] != '-'));
        if (!dirty)
            return text;
        var lower = PythonText.Lower(text);
        Span<char> buffer = lower.Length <= 128 ? stackalloc char[lower.Length] : new char[lower.Length];
        var length = 0;
        foreach (var c in lower)
        {
            if (!IsSeparator(c))
                buffer[length++] = c;
            else if (length == 0 || buffer[length - 1] != '-')
                buffer[length++] = '-';
        }
        return new string(buffer[..length]);
    }

    private static bool IsSeparator(char c) => c is '-' or '_' or '.';
}
