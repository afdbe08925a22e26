using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Application.Targets;
using Resolver.Execution.Destinations;

namespace Resolver.Cli.Options;

/// <summary>The target environment: <c>--python</c>, <c>--installed</c>, <c>--no-installed</c>, <c>--prefix</c>,
/// <c>--target</c>, <c>--root</c>, <c>--found-by</c>.</summary>
internal sealed class TargetOptions : IOptionGroup
{
    private readonly Option<string> python = new("--python")
    {
        HelpName = "EXE",
        Description = "Interpreter that defines the environment and the installed distributions.",
        DefaultValueFactory = _ => "python3",
    };
    private readonly Option<string[]> installed = new("--installed")
    {
        HelpName = "DIR",
        Description = "Count the distributions of this prefix or site directory as installed. Repeatable.",
    };
    private readonly Option<bool> noInstalled = new("--no-installed")
    {
        Description = "Ignore installed distributions.",
    };
    private readonly Option<string?> prefix = new("--prefix")
    {
        HelpName = "DIR|TEMPLATE",
        Description =
            "Install into this prefix, or with {name} and {version} in the path, each project into its own. What is "
            + "there counts as installed.",
    };
    private readonly Option<string?> target = new("--target")
    {
        HelpName = "DIR",
        Description = "Install into this directory of modules. What is there counts as installed.",
    };
    private readonly Option<string?> root = new("--root")
    {
        HelpName = "DIR",
        Description = "Install below this directory as if it were '/'.",
    };

    private readonly Option<string> foundBy = new("--found-by")
    {
        HelpName = "path|finder",
        Description = "How builds find the destination: on PYTHONPATH, or through a finder of the interpreter.",
        DefaultValueFactory = _ => "path",
    };

    private readonly bool planning,
        hasDestination;

    /// <param name="planning">Whether the command plans; where it does not, there is nothing to plan as if for an
    /// empty environment.</param>
    /// <param name="hasDestination">Whether something can be named that the command installs into or looks at.</param>
    public TargetOptions(bool planning, bool hasDestination = true)
    {
        (this.planning, this.hasDestination) = (planning, hasDestination);
        installed.RejectOptions();
        foreach (var option in new[] { prefix, target, root })
            option.RejectOptions();
        foundBy.TakeOneOf("path", "finder");
        prefix.Validators.Add(result =>
        {
            if (
                result.Tokens is [{ Value: var path }]
                && PrefixTemplate.Is(path)
                && PrefixTemplate.Problem(path) is { } problem
            )
                result.AddError($"--prefix '{path}': {problem}");
        });
    }

    public void AddTo(Command command)
    {
        command.Add(python);
        command.Add(installed);
        if (planning)
            command.Add(noInstalled);
        if (!hasDestination)
            return;
        command.Add(prefix);
        command.Add(target);
        command.Add(root);
        command.Add(foundBy);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(target) is not null
                && (result.GetResult(prefix) is not null || result.GetResult(root) is not null)
            )
                result.AddError("--target cannot be combined with --prefix or --root");
        });
    }

    /// <summary>What was requested.</summary>
    public TargetSettings Read(ParseResult parsed) =>
        new(
            parsed.GetValue(python)!,
            parsed.GetValue(installed) ?? [],
            planning && parsed.GetValue(noInstalled),
            hasDestination ? parsed.GetValue(prefix) : null,
            hasDestination ? parsed.GetValue(target) : null,
            hasDestination ? parsed.GetValue(root) : null,
            hasDestination && parsed.GetValue(foundBy) == "finder"
        );
}
