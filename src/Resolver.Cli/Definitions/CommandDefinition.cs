using System.CommandLine;
using Resolver.Cli.Context;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Definitions;

/// <summary>One command: what it understands, and what it does with it.</summary>
internal abstract class CommandDefinition
{
    /// <param name="name">As typed.</param>
    /// <param name="description">One line for the list of commands.</param>
    /// <param name="output">What it can write.</param>
    protected CommandDefinition(string name, string description, OutputOptions output)
    {
        Command = new Command(name, description);
        Output = output;
    }

    /// <summary>The definition as the parser sees it.</summary>
    public Command Command { get; }

    /// <summary>Where the result goes; every command has these options.</summary>
    public OutputOptions Output { get; }

    /// <summary>Which configuration file counts; null for commands that measure or judge by themselves, whatever is
    /// configured where they run.</summary>
    public virtual ConfigurationOptions? Configuration { get; } = new();

    /// <summary>Command lines worth knowing, for help and manual pages; the plainest first.</summary>
    public virtual IReadOnlyList<CommandExample> Examples => [];

    /// <summary>Does it.</summary>
    /// <returns>One of <see cref="ExitCode"/>.</returns>
    /// <exception cref="CommandException">It ends early.</exception>
    /// <exception cref="OperationCanceledException">It was interrupted.</exception>
    public abstract Task<int> RunAsync(ParseResult parsed, CommandContext context);

    /// <summary>Makes the command understand these options, and those of <see cref="Output"/> after them.</summary>
    protected void Understand(params ReadOnlySpan<IOptionGroup> groups)
    {
        foreach (var group in groups)
            group.AddTo(Command);
        Configuration?.AddTo(Command);
        Output.AddTo(Command);
    }
}
