using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using Resolver.Cli.Definitions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Help;

/// <summary>Help: what the parser says of a command, and examples after it.</summary>
internal sealed class HelpText(HelpAction help, IReadOnlyList<CommandDefinition> commands, int width)
    : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        help.MaxWidth = width;
        help.Invoke(parseResult);
        var output = parseResult.InvocationConfiguration.Output;
        if (
            commands.FirstOrDefault(each => each.Command == parseResult.CommandResult.Command) is
            { Examples: { Count: > 0 } examples }
        )
        {
            output.WriteLine("Examples:");
            foreach (var example in examples)
                output.Write(TerminalLines.Fit($"  {example.What}:\n      {example.Line}\n", width));
            output.WriteLine();
        }
        else if (parseResult.CommandResult.Command is RootCommand)
        {
            output.WriteLine("'resolver COMMAND --help' has the options and examples of each command.");
        }

        return ExitCode.Done;
    }
}
