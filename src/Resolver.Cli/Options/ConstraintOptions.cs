using System.CommandLine;

namespace Resolver.Cli.Options;

/// <summary>Bounds from files: <c>-c</c>, <c>--overrides</c>.</summary>
internal sealed class ConstraintOptions : IOptionGroup
{
    private readonly Option<string[]> constraints = new("--constraint", "-c")
    {
        HelpName = "FILE",
        Description =
            "Constrain versions of projects without requesting them, as pip does; - is standard input. Repeatable.",
    };
    private readonly Option<string[]> overrides = new("--overrides")
    {
        HelpName = "FILE",
        Description = "Replace all requirements on the projects that FILE names by those of FILE. Repeatable.",
    };

    public ConstraintOptions()
    {
        constraints.RejectOptions();
        overrides.RejectOptions();
    }

    public void AddTo(Command command)
    {
        command.Add(constraints);
        command.Add(overrides);
    }

    public IReadOnlyList<string> Constraints(ParseResult parsed) => parsed.GetValue(constraints) ?? [];

    public IReadOnlyList<string> Overrides(ParseResult parsed) => parsed.GetValue(overrides) ?? [];
}
