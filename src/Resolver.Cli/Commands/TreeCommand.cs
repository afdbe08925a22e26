using System.CommandLine;
using Resolver.Application.Installed;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver tree</c>: what is installed and what each needs, as a tree.</summary>
internal sealed class TreeCommand : CommandDefinition
{
    private readonly Argument<string[]> names = new("NAME")
    {
        Description = "Project to start at. Default: every project that no other requires.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<bool> invert = new("--invert") { Description = "Show dependents instead of dependencies." };
    private readonly Option<int?> depth = new("--depth", "-d")
    {
        HelpName = "N",
        Description = "Show at most N levels.",
    };
    private readonly InstalledOptions options = new(mayExclude: false);

    public TreeCommand()
        : base(
            "tree",
            "Show installed projects and their dependencies as a tree.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        )
    {
        names.RejectOptions();
        depth.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int?>() < 0)
                result.AddError("--depth: a number of levels, 0 or more");
        });
        Command.Add(names);
        Command.Add(invert);
        Command.Add(depth);
        Understand(options);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [new("Show everything", "resolver tree"), new("Show what requires click", "resolver tree click --invert")];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var installed = await InstalledInput.OpenAsync(options, parsed, context);
        var asked = parsed.GetValue(names)!;
        var found = InstalledNames.Find(asked, installed, context.Diagnostics);
        var tree = new DependencyTree(installed, parsed.GetValue(invert));
        var roots = asked.Length > 0 ? found : tree.Roots();
        context.Write(
            context.Settings.Format == OutputFormat.Json
                ? tree.Json(roots)
                : tree.Text(roots, parsed.GetValue(depth), context.Paint)
        );
        return asked.Length > 0 && found.Count == 0 ? ExitCode.Impossible : ExitCode.Done;
    }
}
