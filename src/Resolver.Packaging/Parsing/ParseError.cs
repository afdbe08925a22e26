namespace Resolver.Packaging.Parsing;

/// <summary>Why a text is not what it should be: where, what was found, what was expected.</summary>
/// <param name="Input">The whole text that was read.</param>
/// <param name="Position">Index into <paramref name="Input"/> (UTF-16 units, from 0; its length means 'at the end').</param>
/// <param name="Found">What stands there, for a person; never null.</param>
/// <param name="Expected">What the standard allows there, for a person; never null.</param>
public sealed record ParseError(string Input, int Position, string Found, string Expected)
{
    /// <summary>The error at a place, with <see cref="Found"/> read from the text itself.</summary>
    internal static ParseError At(string input, int position, string expected) =>
        new(input, position, Describe(input, position), expected);

    /// <summary>One line without the caret: <c>expected X, found Y at position N of 'INPUT'</c>.</summary>
    public override string ToString() => $"expected {Expected}, found {Found} at position {Position + 1} of '{Input}'";

    private static string Describe(string input, int position)
    {
        if (position >= input.Length) return "the end";
        var c = input[position];
        if (char.IsSurrogatePair(input, position)) return $"'{input.Substring(position, 2)}'";
        return char.IsControl(c) || char.IsSurrogate(c) || (c != ' ' && PythonText.IsWhitespace(c)) ? $"U+{(int)c:X4}" : $"'{c}'";
    }
}
