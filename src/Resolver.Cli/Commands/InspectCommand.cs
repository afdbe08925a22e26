using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver inspect</c>: what is installed, in the form of <c>pip inspect</c>.</summary>
internal sealed class InspectCommand : CommandDefinition
{
    private readonly InstalledOptions options = new(mayExclude: false);

    public InspectCommand()
        : base(
            "inspect",
            "Print installed projects with all their metadata, in the JSON of 'pip inspect'.",
            new OutputOptions(OutputFormat.Json)
        ) => Understand(options);

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [new("Save what a prefix holds", "resolver inspect --prefix ~/prefix --local -o installed.json")];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        context.Write(InspectReport.Of(await InstalledInput.OpenAsync(options, parsed, context)));
        return ExitCode.Done;
    }
}
