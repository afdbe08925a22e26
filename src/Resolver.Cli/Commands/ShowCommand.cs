using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver show</c>: what the metadata of something installed says.</summary>
internal sealed class ShowCommand : CommandDefinition
{
    private readonly Argument<string[]> names = new("NAME")
    {
        Description = "Installed project.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> files = new("--files") { Description = "List the files of each project." };
    private readonly InstalledOptions options = new(mayExclude: false);

    public ShowCommand()
        : base(
            "show",
            "Show the metadata of installed projects.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        )
    {
        names.RejectOptions();
        Command.Add(names);
        Command.Add(files);
        Understand(options);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [new("Show its location, its requirements and its dependents", "resolver show requests")];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var installed = await InstalledInput.OpenAsync(options, parsed, context);
        var found = InstalledNames.Find(parsed.GetValue(names)!, installed, context.Diagnostics);
        var report = new InstalledProjectText(installed, parsed.GetValue(files), context.Settings.Verbose);
        if (context.Settings.Format == OutputFormat.Json || found.Count > 0)
            context.Write(context.Settings.Format == OutputFormat.Json ? report.Json(found) : report.Text(found));
        return found.Count > 0 ? ExitCode.Done : ExitCode.Impossible;
    }
}
