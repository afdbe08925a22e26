using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Help;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver help</c>: what <c>--help</c> of a command prints.</summary>
internal sealed class HelpCommand : CommandDefinition
{
    private readonly Argument<string?> command = new("COMMAND")
    {
        Description = "Command to show. Default: the list of commands.",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program;

    /// <param name="program">As for <see cref="ManCommand"/>.</param>
    public HelpCommand(Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program)
        : base("help", "Show the help of a command.", new OutputOptions(OutputFormat.Text))
    {
        this.program = program;
        Command.Add(command);
        Understand();
    }

    /// <summary>None: help is the same everywhere.</summary>
    public override ConfigurationOptions? Configuration => null;

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [new("Show the help of install", "resolver help install")];

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var (root, commands) = program();
        var name = parsed.GetValue(command);
        if (name is not null && !commands.Any(each => each.Command.Name == name))
            throw UnknownCommand.Named(name, "help", commands);
        using var text = new StringWriter();
        root.Parse(name is null ? ["--help"] : [name, "--help"])
            .Invoke(new InvocationConfiguration { Output = text, Error = text });
        context.Write(text.ToString());
        return Task.FromResult(ExitCode.Done);
    }
}
