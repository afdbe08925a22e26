using System.CommandLine;
using System.CommandLine.Parsing;
using Resolver.Application.Requirements;

namespace Resolver.Cli.Options;

/// <summary>What is wanted: requirements as arguments, <c>-r</c>, <c>--script</c>, <c>--group</c>, <c>--extra</c>,
/// <c>--pyproject</c>.</summary>
internal sealed class RequirementOptions : IOptionGroup
{
    private readonly Argument<string[]> requirements = new("REQUIREMENT")
    {
        Description = "A requirement such as 'requests>=2' (PEP 508), a file or a tree: './x.whl', 'dir/[extra]'.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly Option<string[]> editables = new("--editable", "-e")
    {
        HelpName = "DIR[EXTRAS]",
        Description =
            "Request this source tree. It is installed editable if its build backend can do that. Repeatable.",
    };
    private readonly Option<string[]> files = new("--requirement", "-r")
    {
        HelpName = "FILE",
        Description = "Request the requirements of this file, as pip reads it; - is standard input. Repeatable.",
    };
    private readonly Option<string[]> scripts = new("--script")
    {
        HelpName = "FILE",
        Description = "Request the dependencies of this Python script (PEP 723). Repeatable.",
    };
    private readonly Option<string[]> groups = new("--group")
    {
        HelpName = "[PATH:]NAME",
        Description =
            "Request a dependency group of pyproject.toml (PEP 735), or of the lock file of --plan. Repeatable.",
    };
    private readonly Option<string[]> extras = new("--extra")
    {
        HelpName = "NAME",
        Description = "Request an extra of the project of --pyproject, or of the lock file of --plan. Repeatable.",
    };
    private readonly Option<string?> pyproject = new("--pyproject")
    {
        HelpName = "FILE",
        Description = "Request the dependencies of this project: its pyproject.toml, or the directory that has it.",
    };

    public RequirementOptions()
    {
        requirements.RejectOptions();
        pyproject.RejectOptions();
        foreach (var option in new[] { editables, files, scripts, groups, extras })
            option.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(requirements);
        command.Add(editables);
        command.Add(files);
        command.Add(scripts);
        command.Add(groups);
        command.Add(extras);
        command.Add(pyproject);
        command.Validators.Add(result =>
        {
            if (
                result.GetResult(extras) is not null
                && result.GetResult(pyproject) is null
                && !IsGiven(result, "--plan")
            )
                result.AddError("--extra requires --pyproject, or --plan with a lock file");
        });
    }

    private static bool IsGiven(CommandResult result, string option) =>
        result.Children.OfType<OptionResult>().Any(each => each.Option.Name == option && !each.Implicit);

    /// <summary>What was requested.</summary>
    public RequestedProjects Read(ParseResult parsed) =>
        new(
            parsed.GetValue(requirements) ?? [],
            parsed.GetValue(files) ?? [],
            parsed.GetValue(scripts) ?? [],
            parsed.GetValue(groups) ?? [],
            parsed.GetValue(extras) ?? [],
            parsed.GetValue(pyproject)
        )
        {
            Editables = parsed.GetValue(editables) ?? [],
        };
}
