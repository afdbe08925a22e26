using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver list</c>: what is installed.</summary>
internal sealed class ListCommand : CommandDefinition
{
    private readonly InstalledOptions options = new(mayExclude: true);
    private readonly Option<bool> notRequired = new("--not-required")
    {
        Description = "List only projects that no other installed project requires.",
    };
    private readonly Option<bool> editable = new("--only-editable", "--editable", "-e")
    {
        Description = "List only editable installs.",
    };
    private readonly Option<bool> excludeEditable = new("--exclude-editable")
    {
        Description = "Leave out editable installs.",
    };

    public ListCommand()
        : base("list", "List installed projects.", new OutputOptions(OutputFormat.Text, OutputFormat.Json))
    {
        Command.Add(notRequired);
        Command.Add(editable);
        Command.Add(excludeEditable);
        Understand(options);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("List what the interpreter and its finders see", "resolver list"),
        new("List a prefix, without dependencies of others", "resolver list --prefix ~/prefix --local --not-required"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var installed = await InstalledInput.OpenAsync(options, parsed, context);
        var excluded = options.Excluded(parsed);
        var shown = (parsed.GetValue(notRequired) ? installed.NotRequired() : installed.All)
            .Where(each => !excluded.Contains(each.Name))
            .Where(each => !parsed.GetValue(editable) || each.EditableLocation is not null)
            .Where(each => !parsed.GetValue(excludeEditable) || each.EditableLocation is null)
            .ToList();
        context.Write(
            context.Settings.Format == OutputFormat.Json
                ? InstalledListText.Json(shown)
                : InstalledListText.Of(shown, context.Settings.Verbose, context.OutputWidth)
        );
        return ExitCode.Done;
    }
}
