namespace Resolver.Cli.Terminal;

/// <summary>A run that ends early, with its exit code and one line for a person. The only exception commands throw on
/// purpose.</summary>
/// <param name="exitCode">One of <see cref="ExitCode"/>.</param>
/// <param name="message">One line: the file where there is one, then the reason.</param>
/// <param name="hint">What would help, one line, or null.</param>
internal sealed class CommandException(int exitCode, string message, string? hint = null) : Exception(message)
{
    /// <summary>One of <see cref="Terminal.ExitCode"/>.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>What would help, one line, or null.</summary>
    public string? Hint { get; } = hint;

    /// <summary>The command line contradicts itself or is invalid.</summary>
    public static CommandException Usage(string message, string? hint = null) =>
        new(Terminal.ExitCode.Usage, message, hint);

    /// <summary>An input cannot be read or trusted.</summary>
    public static CommandException BadInput(string message, string? hint = null) =>
        new(Terminal.ExitCode.BadInput, message, hint);

    /// <summary>Standard output cannot be written: the disk is full, or the reader has gone.</summary>
    /// <param name="reason">What the system said.</param>
    public static CommandException UnwritableOutput(Exception reason) =>
        BadInput($"standard output: cannot be written: {reason.Message.TrimEnd('.')}");
}
