using System.Text;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Scripts;
using Resolver.Packaging.Specifiers;

namespace Resolver.Cli.Inputs;

/// <summary>What a Python file says it needs, in its block <c># /// script</c> (PEP 723).</summary>
internal static class ScriptRequirements
{
    /// <summary>Its dependencies, in their order, and the Pythons it is for.</summary>
    /// <exception cref="CommandException">The file cannot be read, has no such block, or one that is none.</exception>
    public static (IReadOnlyList<Requirement> Requirements, SpecifierSet? RequiresPython) Of(string file)
    {
        string script;
        try
        {
            script = File.ReadAllText(file, Encoding.UTF8);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw CommandException.Unreadable(file, exception);
        }

        if (!ScriptBlockScanner.Scan(script).Any(block => block.Type == "script"))
            throw CommandException.BadInput(
                $"{file}: there is no closed block '# /// script' (PEP 723) that says what it needs"
            );
        var read = ScriptMetadata.TryParse(script, file);
        if (!read.Success)
            throw CommandException.BadInput(read.Error.ToString());
        if (read.Value.Errors is [var first, ..])
            throw CommandException.BadInput(first.ToString());
        return (
            [
                .. read.Value.Dependencies.Select(each =>
                    each.Parsed.Success
                        ? each.Parsed.Value
                        : throw CommandException.BadInput(each.ErrorIn(file)!.ToString())
                ),
            ],
            read.Value.RequiresPython
        );
    }
}
