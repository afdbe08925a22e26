using System.CommandLine;
using System.CommandLine.Invocation;
using System.Text;
using Resolver.Cli.Definitions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Help;

/// <summary>The help of the program and of each command: usage, arguments, options by section, examples.</summary>
internal sealed class HelpText(IReadOnlyList<CommandDefinition> commands, int width) : SynchronousCommandLineAction
{
    /// <summary>The column where descriptions begin.</summary>
    private const int DescriptionColumn = 28;

    /// <summary>The columns below which descriptions begin under what they describe.</summary>
    private const int NarrowWidth = 60;

    private const int NarrowColumn = 10;

    public override int Invoke(ParseResult parseResult)
    {
        var command = parseResult.CommandResult.Command;
        var text = commands.FirstOrDefault(each => each.Command == command) is { } definition
            ? Of(definition)
            : OfProgram(command);
        parseResult.InvocationConfiguration.Output.Write(TerminalLines.Fit(text, width));
        return ExitCode.Done;
    }

    private string OfProgram(Command root)
    {
        var text = new StringBuilder(
            $"{Paragraph(root.Description)}\n\nUsage: resolver COMMAND [OPTION]... [ARGUMENT]...\n"
        );
        text.Append("\nCommands:\n");
        foreach (var each in commands.Where(each => !each.Command.Hidden))
            Row(text, each.Command.Name, each.Command.Description ?? "", DescriptionColumn / 2);
        AppendOptions(text, root);
        text.Append("\n'resolver COMMAND --help' shows the options and examples of a command.\n");
        return text.ToString();
    }

    private string Of(CommandDefinition definition)
    {
        var command = definition.Command;
        var text = new StringBuilder($"{Paragraph(command.Description)}\n\nUsage: resolver {command.Name} [OPTION]...");
        foreach (var argument in command.Arguments)
            text.Append(' ').Append(Usage(argument));
        text.Append('\n');
        if (command.Arguments.Count > 0)
        {
            text.Append("\nArguments:\n");
            foreach (var argument in command.Arguments)
                Row(text, argument.Name, argument.Description ?? "", DescriptionColumn);
        }

        AppendOptions(text, command);
        if (definition.Examples.Count > 0)
            text.Append("\nExamples:\n");
        foreach (var example in definition.Examples)
            text.Append($"  {example.What}:\n      {example.Line}\n");
        return text.ToString();
    }

    /// <summary>An argument as usage shows it: optional in brackets, repeated with an ellipsis.</summary>
    public static string Usage(Argument argument)
    {
        var name = argument.Arity.MinimumNumberOfValues > 0 ? argument.Name : $"[{argument.Name}]";
        return argument.Arity.MaximumNumberOfValues > 1 ? name + "..." : name;
    }

    private void AppendOptions(StringBuilder text, Command command)
    {
        foreach (var (heading, options) in OptionSections.Of(command))
        {
            text.Append($"\n{heading}:\n");
            foreach (var option in options)
            {
                var names = string.Join(", ", OptionSections.Names(option));
                var indent = names.StartsWith("--", StringComparison.Ordinal) ? "    " : "";
                var value = OptionSections.Value(option) is { } name ? " " + name : "";
                Row(text, indent + names + value, OptionSections.Description(option), DescriptionColumn);
            }
        }
    }

    /// <summary>A term, and its description beside it, or below it where the term is too long.</summary>
    private void Row(StringBuilder text, string term, string description, int column)
    {
        if (width < NarrowWidth)
            column = Math.Min(column, NarrowColumn);
        var left = "  " + term;
        var begin = left.Length + 2 <= column ? left.PadRight(column) : left + "\n" + new string(' ', column);
        text.Append(begin);
        AppendFolded(text, description, column);
        text.Append('\n');
    }

    /// <summary>A text from the first column on.</summary>
    private string Paragraph(string? text)
    {
        var folded = new StringBuilder();
        AppendFolded(folded, text ?? "", 0);
        return folded.ToString();
    }

    private void AppendFolded(StringBuilder text, string description, int column)
    {
        var at = column;
        foreach (var (index, word) in description.Split(' ').Index())
        {
            if (index > 0 && at + 1 + word.Length > Math.Max(width, column + 20))
            {
                text.Append('\n').Append(' ', column);
                at = column;
            }
            else if (index > 0)
            {
                text.Append(' ');
                at++;
            }
            text.Append(word);
            at += word.Length;
        }
    }
}
