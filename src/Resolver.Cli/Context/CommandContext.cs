using System.CommandLine;
using System.Text;
using Resolver.Application.Inputs;
using Resolver.Archives.Files;
using Resolver.Cli.Configuration;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Context;

/// <summary>What a command runs with: where its result goes, where it says what is going on, and when it must
/// stop.</summary>
internal sealed class CommandContext(
    TextWriter output,
    TextWriter error,
    ConsoleEnvironment environment,
    OutputSettings settings,
    RunConfiguration? configuration = null,
    ParseResult? typed = null
)
{
    /// <summary>What files and environment variables say; the options among it are in the command line
    /// already.</summary>
    public RunConfiguration Configuration { get; } = configuration ?? RunConfiguration.None;

    /// <summary>The command line without what is configured; null where nobody parsed one.</summary>
    public ParseResult? Typed { get; } = typed;

    /// <summary>The form of the result, and how much is said.</summary>
    public OutputSettings Settings { get; } = settings;

    public Diagnostics Diagnostics { get; } =
        new(
            error,
            settings.ForError(environment),
            settings.Quiet,
            environment.ErrorIsTerminal ? environment.TerminalWidth : null
        );

    /// <summary>The colours of the result.</summary>
    public Paint Paint { get; } = settings.ForOutput(environment);

    /// <summary>Whether progress may overwrite its own line.</summary>
    public bool ShowsLiveProgress { get; } = environment.ErrorIsTerminal && !settings.NoProgress && !settings.Quiet;

    /// <summary>Whether to show how far the archive is read: with <c>--quiet</c> too, since a silent program that reads
    /// for minutes looks stuck. The line is gone when it is done.</summary>
    public bool ShowsReading { get; } = environment.ErrorIsTerminal && !settings.NoProgress;

    /// <summary>How many columns the terminal has now.</summary>
    public Func<int> TerminalWidth { get; } = environment.TerminalWidth;

    /// <summary>How many columns the result has, where a terminal shows it; null where none does.</summary>
    public int? OutputWidth { get; } =
        environment.OutputIsTerminal && settings is { Format: OutputFormat.Text, File: null }
            ? environment.Width
            : null;

    /// <summary>The colours of what is said on standard error.</summary>
    public Paint ErrorPaint { get; } = settings.ForError(environment);

    /// <summary>Whether progress is shown at all.</summary>
    public bool ShowsProgress { get; } = !settings.NoProgress && !settings.Quiet;

    public TextWriter Error { get; } = error;

    /// <summary>What use cases say, as this run says it; nobody counts files.</summary>
    public Notices Notices =>
        new()
        {
            Warning = Diagnostics.Warning,
            Activity = message =>
            {
                if (Settings.Verbose || ShowsLiveProgress)
                    Diagnostics.Note(message);
            },
            ListsAllSkippedFiles = Settings.Verbose,
        };

    /// <summary>The clock that decides whether something has taken long enough to be reported.</summary>
    public TimeProvider Clock { get; } = environment.Clock;

    public CancellationToken Interruption { get; } = environment.Interruption;

    /// <summary>Asks a question that is answered by yes or no; null where nobody is there to answer.</summary>
    public Func<string, bool>? Confirm { get; } = environment.Confirm;

    /// <summary>Writes the result, all of it: to standard output, or to the file of <c>-o</c>, which is replaced only
    /// when the result is complete.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(string result)
    {
        if (Settings.File is { } file)
            Replace(file, unfinished => File.WriteAllText(unfinished, result));
        else
            WriteNow(result);
    }

    /// <summary>Writes the result part by part, as it is made: of a large one no more is held than a part.</summary>
    /// <param name="parts">Whole lines each.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(IEnumerable<string> parts)
    {
        if (Settings.File is { } file)
        {
            Replace(
                file,
                unfinished =>
                {
                    using var writer = new StreamWriter(unfinished);
                    foreach (var part in parts)
                        writer.Write(part);
                }
            );
            return;
        }

        foreach (var part in parts)
            WriteNow(part);
    }

    /// <summary>Writes a file beside the result, such as a proof; it is replaced only when it is complete.</summary>
    /// <param name="file">As given on the command line.</param>
    /// <param name="write">Writes to the path it is given.</param>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public static void Replace(string file, Action<string> write)
    {
        string? unfinished = null;
        try
        {
            var kind = DiskFile.KindOf(file);
            if (kind is not (FileKind.Missing or FileKind.Regular))
            {
                // A device or a pipe takes what it is given; to put a file in its place would destroy it.
                write(file);
                return;
            }
            // A link stays one: what it leads to is replaced.
            var place = kind == FileKind.Regular ? DiskFile.RealPath(file) ?? file : file;
            unfinished = $"{place}.{Environment.ProcessId}.part";
            write(unfinished);
            File.Move(unfinished, place, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            if (unfinished is not null)
                Discard(unfinished);
            throw InputException.Unwritable(file, exception);
        }
    }

    private static void Discard(string unfinished)
    {
        try
        {
            File.Delete(unfinished);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Why the result cannot be written matters more.
        }
    }

    /// <summary>Writes a part of the result at once where it goes to standard output; collects it where it goes to a
    /// file.</summary>
    /// <param name="collected">What was collected so far; the whole goes to <see cref="Write(string)"/> in the
    /// end.</param>
    public void WritePart(StringBuilder collected, string part)
    {
        if (Settings.File is null)
            WriteNow(part);
        else
            collected.Append(part);
    }

    /// <summary>Writes lines to standard output at once, wherever the result goes.</summary>
    /// <exception cref="CommandException">They cannot be written.</exception>
    public void WriteToOutput(string lines) => WriteNow(lines);

    private void WriteNow(string text)
    {
        try
        {
            // Elsewhere than on a terminal, and in other forms than text, a line is a line.
            output.Write(
                environment.OutputIsTerminal && Settings.Format is OutputFormat.Text or OutputFormat.Tree
                    ? TerminalLines.Fit(text, environment.Width)
                    : text
            );
            output.Flush();
        }
        catch (IOException exception)
        {
            // Nobody must take half a plan for a whole one, whether the disk is full or the reader has gone.
            throw CommandException.UnwritableOutput(exception);
        }
    }
}
