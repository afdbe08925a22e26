using System.Text;
using Resolver.Archives.Files;

namespace Resolver.Execution.Destinations;

/// <summary>The list of files a distribution installed (PEP 376, 627): CSV, a path, a hash and a size, relative to
/// the folder of the dist-info or absolute.</summary>
internal static class RecordFile
{
    /// <summary>Whether there is a list: a regular file, links followed.</summary>
    public static bool IsThere(string recordFile) => DiskFile.KindOf(recordFile) == FileKind.Regular;

    /// <summary>The paths as written, in order.</summary>
    public static IEnumerable<string> Paths(string recordFile) => Entries(recordFile).Select(entry => entry.Path);

    /// <summary>The lines, in order. A line whose path has a NUL names no file on any system, and is passed
    /// over.</summary>
    public static IEnumerable<RecordEntry> Entries(string recordFile) =>
        DiskFile
            .ReadAllText(recordFile)
            .Split('\n')
            .Select(line => line.TrimEnd('\r'))
            .Where(line => line.Length > 0)
            .Select(Entry)
            .Where(entry => entry.Path.Length > 0 && !entry.Path.Contains('\0'));

    /// <summary>One line.</summary>
    public static RecordEntry Entry(string line)
    {
        var fields = Fields(line);
        var (algorithm, hash) =
            fields.Count > 1 && fields[1].Split('=', 2) is [var first, var second] ? (first, second) : (null, null);
        return new RecordEntry(fields[0], algorithm, hash);
    }

    // A quoted field has its quotes doubled (RFC 4180).
    private static List<string> Fields(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false,
            closed = false;
        for (var i = 0; i < line.Length; i++)
        {
            var c = line[i];
            if (quoted && c == '"' && i + 1 < line.Length && line[i + 1] == '"')
                field.Append(line[i++]);
            else if (c == '"' && (quoted || field.Length == 0))
                (closed, quoted) = (quoted, !quoted);
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
                closed = false;
            }
            else if (!closed) // between a closing quote and the comma there is nothing to be read
                field.Append(c);
        }
        fields.Add(field.ToString());
        return fields;
    }
}
