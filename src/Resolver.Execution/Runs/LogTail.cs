using System.Text;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Runs;

/// <summary>The end of a log, for a person.</summary>
public static class LogTail
{
    private const int MostBytes = 64 * 1024;

    /// <summary>The last lines, fit for a terminal; empty where there is no log.</summary>
    public static IReadOnlyList<string> Of(string path, int lines)
    {
        if (!File.Exists(path))
            return [];
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        var cut = stream.Length > MostBytes;
        if (cut)
            stream.Seek(-MostBytes, SeekOrigin.End);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var all = TerminalText.Neutralize(reader.ReadToEnd()).TrimEnd('\n').Split('\n');
        // A log cut in the middle of a line begins with half of one.
        return [.. all.Skip(Math.Max(cut ? 1 : 0, all.Length - lines))];
    }
}
