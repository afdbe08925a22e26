namespace Resolver.Cli.Terminal;

/// <summary>What is said on standard error: one line each, never a terminal escape from outside.</summary>
internal sealed class Diagnostics(TextWriter writer, Paint paint, bool quiet)
{
    /// <summary>Why the run ends without a result.</summary>
    public void Error(string message) => writer.WriteLine($"{paint.Bad("error")}: {PlainText.Of(message)}");

    /// <summary>What would help.</summary>
    public void Hint(string message) => writer.WriteLine($"{paint.Accent("hint")}: {PlainText.Of(message)}");

    /// <summary>Something was passed over, or will surprise. Not said with <c>-q</c>.</summary>
    public void Warning(string message)
    {
        if (!quiet)
            writer.WriteLine($"{paint.Warning("warning")}: {PlainText.Of(message)}");
    }

    /// <summary>What is going on. Not said with <c>-q</c>.</summary>
    public void Note(string message)
    {
        if (!quiet)
            writer.WriteLine(PlainText.Of(message));
    }

    /// <summary>A stack trace, for <c>-v</c> only.</summary>
    public void Trace(Exception exception)
    {
        foreach (var line in PlainText.Lines(exception.ToString()))
            writer.WriteLine(line);
    }
}
