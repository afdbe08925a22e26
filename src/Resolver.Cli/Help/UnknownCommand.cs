using Resolver.Cli.Definitions;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Help;

/// <summary>A command that is named as an argument of another one, and does not exist.</summary>
internal static class UnknownCommand
{
    /// <param name="by">The command that was given the name.</param>
    /// <param name="commands">Those that there are; hidden ones are not named.</param>
    public static CommandException Named(string name, string by, IEnumerable<CommandDefinition> commands) =>
        CommandException.Usage(
            $"{by}: unknown command '{name}'",
            $"there are {string.Join(", ", commands.Where(each => !each.Command.Hidden).Select(each => each.Command.Name))}"
        );
}
