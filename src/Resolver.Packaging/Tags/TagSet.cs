using Resolver.Packaging.Parsing;

namespace Resolver.Packaging.Tags;

/// <summary>A compressed tag set (PEP 425, "Compressed Tag Sets"): <c>py2.py3-none-any</c> stands for each
/// combination.</summary>
/// <param name="Tags">Every combination once, in the order written.</param>
/// <param name="IsSorted">Whether the parts are in sorted order, as PEP 425 asks of those who write them.</param>
public sealed record TagSet(IReadOnlyList<Tag> Tags, bool IsSorted)
{
    /// <summary>A set of more is refused: a text of a few kilobytes could else stand for billions.</summary>
    private const int MaximalCombinations = 1 << 17;

    /// <summary>Reads a compressed set.</summary>
    public static ParseResult<TagSet> TryParse(string text) =>
        TryParse(text, 0, text.Length, out var error) is { } set
            ? ParseResult<TagSet>.Of(set)
            : ParseResult<TagSet>.Failed(error!);

    internal static TagSet? TryParse(string text, int start, int end, out ParseError? error)
    {
        var components = text[start..end].Split('-');
        if (components.Length != 3)
        {
            var surplus =
                components.Length < 3
                    ? end
                    : start + components[0].Length + components[1].Length + components[2].Length + 2;
            error = ParseError.At(text, surplus, "interpreter, ABI and platform, with a hyphen between them");
            return null;
        }
        var parts = new string[3][];
        var at = start;
        for (var i = 0; i < 3; i++)
        {
            parts[i] = components[i].Split('.');
            error = CheckParts(text, at, parts[i], isInterpreter: i == 0);
            if (error is not null)
                return null;
            at += components[i].Length + 1;
        }
        if ((long)parts[0].Length * parts[1].Length * parts[2].Length > MaximalCombinations)
        {
            error = new(
                text,
                start,
                $"{(long)parts[0].Length * parts[1].Length * parts[2].Length} tags",
                $"at most {MaximalCombinations} tags in one set"
            );
            return null;
        }
        error = null;
        var isSorted = Array.TrueForAll(parts, IsInOrder); // as written, before case is folded
        return new(Expand(parts), isSorted);
    }

    private static ParseError? CheckParts(string text, int at, string[] parts, bool isInterpreter)
    {
        foreach (var part in parts)
        {
            if (part.Length == 0)
                return ParseError.At(text, at, "a tag between '-' and '.'");
            if (isInterpreter && !PythonText.IsIdentifier(part))
                return new(text, at, $"'{part}'", "an interpreter tag that is an identifier, such as py3 or cp311");
            at += part.Length + 1;
        }
        return null;
    }

    private static List<Tag> Expand(string[][] parts)
    {
        foreach (var component in parts)
            for (var i = 0; i < component.Length; i++)
                component[i] = PythonText.Lower(component[i]);
        if (parts is [[var interpreter], [var abi], [var platform]])
            return [new(interpreter, abi, platform)];
        var all =
            from i in parts[0].Distinct()
            from a in parts[1].Distinct()
            from p in parts[2].Distinct()
            select new Tag(i, a, p);
        return [.. all];
    }

    private static bool IsInOrder(string[] parts)
    {
        for (var i = 1; i < parts.Length; i++)
            if (PythonText.CompareByCodePoint(parts[i - 1], parts[i]) > 0)
                return false;
        return true;
    }
}
