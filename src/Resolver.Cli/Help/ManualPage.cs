using System.CommandLine;
using System.Text;
using Resolver.Cli.Definitions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Help;

/// <summary>Manual pages in the language of man(7), as every roff reads it.</summary>
internal static class ManualPage
{
    private static readonly (int Code, string Meaning)[] ExitCodes =
    [
        (ExitCode.Done, "Done; a plan exists."),
        (
            ExitCode.Impossible,
            "No plan exists; the output explains why. Also when something is left out, inconsistent or unexpected."
        ),
        (ExitCode.Usage, "The command line is wrong."),
        (ExitCode.BadInput, "An input cannot be read or trusted."),
        (ExitCode.StepFailed, "An install step failed."),
        (ExitCode.Fault, "An internal error."),
        (ExitCode.GaveUp, "A limit was reached (--timeout, --conflict-limit)."),
        (ExitCode.Interrupted, "Interrupted."),
    ];

    /// <summary>The page of the program.</summary>
    public static string Of(RootCommand root, IReadOnlyList<CommandDefinition> commands)
    {
        var text = Begin("resolver", "plan and install Python distributions from files on disk");
        Section(text, "SYNOPSIS");
        text.Append(".B resolver\n.I COMMAND\n.RI [ OPTION ...]\n");
        Section(text, "DESCRIPTION");
        text.Append(Escaped(root.Description)).Append('\n');
        Section(text, "COMMANDS");
        foreach (var each in commands)
            text.Append($".TP\n.BR resolver\\-{Escaped(each.Command.Name)} (1)\n{Escaped(each.Command.Description)}\n");
        End(text);
        return text.ToString();
    }

    /// <summary>The page of a command.</summary>
    public static string Of(CommandDefinition definition)
    {
        var command = definition.Command;
        var text = Begin($"resolver-{command.Name}", command.Description?.TrimEnd('.') ?? "");
        Section(text, "SYNOPSIS");
        text.Append($".B resolver {Escaped(command.Name)}\n");
        foreach (var argument in command.Arguments)
            text.Append(
                argument.Arity.MinimumNumberOfValues > 0
                    ? $".I {Escaped(argument.Name)}{(argument.Arity.MaximumNumberOfValues > 1 ? " ..." : "")}\n"
                    : $".RI [ {Escaped(argument.Name)} {(argument.Arity.MaximumNumberOfValues > 1 ? "...]" : "]")}\n"
            );
        text.Append(".RI [ OPTION ...]\n");
        Section(text, "DESCRIPTION");
        text.Append(Escaped(command.Description)).Append('\n');
        foreach (var argument in command.Arguments)
            text.Append($".TP\n.I {Escaped(argument.Name)}\n{Escaped(argument.Description)}\n");
        Section(text, "OPTIONS");
        foreach (var (heading, options) in OptionSections.Of(command))
        {
            text.Append($".SS {heading}\n");
            foreach (var option in options)
            {
                var names = OptionSections.Names(option).Select(name => $"\\fB{Escaped(name)}\\fR");
                var value = OptionSections.Value(option) is { } name ? $" \\fI{Escaped(name)}\\fR" : "";
                text.Append($".TP\n{string.Join(", ", names)}{value}\n{Escaped(OptionSections.Description(option))}\n");
            }
        }

        if (definition.Examples.Count > 0)
        {
            Section(text, "EXAMPLES");
            foreach (var example in definition.Examples)
                text.Append($".PP\n{Escaped(example.What)}:\n.PP\n.nf\n.RS\n{Escaped(example.Line)}\n.RE\n.fi\n");
        }

        End(text);
        return text.ToString();
    }

    private static StringBuilder Begin(string name, string what) =>
        new(
            $".TH {Escaped(name.ToUpperInvariant())} 1 \"\" \"resolver {ProgramVersion.Text}\" \"User "
                + $"Commands\"\n.SH NAME\n{Escaped(name)} \\- {Escaped(what)}\n"
        );

    private static void End(StringBuilder text)
    {
        Section(text, "EXIT STATUS");
        foreach (var (code, meaning) in ExitCodes)
            text.Append($".TP\n.B {code}\n{Escaped(meaning)}\n");
        Section(text, "ENVIRONMENT");
        text.Append(
            ".TP\n.B NO_COLOR\nIf it is not empty, colour is off.\n.TP\n.BI RESOLVER_ NAME\nA value for the option "
                + "of this name, as in the configuration files; \\fBresolver config\\fR shows all.\n"
        );
        Section(text, "FILES");
        text.Append(
            ".TP\n.I resolver.toml\nand the table [tool.resolver] of\n.IR pyproject.toml ,\nin the working directory "
                + "or above it: settings for every run.\n"
        );
    }

    private static void Section(StringBuilder text, string heading) => text.Append($".SH {heading}\n");

    // A backslash, a hyphen that is meant, and what roff takes for a request at the beginning of a line.
    private static string Escaped(string? text)
    {
        var escaped = PlainText.Of(text).Replace("\\", "\\e").Replace("-", "\\-");
        return escaped.StartsWith('.') || escaped.StartsWith('\'') ? "\\&" + escaped : escaped;
    }
}
