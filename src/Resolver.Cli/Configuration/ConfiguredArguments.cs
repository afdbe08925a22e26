using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Configuration;

/// <summary>Puts what is configured into the command line, as if it had been typed before everything else: so that
/// one set of rules judges both.</summary>
internal static class ConfiguredArguments
{
    /// <summary>The command line with what is configured.</summary>
    /// <param name="parsed">Without it; has no errors.</param>
    /// <param name="arguments">As given.</param>
    /// <param name="parse">Parses arguments.</param>
    /// <exception cref="CommandException">What is configured cannot be meant.</exception>
    public static ParseResult Add(
        ParseResult parsed,
        IReadOnlyList<string> arguments,
        RunConfiguration configuration,
        Func<IReadOnlyList<string>, ParseResult> parse
    )
    {
        var command = parsed.CommandResult.Command;
        var heard = configuration
            .Heard(key => IsGiven(parsed, key))
            .Where(value => OptionOf(command, value.Setting.Key) is not null)
            .ToList();
        if (heard.Count == 0)
            return parsed;
        var at = arguments.ToList().IndexOf(command.Name) + 1;
        // The weakest first: of lists in which a later value undoes earlier ones, the stronger place has the last word.
        var typed = Enumerable.Reverse(heard).SelectMany(Typed);
        var all = parse([.. arguments.Take(at), .. typed, .. arguments.Skip(at)]);
        return all.Errors.Count == 0 ? all : throw Wrong(all.Errors[0], heard);
    }

    /// <summary>Whether the command line itself gives the option of a key.</summary>
    public static bool IsGiven(ParseResult parsed, string key) =>
        OptionOf(parsed.CommandResult.Command, key) is { } option && parsed.GetResult(option) is { Implicit: false };

    /// <summary>The option of a key, or null where the command has none.</summary>
    public static Option? OptionOf(Command command, string key) =>
        command.Options.FirstOrDefault(option => option.Name == "--" + key);

    private static IEnumerable<string> Typed(SettingValue value) =>
        value.Setting.Kind == SettingKind.Flag
            ? value.Values is ["true"]
                ? [value.Setting.Option]
                : []
            : value.Values.Select(text => $"{value.Setting.Option}={text}");

    private static CommandException Wrong(ParseError error, List<SettingValue> heard)
    {
        SymbolResult? at = error.SymbolResult;
        while (at is not (null or OptionResult))
            at = at.Parent;
        if (
            at is not OptionResult { Option: var option }
            || heard.Where(value => value.Setting.Option == option.Name).ToList() is not { Count: > 0 } suspects
        )
            return CommandException.Usage(
                $"the configuration contradicts the command line: {error.Message}",
                "'resolver config' shows every value and its origin"
            );
        // The command line alone had no errors, so it is one of the configured values.
        var suspect =
            suspects.Find(value =>
                value.Values.Any(text => error.Message.Contains($"'{text}'", StringComparison.Ordinal))
            ) ?? suspects[0];
        var found = string.Join(", ", suspect.Values.Select(text => $"'{text}'"));
        var message =
            option.HelpName is { } choices && choices.Contains('|')
                ? $"{suspect.Origin}: {suspect.Setting.Key}: expected "
                    + $"{choices.Replace("|", ", ", StringComparison.Ordinal)}, found {found}"
                : $"{suspect.Origin}: {error.Message}";
        return suspect.Origin.Place == OriginKind.File
            ? CommandException.BadInput(message)
            : CommandException.Usage(message);
    }
}
