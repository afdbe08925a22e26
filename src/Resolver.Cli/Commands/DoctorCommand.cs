using System.CommandLine;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Setup;
using Resolver.Cli.Terminal;
using Resolver.Interpreters;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver doctor</c>: what a build's process will see, before anything runs.</summary>
internal sealed class DoctorCommand : CommandDefinition
{
    private readonly Argument<string[]> requirements = new("REQUIREMENT")
    {
        Description = "Check whether this requirement would be found; exit code 1 if not.",
        Arity = ArgumentArity.ZeroOrMore,
    };
    private readonly TargetOptions target = new(planning: false);

    public DoctorCommand()
        : base(
            "doctor",
            "Show what a build sees: interpreter, path, start-up files, finders, hidden distributions, pip "
                + "configuration.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        )
    {
        requirements.RejectOptions();
        Command.Add(requirements);
        Understand(target);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Show what a build sees", "resolver doctor --python python3.11"),
        new("Check whether a requirement is found, and where", "resolver doctor 'numpy>=1.20' --prefix ~/prefix"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var asked = (parsed.GetValue(requirements) ?? []).Select(RequirementReader.ReadArgument).ToList();
        var settings = target.Read(parsed);
        var workplace = await TargetEnvironment.OpenAsync(settings, null, onlyPlans: false, context.Interruption);
        var places = workplace.Places;
        var seen = await Examination.ExamineAsync(settings.Python, places, context.Interruption);
        var leaked = Environment
            .GetEnvironmentVariables()
            .Keys.Cast<string>()
            .Where(name => name.StartsWith("PIP_", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToList();
        var report = new DoctorText(seen, places, leaked, asked);
        context.Write(context.Settings.Format == OutputFormat.Json ? report.Json() : report.Text(context.Paint));
        return report.IsEverythingFound ? ExitCode.Done : ExitCode.Impossible;
    }
}
