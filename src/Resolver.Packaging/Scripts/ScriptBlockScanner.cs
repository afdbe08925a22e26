using System.Text;

namespace Resolver.Packaging.Scripts;

/// <summary>Finds blocks by a plain scan of lines, as the standard allows: Python itself is not parsed.</summary>
/// <remarks>The end of a block is the <em>last</em> <c># ///</c> of an unbroken run of comment lines, so that content
/// may hold the sign itself. A block without content is none by the standard's regular expression, which wants at
/// least one line.</remarks>
public static class ScriptBlockScanner
{
    /// <summary>All closed blocks in order; unclosed ones are ignored, and what stands within a block opens
    /// none.</summary>
    public static IReadOnlyList<ScriptBlock> Scan(string script)
    {
        var lines = Lines(script);
        var blocks = new List<ScriptBlock>();
        for (var i = 0; i < lines.Length; i++)
        {
            if (TypeOf(lines[i]) is not { } type)
                continue;
            var end = -1;
            var run = i + 1;
            for (; run < lines.Length && IsContent(lines[run]); run++)
            {
                if (lines[run] is "# ///" && run > i + 1)
                    end = run;
            }
            if (end < 0)
            {
                // No later opening of the same run has an end either; trying each would take quadratic time.
                i = run - 1;
                continue;
            }
            var content = new StringBuilder();
            for (var j = i + 1; j < end; j++)
                content.Append(lines[j].AsSpan(lines[j].Length > 1 ? 2 : 1)).Append('\n');
            blocks.Add(new ScriptBlock(type, i + 1, content.ToString()));
            i = end;
        }
        return blocks;
    }

    private static string? TypeOf(string line)
    {
        const string opening = "# /// ";
        if (!line.StartsWith(opening, StringComparison.Ordinal) || line.Length == opening.Length)
            return null;
        var type = line[opening.Length..];
        return type.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') ? type : null;
    }

    /// <summary>A lone '#', or '#' and a blank.</summary>
    private static bool IsContent(string line) => line is "#" or ['#', ' ', ..];

    /// <summary>Python's line ends (<c>\n</c>, <c>\r\n</c>, <c>\r</c>) and no others: a form feed is white
    /// space.</summary>
    private static string[] Lines(string script) =>
        script.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');
}
