using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>The target environment: <c>--python</c>, <c>--installed</c>, <c>--no-installed</c>, <c>--prefix</c>, <c>--target</c>, <c>--root</c>.</summary>
internal sealed class TargetOptions : IOptionGroup
{
    private readonly Option<string> python = new("--python") { HelpName = "EXE", Description = "The interpreter that defines the environment and is asked what is installed.", DefaultValueFactory = _ => "python3" };
    private readonly Option<string[]> installed = new("--installed") { HelpName = "DIR", Description = "A further prefix or site directory whose distributions count as installed. Repeatable." };
    private readonly Option<bool> noInstalled = new("--no-installed") { Description = "Plan as for an empty environment." };
    private readonly Option<string?> prefix = new("--prefix") { HelpName = "DIR", Description = "Install into this prefix; what is there counts as installed." };
    private readonly Option<string?> target = new("--target") { HelpName = "DIR", Description = "Install into this directory of modules; what is there counts as installed." };
    private readonly Option<string?> root = new("--root") { HelpName = "DIR", Description = "Install below this directory as if it were '/'." };

    private readonly bool planning;

    /// <param name="planning">Whether the command plans; where it does not, there is nothing to plan as if for an empty environment.</param>
    public TargetOptions(bool planning)
    {
        this.planning = planning;
        installed.RejectOptions();
        foreach (var option in new[] { prefix, target, root })
            option.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(python);
        command.Add(installed);
        if (planning)
            command.Add(noInstalled);
        command.Add(prefix);
        command.Add(target);
        command.Add(root);
        command.Validators.Add(result =>
        {
            if (result.GetResult(target) is not null && (result.GetResult(prefix) is not null || result.GetResult(root) is not null))
                result.AddError("--target goes with neither --prefix nor --root");
        });
    }

    /// <summary>What was asked for.</summary>
    public TargetSettings Read(ParseResult parsed) => new(
        parsed.GetValue(python)!,
        parsed.GetValue(installed) ?? [],
        planning && parsed.GetValue(noInstalled),
        parsed.GetValue(prefix),
        parsed.GetValue(target),
        parsed.GetValue(root));
}

/// <summary>The target environment as asked for.</summary>
internal sealed record TargetSettings(string Python, IReadOnlyList<string> Installed, bool NoInstalled, string? Prefix, string? Target, string? Root);
