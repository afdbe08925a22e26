using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Help;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver man</c>: manual pages, made of the same definitions as help.</summary>
internal sealed class ManCommand : CommandDefinition
{
    private readonly Argument<string?> page = new("COMMAND")
    {
        Description = "A command. Default: the program itself.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program;

    /// <param name="program">The whole program; requested when it is needed, since this command is a part of
    /// it.</param>
    public ManCommand(Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program)
        : base("man", "Print a manual page.", new OutputOptions(OutputFormat.Text))
    {
        this.program = program;
        Command.Add(page);
        Understand();
    }

    /// <summary>None: a page is the same everywhere.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Read a page", "resolver man install | man -l -"),
        new(
            "Install the pages",
            "for c in plan order install; do resolver man $c > ~/.local/share/man/man1/resolver-$c.1; done"
        ),
    ];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var (root, commands) = program();
        var shown = commands.Where(each => !each.Command.Hidden).ToList();
        context.Write(
            parsed.GetValue(page) is not { } name ? ManualPage.Of(root, shown)
            : shown.Find(each => each.Command.Name == name) is { } command ? ManualPage.Of(command)
            : throw UnknownCommand.Named(name, "man", shown)
        );
        return Task.FromResult(ExitCode.Done);
    }
}
