using System.Text.RegularExpressions;

namespace Resolver.Cli.Tests.Documentation;

/// <summary>The commands in the tables of <c>docs/coming-from-pip.md</c> are ones that the program
/// understands.</summary>
public sealed partial class CounterpartsTests
{
    [GeneratedRegex("`(resolver [^`]+)`")]
    private static partial Regex Shown();

    public static TheoryData<string> Commands =>
        [
            .. File.ReadLines(Path.Combine(Repository.Root, "docs", "coming-from-pip.md"))
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal))
                .SelectMany(line => Shown().Matches(line))
                .Select(match => match.Groups[1].Value)
                .Distinct(),
        ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void A_counterpart_is_a_command_line(string command)
    {
        var arguments = command.Split(' ').Skip(1).Select(each => each.Trim('\'')).ToArray();

        var parsed = CommandLine.CreateProgram(width: 80).Root.Parse(arguments);

        Assert.Empty(parsed.Errors.Select(error => error.Message));
        Assert.NotEqual("resolver", parsed.CommandResult.Command.Name);
    }
}
