using System.CommandLine;
using System.Text;
using Resolver.Cli.Definitions;
using Resolver.Cli.Help;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Tests.Documentation;

/// <summary>The option tables of docs/commands.md are made from the definitions that help and manual pages use.
/// <c>RESOLVER_APPROVE=1</c> rewrites them.</summary>
public sealed class OptionTablesTests
{
    private const string Begin = "<!-- options: generated from the definitions of the commands -->\n";
    private const string End = "<!-- end of options -->\n";
    private const int MostExceptions = 4;

    private static readonly IReadOnlyList<CommandDefinition> Commands =
    [
        .. CommandLine.CreateProgram(100).Commands.Where(each => !each.Command.Hidden),
    ];

    [Fact]
    public void The_page_lists_the_options_of_the_program()
    {
        var file = Path.Combine(Repository.Root, "docs", "commands.md");
        var page = File.ReadAllText(file).ReplaceLineEndings("\n");
        var begin = page.IndexOf(Begin, StringComparison.Ordinal);
        var end = page.IndexOf(End, StringComparison.Ordinal);
        Assert.InRange(begin, 0, end);

        var expected = $"{page[..(begin + Begin.Length)]}{Tables()}\n{page[end..]}";

        if (Environment.GetEnvironmentVariable("RESOLVER_APPROVE") == "1")
            File.WriteAllText(file, expected);
        else
            Assert.Equal(expected, page);
    }

    [Fact]
    public void Every_option_is_in_one_section() =>
        Assert.All(
            Commands,
            command =>
                Assert.Equal(
                    command.Command.Options.Where(option => !option.Hidden).Select(option => option.Name).Order(),
                    OptionSections
                        .Of(command.Command)
                        .SelectMany(section => section.Options)
                        .Select(each => each.Name)
                        .Order()
                )
        );

    [Fact]
    public void Help_fits_into_eighty_columns() =>
        Assert.All(
            Commands.Select(each => each.Command.Name).Prepend(""),
            command =>
                Assert.All(
                    Invocation
                        .Of(
                            new ConsoleEnvironment { Width = 80 },
                            command.Length > 0 ? [command, "--help"] : ["--help"]
                        )
                        .Output.Split('\n'),
                    line => Assert.InRange(line.Length, 0, 80)
                )
        );

    private static string Tables()
    {
        var text = new StringBuilder();
        foreach (var heading in OptionSections.Headings)
        {
            text.Append($"\n### {heading}\n\n| option | commands | meaning |\n| --- | --- | --- |\n");
            var uses = Commands
                .SelectMany(command =>
                    OptionSections
                        .Of(command.Command)
                        .Where(section => section.Heading == heading)
                        .SelectMany(section => section.Options)
                        .Select(option => (command.Command.Name, Option: option))
                )
                .ToList();
            foreach (var name in OptionSections.NamesIn(heading))
            {
                foreach (
                    var same in uses.Where(use => use.Option.Name == name)
                        .GroupBy(use => OptionSections.Description(use.Option))
                )
                    text.Append(Row(same.Select(use => use.Option), [.. same.Select(use => use.Name)], same.Key));
            }
        }
        return text.ToString();
    }

    private static string Row(IEnumerable<Option> options, IReadOnlyList<string> commands, string meaning)
    {
        // Of --format, each command has its own values: the longest list has all.
        var option = options.MaxBy(each => OptionSections.Value(each)?.Length ?? 0)!;
        var value = OptionSections.Value(option) is { } name ? " " + name : "";
        var term = $"`{string.Join(", ", OptionSections.Names(option))}{value}`";
        return $"| {Cell(term)} | {In(commands)} | {Cell(meaning)} |\n";
    }

    private static string In(IReadOnlyList<string> commands)
    {
        var others = Commands.Select(each => each.Command.Name).Except(commands).ToList();
        return others.Count == 0 ? "all"
            : others.Count <= MostExceptions ? $"all but {string.Join(", ", others)}"
            : string.Join(", ", commands);
    }

    private static string Cell(string text) => text.Replace("|", "\\|", StringComparison.Ordinal);
}
