using System.CommandLine;
using Resolver.Cli.Completions;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Terminal;
using Resolver.Execution.Runs;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver complete -- WORD...</c>: what shells ask while somebody types. A line an answer: the word, a
/// tabulator, a description.</summary>
internal sealed class CompleteCommand : CommandDefinition
{
    private readonly Argument<string[]> words = new("WORD")
    {
        Description = "What was typed after the program's name, up to the cursor.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program;

    /// <param name="program">The whole program; requested when it is needed, since this command is a part of
    /// it.</param>
    public CompleteCommand(Func<(RootCommand Root, IReadOnlyList<CommandDefinition> Commands)> program)
        : base("complete", "Complete a command line for a shell.", new OutputOptions(OutputFormat.Text))
    {
        this.program = program;
        Command.Hidden = true;
        Command.Add(words);
        Understand();
    }

    public override Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var (root, commands) = program();
        var configured = context
            .Configuration.Levels.SelectMany(level => level)
            .Where(value => value.Setting.Key == "find-links")
            .SelectMany(value => value.Values)
            .ToList();
        var completer = new Completer(
            root,
            commands,
            typed => ArchiveNames.Of(typed.Concat(configured)),
            () => StateFolder.All(RecordedRun.Runs).Select(folder => Path.GetFileName(folder))
        );
        context.Write(
            string.Concat(
                completer
                    .Complete(parsed.GetValue(words) ?? [])
                    .Select(item => $"{PlainText.Of(item.Word)}\t{PlainText.Of(item.Description)}\n")
            )
        );
        return Task.FromResult(ExitCode.Done);
    }
}
