using System.Text;

namespace Resolver.Cli.Terminal;

/// <summary>Lines at the bottom of a terminal that are redrawn in place, below those that stay. Not safe for
/// several threads.</summary>
internal sealed class LiveRegion(TextWriter terminal, Func<int> width)
{
    private int drawn;

    /// <summary>Writes a line that stays, above the region, which is gone until it is drawn again.</summary>
    public void Print(string line)
    {
        terminal.Write(Erasure() + TerminalLines.Fit(line, width()) + "\n");
        terminal.Flush();
    }

    /// <summary>Draws the region: in one write, so that it does not flicker. Lines are cut to the width: one that the
    /// terminal breaks would not be found again.</summary>
    /// <param name="lines">Fit for a terminal, without colours.</param>
    /// <param name="paint">Puts colours on a line that has been cut; null for none.</param>
    public void Draw(IReadOnlyList<string> lines, Func<int, string, string>? paint = null)
    {
        var columns = Math.Max(10, width() - 1);
        var text = new StringBuilder(Erasure());
        for (var index = 0; index < lines.Count; index++)
        {
            var line = Cut(lines[index], columns);
            text.Append(paint is null ? line : paint(index, line)).Append('\n');
        }
        drawn = lines.Count;
        terminal.Write(text.ToString());
        terminal.Flush();
    }

    /// <summary>Takes the region away.</summary>
    public void Clear()
    {
        terminal.Write(Erasure());
        terminal.Flush();
    }

    // Up to its first line, and everything from there on.
    private string Erasure()
    {
        var text = drawn == 0 ? "" : $"\r\e[{drawn}A\e[J";
        drawn = 0;
        return text;
    }

    // What is not ASCII may take two columns.
    private static string Cut(string line, int columns)
    {
        var used = 0;
        for (var at = 0; at < line.Length; at++)
        {
            used +=
                line[at] < 0x80 ? 1
                : char.IsLowSurrogate(line[at]) ? 0
                : 2;
            if (used > columns)
                return line[..(char.IsLowSurrogate(line[at]) ? at - 1 : at)];
        }
        return line;
    }
}
