using System.CommandLine;
using Resolver.Application.Installed;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;
using Resolver.Packaging.Names;
using Version = Resolver.Packaging.Versions.Version;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver freeze</c>: what is installed, as requirements.</summary>
internal sealed class FreezeCommand : CommandDefinition
{
    // What pip leaves out, because it is there only for installing. From Python 3.12 on, a new virtual environment has
    // none of the others: who has them wants them.
    private static readonly PackageName Pip = PackageName.Parse("pip");
    private static readonly HashSet<PackageName> Tools =
    [
        Pip,
        .. new[] { "setuptools", "distribute", "wheel" }.Select(PackageName.Parse),
    ];

    private readonly InstalledOptions options = new(mayExclude: true);
    private readonly Option<bool> excludeEditable = new("--exclude-editable")
    {
        Description = "Leave out editable installs.",
    };
    private readonly Option<bool> all = new("--all")
    {
        Description = "Include pip; with Python before 3.12 also setuptools, distribute and wheel.",
    };

    public FreezeCommand()
        : base(
            "freeze",
            "Print installed projects as pinned requirements.",
            new OutputOptions(OutputFormat.Requirements)
        )
    {
        Command.Add(all);
        Command.Add(excludeEditable);
        Understand(options);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new(
            "Save the versions of a prefix as constraints",
            "resolver freeze --prefix ~/prefix --local -o constraints.txt"
        ),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var installed = await InstalledInput.OpenAsync(options, parsed, context);
        var excluded = options.Excluded(parsed);
        HashSet<PackageName> tools =
            parsed.GetValue(all) ? []
            : HasToolsOfItsOwn(installed.Interpreter) ? Tools
            : [Pip];
        var lines = installed
            .All.Where(each => !excluded.Contains(each.Name))
            .Where(each => !tools.Contains(each.Name))
            .Where(each => !parsed.GetValue(excludeEditable) || each.EditableLocation is null);
        context.Write(FrozenRequirements.Of(lines, context.Diagnostics));
        return ExitCode.Done;
    }

    private static bool HasToolsOfItsOwn(Interpreter interpreter) =>
        Version.TryParse(interpreter.Environment.PythonVersion) is { Success: true, Value: var version }
        && version < Version.Parse("3.12");
}
