namespace Resolver.Cli.Terminal;

/// <summary>What is said on standard error: one line each, never a terminal escape from outside.</summary>
/// <param name="terminalWidth">The columns to fold to; null where no terminal shows it, and a line is a line.</param>
internal sealed class Diagnostics(TextWriter writer, Paint paint, bool quiet, Func<int>? terminalWidth)
{
    /// <summary>Why the run ends without a result.</summary>
    public void Error(string message) => Say($"{paint.Bad("error")}: {PlainText.Of(message)}");

    /// <summary>What would help.</summary>
    public void Hint(string message) => Say($"{paint.Accent("hint")}: {PlainText.Of(message)}");

    /// <summary>Something was passed over, or will surprise. Not said with <c>-q</c>.</summary>
    public void Warning(string message)
    {
        if (!quiet)
            Say($"{paint.Warning("warning")}: {PlainText.Of(message)}");
    }

    /// <summary>What is going on. Not said with <c>-q</c>.</summary>
    public void Note(string message)
    {
        if (!quiet)
            Say(PlainText.Of(message));
    }

    /// <summary>A stack trace, for <c>-v</c> only.</summary>
    public void Trace(Exception exception)
    {
        foreach (var line in PlainText.Lines(exception.ToString()))
            writer.WriteLine(line);
    }

    private void Say(string line) =>
        writer.WriteLine(terminalWidth is null ? line : TerminalLines.Fit(line, terminalWidth()));
}
