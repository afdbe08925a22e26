using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;

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

    /// <summary>The value is a whole number, not below a bound; the message calls it as the help does.</summary>
    public static void ReadWholeNumber(this Option<int?> option, int least) =>
        option.ReadNumber(
            text =>
                int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count >= least
                    ? count
                    : null,
            $"{option.HelpName} is a whole number{(least > 0 ? $", at least {least}" : "")}"
        );

    /// <summary>No value may be empty or look like an option: a mistyped option must never pass for a path or a name.
    /// A file of such a name is written <c>./-name</c>. See <see cref="StandardInputValues"/> for <c>-</c>.</summary>
    public static void RejectOptions(this Option<string[]> option) =>
        option.Validators.Add(result => Reject(result.Tokens.Select(token => token.Value), option.Name, result));

    /// <summary>Likewise.</summary>
    public static void RejectOptions(this Option<string?> option) =>
        option.Validators.Add(result => Reject(result.Tokens.Select(token => token.Value), option.Name, result));

    /// <summary>Likewise.</summary>
    public static void RejectOptions(this Argument<string[]> argument) =>
        argument.Validators.Add(result => Reject(result.Tokens.Select(token => token.Value), argument.Name, result));

    private static void Reject(IEnumerable<string> values, string name, SymbolResult result)
    {
        foreach (var value in values)
        {
            if (value.Length == 0)
                result.AddError($"{name}: the value is empty");
            else if (value[0] == '-' && !StandardInputValues.IsOne(name, value))
                result.AddError($"Unrecognized option '{value}'.");
        }
    }
}
