using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>What values an option takes. A value that breaks its rule is a wrong command line.</summary>
internal static class OptionRules
{
    /// <summary>A number read by the option itself: the parser's own message would name a .NET type.</summary>
    /// <param name="tryRead">The number, or null where the text is none or is out of range.</param>
    public static void ReadNumber<T>(this Option<T?> option, Func<string, T?> tryRead, string otherwise)
        where T : struct =>
        option.CustomParser = result =>
        {
            var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
            if (tryRead(text) is { } number)
                return number;
            result.AddError($"{option.Name} '{text}': {otherwise}");
            return null;
        };

    /// <summary>No value may be the empty text.</summary>
    public static void RejectEmpty(this Option<string[]> option) => Require(option, values => values is null || values.All(value => value.Length > 0));

    /// <summary>The value may not be the empty text.</summary>
    public static void RejectEmpty(this Option<string?> option) => Require(option, value => value is not "");

    private static void Require<T>(Option<T> option, Func<T?, bool> rule) =>
        option.Validators.Add(result =>
        {
            if (!rule(result.GetValueOrDefault<T>()))
                result.AddError($"{option.Name}: an empty value means nothing");
        });
}
