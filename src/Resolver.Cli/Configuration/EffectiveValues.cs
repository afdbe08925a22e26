using System.CommandLine;
using System.CommandLine.Parsing;

namespace Resolver.Cli.Configuration;

/// <summary>What holds of every setting, and why: command line, then environment variables, then files, then
/// defaults.</summary>
internal static class EffectiveValues
{
    /// <param name="typed">The command line without what is configured.</param>
    public static IReadOnlyList<EffectiveValue> Of(RunConfiguration configuration, ParseResult typed)
    {
        var heard = configuration
            .Heard(key => ConfiguredArguments.IsGiven(typed, key))
            .ToLookup(value => value.Setting);
        return [.. Settings.All.Select(setting => Of(setting, [.. Typed(setting, typed), .. heard[setting]]))];
    }

    private static EffectiveValue Of(Setting setting, IReadOnlyList<SettingValue> places) =>
        places.Count == 0
            ? new EffectiveValue(setting, setting.Default?.Split(", ") ?? [], [Origin.Default])
            : new EffectiveValue(
                setting,
                [.. places.SelectMany(place => place.Values)],
                [.. places.Select(place => place.Origin)]
            );

    private static IEnumerable<SettingValue> Typed(Setting setting, ParseResult typed)
    {
        if (
            !ConfiguredArguments.IsGiven(typed, setting.Key)
            || ConfiguredArguments.OptionOf(typed.CommandResult.Command, setting.Key) is not { } option
        )
            yield break;
        var tokens = typed.GetResult(option)!.Tokens.Select(token => token.Value).ToList();
        // A switch is on by being there.
        yield return new SettingValue(
            setting,
            tokens.Count == 0 && setting.Kind == SettingKind.Flag ? ["true"] : tokens,
            Origin.CommandLine
        );
    }
}
