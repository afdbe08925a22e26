using System.CommandLine;
using System.CommandLine.Completions;
using Resolver.Cli.Definitions;

namespace Resolver.Cli.Completions;

/// <summary>How a command line that is being typed can go on: commands, options, the values an option takes, projects
/// and versions of the archive. Nothing, where a shell's own completion of paths is what is wanted.</summary>
/// <param name="archive">Projects of the archive that the options typed so far and the configuration name.</param>
/// <param name="runs">The ids of recorded runs.</param>
internal sealed class Completer(
    RootCommand root,
    IReadOnlyList<CommandDefinition> commands,
    Func<
        IReadOnlyList<string>,
        IReadOnlyList<(string Name, IReadOnlyList<Packaging.Versions.Version> Versions)>
    > archive,
    Func<IEnumerable<string>> runs
)
{
    private static readonly string[] TakeProjects =
    [
        "--why",
        "--why-not",
        "--upgrade-package",
        "--no-binary",
        "--only-binary",
        "--ask",
    ];
    private static readonly string[] TakeSeveral = ["--no-binary", "--only-binary"];

    /// <param name="words">What was typed after the program's name, up to the cursor; the last is the word under it,
    /// perhaps empty.</param>
    public IReadOnlyList<CompletionItem> Complete(IReadOnlyList<string> words)
    {
        var current = words.Count > 0 ? words[^1] : "";
        var command = words
            .SkipLast(1)
            .Select(word => commands.FirstOrDefault(each => each.Command.Name == word))
            .FirstOrDefault(each => each is not null)
            ?.Command;
        if (command is null)
            return Matching(
                current,
                [
                    .. commands
                        .Where(each => !each.Command.Hidden)
                        .Select(each => new CompletionItem(each.Command.Name, First(each.Command.Description))),
                    .. Options(root),
                ]
            );
        var before = words.Count > 1 ? words[^2] : "";
        if (words.SkipLast(1).Contains("--"))
            return Positional(command, words, current);
        if (Find(command, before) is { } option && TakesValue(option))
            return Matching(current, Values(command, option, words, current));
        if (
            current.StartsWith("--", StringComparison.Ordinal)
            && current.IndexOf('=') is > 0 and var equals
            && Find(command, current[..equals]) is { } assigned
        )
            return
            [
                .. Matching(current[(equals + 1)..], Values(command, assigned, words, current[(equals + 1)..]))
                    .Select(item => item with { Word = $"{current[..(equals + 1)]}{item.Word}" }),
            ];
        return current.StartsWith('-') ? Matching(current, Options(command)) : Positional(command, words, current);
    }

    private List<CompletionItem> Positional(Command command, IReadOnlyList<string> words, string current) =>
        command.Arguments.FirstOrDefault()?.Name switch
        {
            "REQUIREMENT" => Matching(current, Projects(command, words, current)),
            "RUN" => Matching(current, runs().Select(run => new CompletionItem(run, ""))),
            _ => command.Arguments.FirstOrDefault() is { } argument
                ? Matching(
                    current,
                    argument.GetCompletions(CompletionContext.Empty).Select(item => new CompletionItem(item.Label, ""))
                )
                : [],
        };

    private IEnumerable<CompletionItem> Values(
        Command command,
        Option option,
        IReadOnlyList<string> words,
        string current
    )
    {
        if (TakeProjects.Contains(option.Name))
            return Projects(command, words, current)
                .Concat(TakeSeveral.Contains(option.Name) ? [new CompletionItem(":all:", "every project")] : []);
        return option.Name == "--resume"
            ? runs().Select(run => new CompletionItem(run, ""))
            : option.GetCompletions(CompletionContext.Empty).Select(item => new CompletionItem(item.Label, ""));
    }

    /// <summary>Names; behind <c>NAME==</c> the versions.</summary>
    private IEnumerable<CompletionItem> Projects(Command command, IReadOnlyList<string> words, string current)
    {
        var projects = archive(FindLinks(command, words));
        return current.IndexOf("==", StringComparison.Ordinal) is > 0 and var equals
            ? projects
                .Where(project => project.Name == current[..equals])
                .SelectMany(project => project.Versions)
                .Select(version => new CompletionItem($"{current[..equals]}=={version}", ""))
            : projects.Select(project => new CompletionItem(
                project.Name,
                string.Join(", ", project.Versions.Take(3)) + (project.Versions.Count > 3 ? ", …" : "")
            ));
    }

    private static List<string> FindLinks(Command command, IReadOnlyList<string> words)
    {
        var folders = new List<string>();
        for (var i = 0; i < words.Count - 1; i++)
        {
            if (words[i] is "-f" or "--find-links" && i + 1 < words.Count - 1)
                folders.Add(words[i + 1]);
            else if (words[i].StartsWith("--find-links=", StringComparison.Ordinal))
                folders.Add(words[i]["--find-links=".Length..]);
            else if (
                words[i].StartsWith("-f", StringComparison.Ordinal)
                && words[i].Length > 2
                && Find(command, words[i]) is null
            )
                folders.Add(words[i][2..]);
        }

        return folders;
    }

    private static Option? Find(Command command, string word) =>
        command.Options.FirstOrDefault(option => option.Name == word || option.Aliases.Contains(word));

    private static bool TakesValue(Option option) =>
        option.ValueType != typeof(bool) && option.Arity.MaximumNumberOfValues > 0;

    private static IEnumerable<CompletionItem> Options(Command command) =>
        command
            .Options.Where(option => !option.Hidden)
            .Select(option => new CompletionItem(option.Name, First(option.Description)))
            .Append(new CompletionItem("--help", "Show help."));

    private static List<CompletionItem> Matching(string current, IEnumerable<CompletionItem> items) =>
        [.. items.Where(item => item.Word.StartsWith(current, StringComparison.Ordinal)).DistinctBy(item => item.Word)];

    // The first sentence is what fits beside a word.
    private static string First(string? description) =>
        description is null ? ""
        : description.IndexOf(". ", StringComparison.Ordinal) is > 0 and var end ? description[..(end + 1)]
        : description;
}
