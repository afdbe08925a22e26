using System.CommandLine;
using Resolver.Application.Inputs;
using Resolver.Application.Installed;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installed;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Terminal;
using Resolver.Execution.Removal;
using Resolver.Packaging.Names;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver uninstall</c>: removes installed projects, so that <c>undo</c> restores them.</summary>
internal sealed class UninstallCommand : CommandDefinition
{
    private readonly Argument<string[]> names = new("NAME")
    {
        Description = "Installed project.",
        Arity = ArgumentArity.OneOrMore,
    };
    private readonly Option<bool> force = new("--force")
    {
        Description = "Uninstall even what other installed projects require.",
    };
    private readonly Option<bool> dryRun = new("--dry-run")
    {
        Description = "Show what would be done, and change nothing.",
    };

    // pip asks for confirmation, and scripts answer yes; here a mistake can be undone.
    private readonly Option<bool> yes = new("--yes", "-y") { Hidden = true };
    private readonly TargetOptions target = new(planning: false);

    public UninstallCommand()
        : base(
            "uninstall",
            "Uninstall projects; 'undo' restores them.",
            new OutputOptions(OutputFormat.Text, OutputFormat.Json)
        )
    {
        names.RejectOptions();
        Command.Add(names);
        Command.Add(force);
        Command.Add(dryRun);
        Command.Add(yes);
        Understand(target);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Uninstall a project", "resolver uninstall click --prefix ~/prefix"),
        new("Show which files would go", "resolver uninstall click --prefix ~/prefix --dry-run -v"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var workplace = await InstalledInput.OpenAsync(target.Read(parsed), context);
        var destination = workplace.Destination ?? InterpreterPrefix.Of(workplace.Interpreter);
        if (destination.IsTemplate)
            throw CommandException.Usage(
                "uninstall: --prefix with {name} or {version} names many prefixes",
                "name the prefix of the project"
            );
        var installed = InstalledProjects.Of(workplace, onlyInPlaces: false);
        var found = InstalledNames.Find(parsed.GetValue(names)!, installed, context.Diagnostics);
        if (found.Count == 0)
            return WriteNothing(destination.Base, context);
        var asked = found.Select(each => each.Name).ToHashSet();
        var removal = new ProjectRemoval(workplace.Interpreter, destination, RecordedRun.Runs);
        var (projects, refusal) = removal.Preview(asked);
        if (refusal is not null)
            throw new CommandException(ExitCode.StepFailed, refusal);
        foreach (var elsewhere in found.Where(each => !projects.Any(project => project.Name == each.Name)))
            context.Diagnostics.Warning(
                $"{elsewhere.RawName} {elsewhere.Version} is not in {destination.Base}, but in {elsewhere.Location}"
            );
        if (projects.Count == 0)
            return ExitCode.Impossible;
        if (!parsed.GetValue(force) && Dependents(installed, asked) is { Count: > 0 } dependents)
        {
            foreach (var dependent in dependents)
                context.Diagnostics.Error(dependent);
            context.Diagnostics.Hint("uninstall these as well, or add --force");
            return ExitCode.Impossible;
        }
        return parsed.GetValue(dryRun)
            ? Write(projects, destination.Base, null, context)
            : await RemoveAsync(removal, asked, destination.Base, context);
    }

    private static async Task<int> RemoveAsync(
        ProjectRemoval removal,
        HashSet<PackageName> names,
        string place,
        CommandContext context
    )
    {
        using var progress = new InstallProgress(context);
        var done = await CheckedRemoval.RunAsync(removal, names, "uninstalled", progress, context.Interruption);
        return Write(done.Projects, place, Path.GetFileName(done.RunFolder), context);
    }

    private static int Write(IReadOnlyList<RemovedProject> projects, string place, string? run, CommandContext context)
    {
        context.Write(
            context.Settings.Format == OutputFormat.Json
                ? RemovalText.Json(projects, place, run)
                : RemovalText.Of(projects, place, run, context.Settings.Verbose)
        );
        return ExitCode.Done;
    }

    // As pip and uv: what is to be gone is not there.
    private static int WriteNothing(string place, CommandContext context) =>
        context.Settings.Format == OutputFormat.Json ? Write([], place, null, context) : ExitCode.Done;

    private static List<string> Dependents(InstalledProjects installed, HashSet<PackageName> asked) =>
        [
            .. installed
                .Needs.Where(need => asked.Contains(need.Requirement.Name) && !asked.Contains(need.By.Name))
                .Select(need =>
                    $"{need.By.Name} {need.By.Version} requires {need.Requirement.ToReadableText()}, "
                    + "which is to be uninstalled"
                ),
        ];
}
