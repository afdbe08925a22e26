using System.CommandLine;
using Resolver.Application.Installed;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver freeze</c>: what is installed, as requirements.</summary>
internal sealed class FreezeCommand : CommandDefinition
{
    // What pip leaves out, as it is there for installing only.
    private static readonly HashSet<PackageName> Tools =
    [
        .. new[] { "pip", "setuptools", "distribute", "wheel" }.Select(PackageName.Parse),
    ];

    private readonly InstalledOptions options = new(mayExclude: true);
    private readonly Option<bool> excludeEditable = new("--exclude-editable")
    {
        Description = "Leave out editable installs.",
    };
    private readonly Option<bool> all = new("--all") { Description = "Include pip, setuptools, distribute and wheel." };

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
        var lines = installed
            .All.Where(each => !excluded.Contains(each.Name))
            .Where(each => parsed.GetValue(all) || !Tools.Contains(each.Name))
            .Where(each => !parsed.GetValue(excludeEditable) || each.EditableLocation is null);
        context.Write(FrozenRequirements.Of(lines, context.Diagnostics));
        return ExitCode.Done;
    }
}
