using Resolver.Cli.Context;
using Resolver.Cli.Terminal;
using Resolver.Execution.Destinations;
using Resolver.Interpreters;

namespace Resolver.Cli.Inputs;

/// <summary>The destination where none is named: the interpreter's own prefix, unless its owner asks to keep out (PEP
/// 668).</summary>
internal static class InterpreterPrefix
{
    /// <exception cref="CommandException">It is managed by its system.</exception>
    public static InstallDestination.Prefix Of(Interpreter interpreter) =>
        interpreter.ExternallyManaged
            ? throw CommandException.Usage(
                $"{interpreter.Executable} is managed by the operating system (PEP 668)",
                "name a destination: --prefix, --target or --root; or name another --python"
            )
            : new InstallDestination.Prefix(interpreter.Prefix);

    /// <summary>The same where an install may go there: a virtual environment, or where the user wants that.</summary>
    /// <param name="isWanted">Whether the command line says so.</param>
    /// <exception cref="CommandException">It is managed by its system, or the user does not want it.</exception>
    public static InstallDestination.Prefix Agreed(Interpreter interpreter, bool isWanted, CommandContext context)
    {
        var prefix = Of(interpreter);
        if (isWanted)
            return prefix;
        if (interpreter.Prefix != interpreter.BasePrefix)
        {
            context.Diagnostics.Note($"installing into the virtual environment {prefix.Base}");
            return prefix;
        }
        var place = $"{prefix.Base}, the environment of {interpreter.Executable} itself";
        if (context.Confirm is not { } confirm)
            throw CommandException.Usage(
                $"no destination is named, and {place}, is no virtual environment",
                "name one: --prefix, --target or --root, or the Python of a virtual environment; --system installs "
                    + "there all the same"
            );
        return confirm($"Install into {place}?")
            ? prefix
            : throw new CommandException(ExitCode.Interrupted, "nothing was installed");
    }
}
