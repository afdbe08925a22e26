using Resolver.Cli.Help;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Configuration;

/// <summary>What <c>RESOLVER_…</c> variables say of settings. One that is empty says nothing.</summary>
internal static class EnvironmentVariables
{
    /// <summary>Names the configuration file, as <c>--config</c>.</summary>
    public const string File = Settings.Prefix + "CONFIG";

    /// <summary>No configuration file is read, as <c>--no-config</c>.</summary>
    public const string NoFile = Settings.Prefix + "NO_CONFIG";

    /// <summary>The values, in the order of <see cref="Settings.All"/>.</summary>
    /// <exception cref="CommandException">The value of a switch is invalid.</exception>
    public static IReadOnlyList<SettingValue> Read(ConsoleEnvironment environment) =>
        [
            .. Settings
                .All.Select(setting => environment[setting.Variable] is { } text ? Value(setting, text) : null)
                .OfType<SettingValue>(),
        ];

    /// <summary>Whether the switch is on; a variable that is unset or empty is off.</summary>
    /// <exception cref="CommandException">Its value is none.</exception>
    public static bool IsOn(ConsoleEnvironment environment, string variable) =>
        environment[variable] is { } text && Flag(variable, text);

    /// <summary>The names in the environment that look like ours and are none, each with the one that may have been
    /// meant.</summary>
    public static IEnumerable<(string Name, string Nearest)> Mistyped(ConsoleEnvironment environment)
    {
        var known = Settings.All.Select(setting => setting.Variable).Concat([File, NoFile]).ToList();
        foreach (
            var name in environment
                .Variables.Keys.Where(name =>
                    name.StartsWith(Settings.Prefix, StringComparison.Ordinal) && !known.Contains(name)
                )
                .Order(StringComparer.Ordinal)
        )
        {
            // Other programs have variables of this prefix too: only what is nearly one of ours is worth a word.
            var rest = name[Settings.Prefix.Length..];
            if (NearestName.To(rest, known.Select(each => each[Settings.Prefix.Length..])) is { } nearest)
                yield return (name, Settings.Prefix + nearest);
        }
    }

    private static SettingValue Value(Setting setting, string text)
    {
        IReadOnlyList<string> values = setting.Kind switch
        {
            SettingKind.Flag => [Flag(setting.Variable, text) ? "true" : "false"],
            SettingKind.Paths => text.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
            SettingKind.Projects or SettingKind.Ranking => text.Split(
                [',', ' ', '\t', '\n'],
                StringSplitOptions.RemoveEmptyEntries
            ),
            _ => [text],
        };
        return new SettingValue(setting, values, new Origin(OriginKind.Environment, setting.Variable));
    }

    private static bool Flag(string variable, string text) =>
        text.ToLowerInvariant() switch
        {
            "1" or "true" or "yes" or "on" => true,
            "0" or "false" or "no" or "off" => false,
            _ => throw CommandException.Usage(
                $"{variable}={text}: expected true or false",
                "1, true, yes, on; 0, false, no, off"
            ),
        };
}
