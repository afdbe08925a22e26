using System.CommandLine;
using Resolver.Application.Archives;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Builds;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Execution;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Packaging.Names;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Problems;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver build</c>: the wheels of a plan, built in order, as <c>pip wheel</c> makes them; nothing is
/// installed but in a prefix that is removed at the end.</summary>
internal sealed class BuildCommand : CommandDefinition
{
    private readonly RequirementOptions requirements = new();
    private readonly Option<string?> folder = new("--output-dir", "-o", "-w")
    {
        HelpName = "DIR",
        Description = "Write the wheels here.",
        DefaultValueFactory = _ => "dist",
    };
    private readonly Option<bool> buildRequirements = new("--build-requirements")
    {
        Description = "Write the wheels of build requirements as well.",
    };
    private readonly Option<bool> keepGoing = new("--keep-going")
    {
        Description =
            "When a build fails, leave out what requires it and build the rest (exit code 4). Of a batch, order as "
            + "many projects as possible.",
    };
    private readonly Option<bool> dryRun = new("--dry-run") { Description = "Show the plan; build nothing." };
    private readonly BuildOptions builds = new();
    private readonly PlanningOptions planning = new(hasDestination: false);

    public BuildCommand()
        : base(
            "build",
            "Build wheels in order; install nothing.",
            new OutputOptions(toFile: false, [OutputFormat.Text, OutputFormat.Json])
        )
    {
        folder.RejectOptions();
        requirements.AddTo(Command);
        Command.Add(folder);
        Command.Add(buildRequirements);
        Command.Add(keepGoing);
        Command.Add(dryRun);
        Understand(builds, planning);
    }

    public override IReadOnlyList<CommandExample> Examples { get; } =
    [
        new("Build the wheels of a project and of what it requires", "resolver build app -f archive/ -o wheels/"),
        new("Build exactly these archives", "resolver build ./batch/ -o wheels/"),
        new("Build what can be built", "resolver build ./batch/ -o wheels/ --keep-going"),
    ];

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var (wanted, batch) = BatchOf(requirements.Read(parsed));
        var keepsGoing = parsed.GetValue(keepGoing);
        var input = BuildInput.Of(builds, parsed, context);
        using var session = await PlanningInput.OpenAsync(planning, parsed, context, wanted, batch, null, input);
        if (batch.Count > 0 && !keepsGoing)
            SkippedFiles.Tell(session.Batch, batch, context.Notices);
        var report = new PlanReport(context, planning.Limits.Statistics(parsed));
        var outcome = batch.Count > 0 ? await session.OrderAsync(batch, keepsGoing) : await session.PlanAsync();
        if (outcome is not PlanOutcome.Planned { Plan: var plan } planned)
            return report.WriteFailure(outcome);
        session.Warn(plan, files: false);
        if (parsed.GetValue(dryRun))
        {
            report.Write(planned);
            return plan.LeftOut.Count > 0 ? ExitCode.Impossible : ExitCode.Done;
        }
        return await RunAsync(
            parsed,
            session,
            plan,
            MetadataSettings(input, session),
            new WheelOutput(
                Path.GetFullPath(parsed.GetValue(folder)!),
                parsed.GetValue(buildRequirements)
                    ? plan.Steps.Select(step => step.Candidate.Name).ToHashSet()
                    : RequiredToRun(plan)
            ),
            context
        );
    }

    /// <summary>What is built: paths alone are a batch, as of <c>order</c>; anything else is requested, with what it
    /// requires. A word without a slash is a name, as in pip, whatever lies on the disk.</summary>
    private static (RequestedProjects? Wanted, IReadOnlyList<string> Batch) BatchOf(RequestedProjects wanted) =>
        wanted.Requirements is { Count: > 0 } paths
        && (wanted with { Requirements = [] }).IsEmpty
        && paths.All(path => (path.Contains('/', StringComparison.Ordinal) || path is "." or "..") && Path.Exists(path))
            ? (null, paths)
            : (wanted, []);

    private static IReadOnlyList<ConfigSetting> MetadataSettings(BuildInput input, PlanningSession session) =>
        Application.Backends.MetadataSettings.Merged(input.ConfigSettings, session.ConfigSettings);

    private static void Delete(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // It is in the system's folder for temporary files, which is emptied some day.
        }
    }

    /// <summary>The projects that are requested, and those that they require to run.</summary>
    private static HashSet<PackageName> RequiredToRun(Plan plan)
    {
        var steps = plan.Steps.ToDictionary(step => step.Candidate.Name);
        var pending = new Queue<PlanStep>(plan.Steps.Where(step => step.NeededBy.Any(need => need.Role == Role.Root)));
        var found = pending.Select(step => step.Candidate.Name).ToHashSet();
        while (pending.TryDequeue(out var step))
        {
            foreach (var each in step.Requires.Where(each => each.Role == Role.Runtime))
            {
                if (each.SatisfiedBy is { } candidate && found.Add(candidate.Name))
                    pending.Enqueue(steps[candidate.Name]);
            }
        }
        return found;
    }

    private async Task<int> RunAsync(
        ParseResult parsed,
        PlanningSession session,
        Plan plan,
        IReadOnlyList<ConfigSetting> settings,
        WheelOutput output,
        CommandContext context
    )
    {
        var target = session.Target;
        var work = Directory.CreateTempSubdirectory("resolver-build-").FullName;
        var written = new WrittenWheels();
        ExecutionOutcome? outcome = null;
        try
        {
            var executor = new PlanExecutor(
                target.Interpreter,
                await PipFrontend.FindAsync(target.Interpreter, builds.Pip(parsed), null, context.Interruption),
                new InstallDestination.Prefix(Path.Combine(work, "prefix")),
                new ExecutionOptions
                {
                    SearchPath = target.SearchPath,
                    ConfigSettings = settings,
                    ProjectEnvironment = context.Configuration.BuildEnvironment,
                    NamedPip = builds.Pip(parsed),
                    BuildFrontend = builds.Frontend(parsed),
                    KeepGoing = parsed.GetValue(keepGoing),
                    StepTimeout = builds.StepTimeout(parsed),
                    WheelFolder = builds.WheelFolder(parsed),
                    RunsFolder = Path.Combine(work, "runs"),
                    Jobs = planning.Archive.Jobs(parsed) ?? Environment.ProcessorCount,
                    Output = output,
                }
            );
            using (var progress = new InstallProgress(context))
            {
                outcome = await executor.RunAsync(plan, written.Before(progress), null, context.Interruption);
            }
            return new BuildReport(context, plan, output).Write(outcome, written.Wheels);
        }
        finally
        {
            // The logs of what failed stay.
            var failed = outcome is ExecutionOutcome.StepFailed or ExecutionOutcome.PartlyCompleted;
            Delete(failed ? Path.Combine(work, "prefix") : work);
        }
    }
}
