using System.Text.RegularExpressions;
using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Toml;

/// <summary>What the TOML library says is wrong, in plain words: it names the kinds of its tokens.</summary>
internal static partial class TomlFault
{
    /// <summary>An error at a place of a file.</summary>
    /// <param name="message">What the library says.</param>
    public static DocumentError At(string file, int line, int column, string message) =>
        new(file, line, column, message, "TOML") { Fault = $"it is no TOML: {Plain(message)}" };

    private static string Plain(string message)
    {
        var plain = TokenKind()
            .Replace(message, "")
            .Replace("`\u2424`", "the end of the line", StringComparison.Ordinal)
            .Replace("end-of-line", "the end of the line", StringComparison.Ordinal)
            .Replace("`Eof`", "the end of the file", StringComparison.Ordinal)
            .Replace('`', '\'')
            .TrimEnd('.');
        if (Unexpected().Match(plain) is { Success: true } match)
        {
            var (found, expected) = (Bracketed().Replace(match.Groups[1].Value, "'$1'"), match.Groups[2].Value);
            return expected.Length == 0
                ? $"{found} is not expected here"
                : $"{found} stands where {expected} is expected";
        }
        return plain.Length > 1 && char.IsUpper(plain[0]) && char.IsLower(plain[1])
            ? char.ToLowerInvariant(plain[0]) + plain[1..]
            : plain;
    }

    [GeneratedRegex(@" \(token: [^)]*\)")]
    private static partial Regex TokenKind();

    [GeneratedRegex(
        @"^Unexpected token (?:found )?(.*?)(?: found)?(?: while parsing.*)?(?: (?:while expecting|for) (.*))?$"
    )]
    private static partial Regex Unexpected();

    [GeneratedRegex(@"^\[(.+)\]$")]
    private static partial Regex Bracketed();
}
