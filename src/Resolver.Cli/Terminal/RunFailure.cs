using Resolver.Application.Inputs;
using Resolver.Archives.Files;
using Resolver.Execution.Frontends;
using Resolver.Interpreters;
using Resolver.Sat.Z3;

namespace Resolver.Cli.Terminal;

/// <summary>What an exception means to whoever started the program.</summary>
/// <param name="ExitCode">One of <see cref="Terminal.ExitCode"/>.</param>
/// <param name="Message">One line.</param>
/// <param name="Hint">What would help, one line, or null.</param>
/// <param name="Cause">The exception itself, for <c>-v</c>.</param>
internal sealed record RunFailure(int ExitCode, string Message, string? Hint, Exception Cause)
{
    /// <param name="exception">Any exception that ended the run, or a part of it.</param>
    /// <param name="interrupted">Whether the user interrupts; else a cancellation is the end of
    /// <c>--timeout</c>.</param>
    public static RunFailure Of(Exception exception, bool interrupted) =>
        exception switch
        {
            CommandException command => new(command.ExitCode, command.Message, command.Hint, exception),
            InputException input => new(
                input.IsUsage ? Terminal.ExitCode.Usage : Terminal.ExitCode.BadInput,
                input.Message,
                input.Hint,
                exception
            ),
            OperationCanceledException when interrupted => new(
                Terminal.ExitCode.Interrupted,
                "interrupted",
                null,
                exception
            ),
            OperationCanceledException => new(
                Terminal.ExitCode.GaveUp,
                "gave up: --timeout was reached",
                null,
                exception
            ),
            InterpreterException or FrontendException or Z3NotAvailableException or FormatException => new(
                Terminal.ExitCode.BadInput,
                exception.Message,
                null,
                exception
            ),
            IOException or UnauthorizedAccessException => new(
                Terminal.ExitCode.BadInput,
                FileFault.WithFile(exception),
                null,
                exception
            ),
            _ => new(
                Terminal.ExitCode.Fault,
                $"internal error: {exception.GetType().Name}: {exception.Message}",
                "this is a bug in resolver; -v shows the stack trace",
                exception
            ),
        };

    /// <summary>Writes it to standard error.</summary>
    /// <returns>The exit code.</returns>
    public int Report(Diagnostics diagnostics, bool verbose)
    {
        diagnostics.Error(Message);
        if (Hint is not null)
            diagnostics.Hint(Hint);
        if (verbose && ExitCode is not (Terminal.ExitCode.Usage or Terminal.ExitCode.Interrupted))
            diagnostics.Trace(Cause);
        return ExitCode;
    }
}
