using Resolver.Cli.Options;
using Resolver.Cli.Rendering;

namespace Resolver.Cli;

/// <summary>What a command runs with: where its result goes, where it says what is going on, and when it must stop.</summary>
internal sealed class CommandContext(TextWriter output, TextWriter error, ConsoleEnvironment environment, OutputSettings settings)
{
    /// <summary>The form of the result, and how much is said.</summary>
    public OutputSettings Settings { get; } = settings;

    public Diagnostics Diagnostics { get; } = new(error, settings.ForError(environment), settings.Quiet);

    /// <summary>The colours of the result.</summary>
    public Paint Paint { get; } = settings.ForOutput(environment);

    /// <summary>Whether progress may overwrite its own line.</summary>
    public bool ShowsLiveProgress { get; } = environment.ErrorIsTerminal && !settings.NoProgress && !settings.Quiet;

    /// <summary>Whether progress is told at all.</summary>
    public bool ShowsProgress { get; } = !settings.NoProgress && !settings.Quiet;

    public TextWriter Error { get; } = error;

    public CancellationToken Interruption { get; } = environment.Interruption;

    /// <summary>Writes the result, all of it: to standard output, or to the file of <c>-o</c>, which is replaced only when the result is complete.</summary>
    /// <exception cref="CommandException">The file cannot be written.</exception>
    public void Write(string result)
    {
        if (Settings.File is not { } file)
        {
            output.Write(result);
            output.Flush();
            return;
        }

        try
        {
            var unfinished = $"{file}.{Environment.ProcessId}.part";
            File.WriteAllText(unfinished, result);
            File.Move(unfinished, file, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw CommandException.BadInput($"{file}: cannot be written: {exception.Message}");
        }
    }
}
