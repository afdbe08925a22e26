using System.Text;

namespace Resolver.Execution.Processes;

/// <summary>Quoting for scripts a person may run by hand. Steps themselves never pass through a shell.</summary>
public static class PosixShell
{
    /// <summary>The word as a POSIX shell takes it literally, whatever it holds (but a null character, which no
    /// argument can hold).</summary>
    public static string Quote(string word) =>
        word.Length > 0
        && word.All(c =>
            char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '=' or ':' or ',' or '@' or '%' or '+'
        )
            ? word
            : "'" + word.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    /// <summary>A command line, each word of it quoted where it has to be.</summary>
    public static string Line(string executable, IEnumerable<string> arguments)
    {
        var line = new StringBuilder(Quote(executable));
        foreach (var argument in arguments)
            line.Append(' ').Append(Quote(argument));
        return line.ToString();
    }
}
