using System.CommandLine;
using Resolver.Cli.Configuration;
using Resolver.Cli.Definitions;

namespace Resolver.Cli.Help;

/// <summary>What somebody may have meant who typed a command or an option that there is none of.</summary>
internal static class Mistyped
{
    /// <summary>Each with the nearest name there is.</summary>
    public static IEnumerable<(string Typed, string Nearest)> In(
        ParseResult parsed,
        IReadOnlyList<CommandDefinition> commands
    )
    {
        var command = parsed.CommandResult.Command;
        var known = command.Options.Select(option => option.Name).Append("--help").ToList();
        var unknown = parsed
            .UnmatchedTokens.Concat(parsed.Errors.Select(error => Quoted(error.Message)).OfType<string>())
            .Distinct();
        foreach (var word in unknown)
        {
            var typed = word.Split('=')[0];
            if (typed.Length > 2 && typed.StartsWith('-'))
            {
                if (NearestName.To(typed, known) is { } option)
                    yield return (typed, option);
            }
            else if (
                command is RootCommand
                && NearestName.To(typed, commands.Where(each => !each.Command.Hidden).Select(each => each.Command.Name))
                    is { } name
            )
            {
                yield return (typed, name);
            }
        }
    }

    // Messages put what they speak of between quotation marks.
    private static string? Quoted(string message)
    {
        var begin = message.IndexOf("'-", StringComparison.Ordinal);
        var end = begin < 0 ? -1 : message.IndexOf('\'', begin + 1);
        return end < 0 ? null : message[(begin + 1)..end];
    }
}
