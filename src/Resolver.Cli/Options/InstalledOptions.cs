using System.CommandLine;
using Resolver.Application.Targets;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Options;

/// <summary>Which of what is installed is shown: the places, <c>--local</c>, <c>--exclude</c>.</summary>
internal sealed class InstalledOptions : IOptionGroup
{
    private readonly TargetOptions target = new(planning: false);
    private readonly Option<bool> local = new("--local", "-l")
    {
        Description =
            "Only projects in --prefix, --target, --root and --installed; without these, only those of the environment "
            + "of --python itself, and not what it inherits.",
    };
    private readonly Option<string[]> exclude = new("--exclude")
    {
        HelpName = "NAME",
        Description = "Leave out this project. Repeatable.",
    };
    private readonly bool mayExclude;

    /// <param name="mayExclude">Whether the command has <c>--exclude</c>.</param>
    public InstalledOptions(bool mayExclude)
    {
        this.mayExclude = mayExclude;
        exclude.RejectOptions();
        exclude.Validators.Add(result =>
        {
            foreach (var token in result.Tokens)
            {
                if (!PackageName.TryParse(token.Value).Success)
                    result.AddError($"--exclude '{token.Value}': this is not the name of a project");
            }
        });
    }

    public void AddTo(Command command)
    {
        target.AddTo(command);
        command.Add(local);
        if (mayExclude)
            command.Add(exclude);
    }

    /// <summary>The places.</summary>
    public TargetSettings Target(ParseResult parsed) => target.Read(parsed);

    /// <summary>Whether only what lies in the places counts.</summary>
    public bool IsLocal(ParseResult parsed) => parsed.GetValue(local);

    /// <summary>The projects that are to be left out.</summary>
    public IReadOnlySet<PackageName> Excluded(ParseResult parsed) =>
        (parsed.GetValue(exclude) ?? []).Select(PackageName.Parse).ToHashSet();
}
