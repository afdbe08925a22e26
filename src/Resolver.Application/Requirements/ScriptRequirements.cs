using Resolver.Application.Inputs;
using Resolver.Packaging.Requirements;
using Resolver.Packaging.Scripts;
using Resolver.Packaging.Specifiers;

namespace Resolver.Application.Requirements;

/// <summary>What a Python file says it needs, in its block <c># /// script</c> (PEP 723).</summary>
internal static class ScriptRequirements
{
    /// <summary>Its dependencies, in their order, and the Pythons it is for.</summary>
    /// <exception cref="InputException">The file cannot be read, has no such block, or an invalid one.</exception>
    public static (IReadOnlyList<Requirement> Requirements, SpecifierSet? RequiresPython) Of(string file)
    {
        var script = InputFile.ReadText(file);
        if (!ScriptBlockScanner.Scan(script).Any(block => block.Type == "script"))
            throw InputException.BadInput($"{file}: it has no closed block '# /// script' (PEP 723) with requirements");
        var read = ScriptMetadata.TryParse(script, file);
        if (!read.Success)
            throw InputException.BadInput(read.Error.ToString());
        if (read.Value.Errors is [var first, ..])
            throw InputException.BadInput(first.ToString());
        return (
            [
                .. read.Value.Dependencies.Select(each =>
                    each.Parsed.Success
                        ? each.Parsed.Value
                        : throw InputException.BadInput(each.ErrorIn(file)!.ToString())
                ),
            ],
            read.Value.RequiresPython
        );
    }
}
