using System.CommandLine;
using Resolver.Cli.Terminal;

namespace Resolver.Cli.Options;

/// <summary>One plan for several environments: <c>--environment</c>, <c>--universal</c>.</summary>
internal sealed class SeveralEnvironmentsOptions : IOptionGroup
{
    private readonly Option<string[]> environments = new("--environment")
    {
        HelpName = "NAME",
        Description =
            "Plan for this environment of resolver.toml; if repeated, make one plan for all. Installed distributions "
            + "are ignored.",
    };
    private readonly Option<bool> universal = new("--universal")
    {
        Description =
            "Make one plan for every environment with this Python or a later one (or what --pyproject requires). "
            + "Installed distributions are ignored.",
    };

    public SeveralEnvironmentsOptions() => environments.RejectOptions();

    public void AddTo(Command command)
    {
        command.Add(environments);
        command.Add(universal);
        command.Validators.Add(result =>
        {
            if (result.GetResult(environments) is not null && result.GetResult(universal) is not null)
                result.AddError("--universal cannot be combined with --environment");
        });
    }

    /// <summary>What was requested.</summary>
    /// <exception cref="CommandException">An environment is named twice.</exception>
    public SeveralEnvironmentsSettings Read(ParseResult parsed)
    {
        var names = parsed.GetValue(environments) ?? [];
        return names.Distinct().Count() == names.Length
            ? new SeveralEnvironmentsSettings(names, parsed.GetValue(universal))
            : throw CommandException.Usage(
                $"--environment {names.GroupBy(name => name).First(group => group.Count() > 1).Key} is given twice"
            );
    }
}

/// <summary>The environments as requested.</summary>
internal sealed record SeveralEnvironmentsSettings(IReadOnlyList<string> Names, bool Universal)
{
    /// <summary>Nothing was asked: the plan is for the one environment of <c>--python</c>.</summary>
    public static SeveralEnvironmentsSettings None { get; } = new([], false);

    public bool IsEmpty => Names.Count == 0 && !Universal;
}
