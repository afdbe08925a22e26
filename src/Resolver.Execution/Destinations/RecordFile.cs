using System.Text;

namespace Resolver.Execution.Destinations;

/// <summary>The list of files a distribution installed (PEP 376, 627): CSV, a path first, relative to the folder of the dist-info or absolute.</summary>
internal static class RecordFile
{
    /// <summary>The paths as written, in order.</summary>
    public static IEnumerable<string> Paths(string recordFile) => File.ReadLines(recordFile).Where(line => line.Length > 0).Select(FirstField);

    /// <summary>The first field of a CSV line; a quoted one has its quotes doubled (RFC 4180).</summary>
    public static string FirstField(string line)
    {
        if (line[0] != '"')
        {
            var comma = line.IndexOf(',', StringComparison.Ordinal);
            return comma < 0 ? line : line[..comma];
        }
        var field = new StringBuilder();
        for (var i = 1; i < line.Length; i++)
        {
            if (line[i] != '"')
                field.Append(line[i]);
            else if (i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else
                break;
        }
        return field.ToString();
    }
}
