using System.Text;

namespace Resolver.Cli.Rendering.Distributions;

/// <summary>Many lines that do not depend on one another: made side by side, in parts, as they are requested.</summary>
internal static class LineParts
{
    /// <param name="count">How many things have lines.</param>
    /// <param name="partLength">Lines of how many things make a part.</param>
    /// <param name="write">Appends the lines of one of them; called from several threads.</param>
    /// <returns>The lines in order.</returns>
    public static IEnumerable<string> Of(int count, int partLength, Action<int, StringBuilder> write)
    {
        // A few parts ahead of the reader and no more, whatever their number is.
        var ahead = 2 * Environment.ProcessorCount;
        for (var start = 0; start < count; start += partLength * ahead)
        {
            var parts = new string[Math.Min(ahead, (count - start + partLength - 1) / partLength)];
            var first = start;
            Parallel.For(
                0,
                parts.Length,
                part =>
                {
                    var lines = new StringBuilder();
                    for (var i = first + part * partLength; i < Math.Min(count, first + (part + 1) * partLength); i++)
                        write(i, lines);
                    parts[part] = lines.ToString();
                }
            );
            foreach (var part in parts)
                yield return part;
        }
    }
}
