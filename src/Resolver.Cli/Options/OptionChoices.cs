using System.CommandLine;
using System.CommandLine.Parsing;

namespace Resolver.Cli.Options;

/// <summary>Options and arguments that take one of a few values. Any other is a usage error, which names the option and
/// its values on one line. A shell completes the values.</summary>
internal static class OptionChoices
{
    /// <summary>An option.</summary>
    public static void TakeOneOf(this Option option, params string[] values)
    {
        option.CompletionSources.Add(values);
        option.Validators.Add(result => Check(result, result.Tokens, option.Name, values));
    }

    /// <summary>An argument: each command that takes such a one takes only one.</summary>
    public static void TakeOneOf(this Argument argument, params string[] values)
    {
        argument.CompletionSources.Add(values);
        argument.Validators.Add(result => Check(result, result.Tokens, "the argument", values));
    }

    private static void Check(SymbolResult result, IEnumerable<Token> tokens, string name, string[] values)
    {
        foreach (var token in tokens.Where(token => !values.Contains(token.Value, StringComparer.Ordinal)))
            result.AddError($"{name} is {List(values)}, not '{token.Value}'");
    }

    /// <summary><c>a, b or c</c>.</summary>
    public static string List(string[] values) =>
        values is [var only] ? only : $"{string.Join(", ", values[..^1])} or {values[^1]}";
}
