using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Application.Inputs;

namespace Resolver.Cli.Options;

/// <summary>Values <c>-</c> of options and arguments that name a file to read: standard input, as pip's and uv's users
/// expect it.</summary>
internal static class StandardInputValues
{
    /// <summary>What reads its file once, from its beginning to its end.</summary>
    private static readonly HashSet<string> Readers = new(StringComparer.Ordinal)
    {
        "--constraint",
        "--lock",
        "--overrides",
        "--plan",
        "--requirement",
        "--script",
        "--verify",
        "UNIVERSE",
    };

    /// <summary>Whether this value of an option or argument means standard input.</summary>
    public static bool IsOne(string name, string value) => value == InputFile.StandardInput && Readers.Contains(name);

    /// <summary>What is wrong if several values want it, as it can be read only once; null where they do not.</summary>
    public static string? Repeated(ParseResult parsed)
    {
        var wanting = parsed
            .CommandResult.Children.SelectMany(each =>
                each switch
                {
                    OptionResult option => option.Tokens.Select(token => (option.Option.Name, token.Value)),
                    ArgumentResult argument => argument.Tokens.Select(token => (argument.Argument.Name, token.Value)),
                    _ => [],
                }
            )
            .Where(each => IsOne(each.Name, each.Value))
            .Select(each => each.Name)
            .ToList();
        return wanting.Count < 2
            ? null
            : $"'-' is given {wanting.Count} times ({string.Join(", ", wanting.Distinct())}), but standard input "
                + "can be read only once";
    }
}
