using System.CommandLine;
using Resolver.Cli.Configuration;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Setup;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver config</c>: each shared option as it holds here, and where it was said. Takes the options
/// itself, to show what they would change.</summary>
internal sealed class ConfigCommand : CommandDefinition
{
    private readonly PlanningOptions planning = new();

    public ConfigCommand()
        : base(
            "config",
            "Show every configured value and its origin.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        ) => Understand(planning);

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Show every value and its origin", "resolver config"),
        new("Show what options would change", "resolver config --prerelease allow"),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var values = EffectiveValues.Of(context.Configuration, context.Typed ?? parsed);
        context.Write(
            context.Settings.Format == OutputFormat.Json
                ? ConfigurationText.Json(values, context.Configuration)
                : ConfigurationText.Of(values, context.Configuration, context.Paint, context.OutputWidth)
        );
        return Task.FromResult(ExitCode.Done);
    }
}
