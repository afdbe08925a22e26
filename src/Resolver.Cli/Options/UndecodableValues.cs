using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Archives.Files;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Options;

/// <summary>Values on the command line that are not UTF-8 (<see cref="PathBytes"/>).</summary>
/// <remarks>Files and folders that are only read may have such names. A path that is written to, or that pip and
/// interpreters are given, must be text: the runtime would write to another path.</remarks>
internal static class UndecodableValues
{
    private static readonly HashSet<string> Inputs = new(StringComparer.Ordinal)
    {
        "--batch",
        "--config",
        "--constraint",
        "--editable",
        "--find-links",
        "--group",
        "--lock",
        "--overrides",
        "--plan",
        "--pyproject",
        "--requirement",
        "--script",
        "--verify",
    };

    /// <summary>What is wrong with the first such value that must be text; null where there is none.</summary>
    public static string? In(ParseResult parsed) =>
        parsed
            .CommandResult.Children.OfType<OptionResult>()
            .Where(option => !Inputs.Contains(option.Option.Name))
            .SelectMany(option => option.Tokens.Select(token => (option.Option.Name, token.Value)))
            .Where(each => PathBytes.AreEscaped(each.Value))
            .Select(each => $"{each.Name} '{PlainText.Of(each.Value)}' is not UTF-8: choose another name")
            .FirstOrDefault();
}
