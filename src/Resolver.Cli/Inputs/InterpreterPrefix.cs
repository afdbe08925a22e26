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
}
