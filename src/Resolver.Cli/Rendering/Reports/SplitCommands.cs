using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Cli.Terminal;
using Resolver.Execution.Processes;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Batches;
using Resolver.Resolution.Planning;

namespace Resolver.Cli.Rendering.Reports;

/// <summary>The command lines that install what was requested into two prefixes, made from the one that requested all
/// of it.</summary>
internal sealed class SplitCommands(ParseResult typed, PlanningSession session)
{
    /// <summary>Roots that are named one by one; of more, the command that was typed says it shorter.</summary>
    private const int MostNamed = 8;

    private const string AnotherPlace = "ANOTHER-PREFIX";

    private static readonly HashSet<string> Destinations = ["--prefix", "--target", "--root"];

    /// <summary>What names what is wanted, the fix itself, and where the plan is written.</summary>
    private static readonly HashSet<string> Replaced =
    [
        "--requirement",
        "--script",
        "--group",
        "--extra",
        "--pyproject",
        "--batch",
        "--apply-fix",
        "--output",
    ];

    private bool IsBatch => session.Batch.Count > 0;

    /// <summary>The command for the plan at hand.</summary>
    /// <param name="roots">What it is for.</param>
    public string This(IReadOnlyList<string> roots) =>
        IsBatch || roots.Count > MostNamed
            ? PosixShell.Line("resolver", [typed.CommandResult.Command.Name, .. Arguments(), .. Options([])])
            : Of(roots, isOther: false);

    /// <summary>The command for the rest.</summary>
    /// <param name="roots">What is left, as text.</param>
    /// <param name="left">The same as requirements; of a batch they name its files.</param>
    public string Other(IReadOnlyList<string> roots, IReadOnlyList<Requirement> left)
    {
        if (!IsBatch)
            return Of(roots, isOther: true);
        var items = BatchItems.Of(session.Batch, []);
        var rest = BatchPlanner.Without(items, left);
        List<string> files = [.. items.Except(rest).Select(each => each.Path)];
        // What stays behind may be what these are built with.
        return Of(files, isOther: true, [.. Paths().SelectMany(path => (string[])["-f", path])]);
    }

    private string Of(IEnumerable<string> wanted, bool isOther, IReadOnlyList<string>? further = null)
    {
        var name = typed.CommandResult.Command.Name;
        return PosixShell.Line(
            "resolver",
            [
                name,
                .. IsBatch && name != "order" ? ["--batch"] : (string[])[],
                .. wanted,
                .. further ?? [],
                .. Options(Replaced, isOther),
            ]
        );
    }

    private IEnumerable<string> Arguments() =>
        typed
            .CommandResult.Children.OfType<ArgumentResult>()
            .SelectMany(each => each.Tokens)
            .Select(each => each.Value);

    /// <summary>The batch as typed.</summary>
    private IEnumerable<string> Paths() =>
        Arguments()
            .Concat(
                typed
                    .CommandResult.Children.OfType<OptionResult>()
                    .Where(each => each.Option.Name == "--batch")
                    .SelectMany(each => each.Tokens)
                    .Select(each => each.Value)
            );

    private IEnumerable<string> Options(HashSet<string> without, bool isOther = false)
    {
        foreach (
            var option in typed
                .CommandResult.Children.OfType<OptionResult>()
                .Where(each => !each.Implicit && !without.Contains(each.Option.Name))
        )
        {
            var name = option.IdentifierToken?.Value ?? option.Option.Name;
            if (option.Tokens.Count == 0)
                yield return name;
            foreach (var token in option.Tokens)
            {
                yield return name;
                yield return isOther && Destinations.Contains(option.Option.Name) ? AnotherPlace : token.Value;
            }
        }
    }
}
