using System.CommandLine;
using Resolver.Application.Backends;
using Resolver.Application.Hashes;
using Resolver.Application.Locks;
using Resolver.Application.Planning;
using Resolver.Application.Requirements;
using Resolver.Application.Targets;
using Resolver.Archives.Files;
using Resolver.Cli.Context;
using Resolver.Cli.Definitions;
using Resolver.Cli.Inputs;
using Resolver.Cli.Options;
using Resolver.Cli.Rendering.Installs;
using Resolver.Cli.Rendering.Plans;
using Resolver.Cli.Rendering.Reports;
using Resolver.Cli.Terminal;
using Resolver.Execution;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Recovery;
using Resolver.Execution.Verification;
using Resolver.Interpreters;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Planning;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Cli.Commands;

/// <summary><c>resolver install</c>: plan, or take a plan, and run it in order; and <c>resolver sync</c>, which also
/// removes everything else from the destination.</summary>
internal sealed class InstallCommand : CommandDefinition
{
    private readonly RequirementOptions requirements = new();
    private readonly InstallOptions install;
    private readonly SeveralEnvironmentsOptions several = new();
    private readonly PlanningOptions planning = new();
    private readonly FixOption fix = new();

    private readonly IReadOnlyList<CommandExample> examples;

    private InstallCommand(
        string name,
        string description,
        InstallOptions install,
        IReadOnlyList<CommandExample> examples
    )
        : base(
            name,
            description,
            new OutputOptions(
                OutputFormat.Text,
                OutputFormat.Tree,
                OutputFormat.Json,
                OutputFormat.Pylock,
                OutputFormat.Requirements,
                OutputFormat.Script,
                OutputFormat.Slurm,
                OutputFormat.Dot,
                OutputFormat.Mermaid,
                OutputFormat.Html,
                OutputFormat.CycloneDx
            )
        )
    {
        (this.install, this.examples) = (install, examples);
        Understand(requirements, install, several, planning, fix);
    }

    /// <summary><c>resolver install</c>.</summary>
    public static InstallCommand Install() =>
        new(
            "install",
            "Plan and install, or install a given plan.",
            new InstallOptions(isAlwaysExact: false),
            [
                new("Plan and install", "resolver install 'app>=2' -f archive/ --prefix ~/prefix"),
                new("Install exactly these archives", "resolver install --batch batch/ --prefix ~/prefix"),
                new("Install an earlier plan or lock file", "resolver install --plan pylock.toml --prefix ~/prefix"),
                new(
                    "Show the commands as a shell script",
                    "resolver install app -f archive/ --prefix ~/prefix --dry-run --format script"
                ),
            ]
        );

    /// <summary><c>resolver sync</c>.</summary>
    public static InstallCommand Sync() =>
        new(
            "sync",
            "Make a destination contain exactly the plan: install, upgrade, remove.",
            new InstallOptions(isAlwaysExact: true),
            [
                new("Leave nothing but a lock file's projects", "resolver sync --plan pylock.toml --prefix ~/prefix"),
                new(
                    "Show what would change",
                    "resolver sync -r requirements.txt -f archive/ --prefix ~/prefix --dry-run"
                ),
            ]
        );

    public override IReadOnlyList<CommandExample> Examples => examples;

    public override async Task<int> RunAsync(ParseResult parsed, CommandContext context)
    {
        var file = install.Plan(parsed);
        var (wanted, parts) = PartsOf(requirements.Read(parsed), isPlan: file is not null);
        var settings = BuildInput.Of(install.Builds, parsed, context).ConfigSettings;
        var environments = several.Read(parsed);
        var batch = install.Batch(parsed);
        var resumed = install.Resume(parsed);
        if (
            (wanted.IsEmpty ? 0 : 1) + (batch.Count > 0 ? 1 : 0) + (file is null ? 0 : 1) + (resumed is null ? 0 : 1)
            != 1
        )
            throw CommandException.Usage(
                $"{Command.Name} takes one of: requirements, --batch PATH..., --plan FILE, --resume RUN"
            );
        if (!environments.IsEmpty && wanted.IsEmpty)
            throw CommandException.Usage(
                "--universal and --environment require requirements",
                "a batch is ordered for one environment, and a plan contains its environments"
            );
        if (fix.Read(parsed) is not null && wanted.IsEmpty && batch.Count == 0)
            throw CommandException.Usage(
                "--apply-fix requires requirements or --batch",
                "a plan is installed without changes"
            );
        if (install.IsExact(parsed) && (resumed is not null || install.KeepsGoing(parsed)))
            throw CommandException.Usage(
                $"{(Command.Name == "sync" ? "sync" : "--exact")} cannot be combined with --resume or --keep-going",
                "install first"
            );
        if (
            install.IsExact(parsed)
            && !install.DryRun(parsed)
            && context.Settings.Format is OutputFormat.Script or OutputFormat.Slurm
        )
            throw CommandException.Usage(
                "scripts install, and remove nothing",
                "use --format json to see what is removed"
            );
        if (install.KeepsGoing(parsed) && fix.Read(parsed) is not null)
            throw CommandException.Usage("--apply-fix cannot be combined with --keep-going", "leave out one of them");
        if (WritesEventsToOutput(parsed) && context.Settings is { Format: not OutputFormat.Text, File: null })
            throw CommandException.Usage(
                "--events - and --format both need standard output",
                "write the plan to a file (-o), or the events (--events FILE)"
            );
        if (resumed is not null)
            return await ResumeAsync(
                RecordedRun.Find(resumed),
                install.KeepsGoing(parsed),
                install.EnvironmentFileOf(parsed),
                install.Events(parsed),
                context
            );
        if (install.DryRun(parsed))
            return await PlanAndInstallAsync(parsed, context, wanted, parts, batch, file, settings, null);

        // Held while planning too: a plan is made for what is installed, and what a dead process left half-done is
        // not installed.
        using var held = await HoldAsync(parsed, context);
        return await PlanAndInstallAsync(parsed, context, wanted, parts, batch, file, settings, held);
    }

    /// <summary>With a plan, <c>--extra</c> and <c>--group</c> select parts of a lock file, and request
    /// nothing.</summary>
    private static (RequestedProjects Wanted, LockParts Parts) PartsOf(RequestedProjects wanted, bool isPlan) =>
        isPlan && wanted.PyProject is null
            ? (wanted with { Extras = [], Groups = [] }, new LockParts(wanted.Extras, wanted.Groups))
            : (wanted, new LockParts([], []));

    /// <summary>The parts of a lock file that are requested.</summary>
    private sealed record LockParts(IReadOnlyList<string> Extras, IReadOnlyList<string> Groups)
    {
        public bool IsEmpty => Extras.Count == 0 && Groups.Count == 0;
    }

    private async Task<int> PlanAndInstallAsync(
        ParseResult parsed,
        CommandContext context,
        RequestedProjects wanted,
        LockParts parts,
        IReadOnlyList<string> batch,
        string? file,
        IReadOnlyList<ConfigSetting> settings,
        PrefixLock? held
    )
    {
        var report = new PlanReport(
            context,
            planning.Limits.Statistics(parsed),
            canApply: !wanted.IsEmpty || batch.Count > 0
        );
        IReadOnlyList<LockedBatch.Item> locked = [];
        Plan? empty = null;
        var given = file is null ? null : PlanFile.Open(file, context.Notices);
        if (given?.Lock is { } lockFile && !(parts.IsEmpty && given.IsPlan))
        {
            var interpreter = await Interpreter.ProbeAsync(
                planning.Target.Read(parsed).Python,
                [],
                context.Interruption
            );
            locked = LockedBatch.Of(
                lockFile,
                file!,
                interpreter,
                planning.Archive.Directories(parsed),
                parts.Extras,
                parts.Groups
            );
            if (locked.Count == 0)
                empty = new Plan(interpreter.Environment.Variables.ToDictionary(), [], [], [], new PlanStatistics());
            else
                (given, batch) = (null, [.. locked.Select(each => each.Path)]);
        }
        else if (!parts.IsEmpty)
            throw CommandException.Usage("--extra and --group require a lock file; --plan names a plan");

        using var session = given is null
            ? await PlanningInput.OpenAsync(
                planning,
                parsed,
                context,
                batch.Count > 0 ? null : wanted,
                batch,
                several.Read(parsed),
                new BuildInput(install.Builds.Pip(parsed), install.Builds.Frontend(parsed), settings)
            )
            : null;
        if (session is not null)
        {
            LockedBatch.CheckContents(locked, session.Batch);
            settings = MetadataSettings.Merged(settings, session.ConfigSettings);
        }
        foreach (var each in locked.Where(each => each.Sha256 is not null))
            session!.Hashes.Add(each.Name, each.Sha256!, each.Place);
        var (outcome, applied) =
            empty is not null ? (new PlanOutcome.Planned(empty, Proven: true), [])
            : given is not null ? (given.Read(), [])
            : batch.Count > 0 && install.KeepsGoing(parsed) ? (await session!.OrderAsync(batch, keepGoing: true), [])
            : batch.Count > 0 ? await session!.OrderAsync(batch, fix.Read(parsed))
            : await session!.PlanAsync(fix.Read(parsed));
        if (outcome is not PlanOutcome.Planned planned)
            return report.WriteFailure(outcome);
        planned = planned with
        {
            Plan = EditableTrees.Marked(planned.Plan, locked.Where(each => each.IsEditable).Select(each => each.Path)),
        };
        if (session is not null)
        {
            FixNote.Tell(applied, context.Typed ?? parsed, session, context.Diagnostics);
            session.Warn(planned.Plan, files: install.DryRun(parsed));
        }
        if (FixNote.IsHypothetical(applied) && !install.DryRun(parsed))
            throw CommandException.BadInput("nothing to install yet: carry out the fix first");
        if (planned.Plan.BuildIsolation != BuildIsolation.None && install.Slurm(parsed, null) is not null)
            throw CommandException.Usage(
                "--executor slurm cannot be combined with --build-isolation per-build: isolated build environments "
                    + "are created on this machine",
                "leave out --executor slurm, or plan without --build-isolation per-build"
            );
        if (install.RequireHashes(parsed))
            RequireHashes(session, planned.Plan);

        if (install.DryRun(parsed) && context.Settings.Format is not (OutputFormat.Script or OutputFormat.Slurm))
        {
            report.Write(
                install.IsExact(parsed)
                    ? planned with
                    {
                        Plan = await WithRemovedAsync(parsed, session?.Target, planned.Plan, context),
                    }
                    : planned
            );
            await PreviewAsync(parsed, session?.Target, planned.Plan, settings, context);
            return CodeOf(planned.Plan);
        }

        var workplace = session?.Target ?? await OpenTargetAsync(parsed, context);
        var executor = await ExecutorAsync(parsed, workplace, settings, context);
        var own =
            planned.Plan.For(workplace.Interpreter.Environment) ?? throw NotFor(planned.Plan, workplace.Interpreter);
        if (
            context.Settings.Format is OutputFormat.Script or OutputFormat.Slurm
            && own.BuildIsolation != BuildIsolation.None
        )
            throw CommandException.Usage(
                "--format script does not support isolated builds: file names of wheels are unknown before the build",
                "install without --format; the directory of a run contains the scripts of its steps ('resolver runs')"
            );
        var exact = install.IsExact(parsed) ? new ExactDestination(workplace, own) : null;
        var mine = planned with { Plan = exact is null ? own : own with { Removed = exact.Preview() } };
        // What a run that keeps going leaves out is part of the one JSON document, and known at its end.
        var isDeferred =
            install.KeepsGoing(parsed) && !install.DryRun(parsed) && context.Settings.Format == OutputFormat.Json;
        if (!isDeferred && !(WritesEventsToOutput(parsed) && context.Settings.File is null))
            report.Write(
                mine,
                () =>
                    context.Settings.Format == OutputFormat.Slurm
                        ? executor.SlurmScript(own)
                        : PlanScript.Of(executor.Commands(own))
            );
        return install.DryRun(parsed)
            ? CodeOf(own)
            : await InstallAsync(
                parsed,
                executor,
                own,
                workplace,
                context,
                held,
                exact,
                isDeferred ? leftOut => report.Write(mine with { Plan = own with { LeftOut = leftOut } }) : null
            );
    }

    /// <summary>Where a batch was ordered as far as possible, as of <c>order --keep-going</c>.</summary>
    private static int CodeOf(Plan plan) => plan.LeftOut.Count > 0 ? ExitCode.Impossible : ExitCode.Done;

    private static void RequireHashes(PlanningSession? session, Plan plan)
    {
        if (session is null)
            ExpectedHashes.RequireOwn(plan);
        else
            session.Hashes.Require(plan);
    }

    private static CommandException NotFor(Plan plan, Interpreter interpreter) =>
        new(
            ExitCode.BadInput,
            $"the plan is not for {interpreter.Executable} (Python {interpreter.Environment.PythonFullVersion} on "
                + $"{interpreter.Environment.SysPlatform}, {interpreter.Environment.PlatformMachine})",
            $"it is for {string.Join("; ", plan.Environments.Take(3).Select(each => each.Markers?.ToString() ?? "every environment"))}{(plan.Environments.Count > 3 ? "; …" : "")}"
        );

    private async Task<PrefixLock> HoldAsync(ParseResult parsed, CommandContext context)
    {
        var target = planning.Target.Read(parsed);
        var folder = (
            TargetEnvironment.DestinationOf(target)
            ?? InterpreterPrefix.Agreed(
                await Interpreter.ProbeAsync(target.Python, [], context.Interruption),
                install.IsSystem(parsed),
                context
            )
        ).Base;
        using var progress = new InstallProgress(context);
        try
        {
            var held = await PrefixLock.AcquireAsync(
                folder,
                () => progress.Report(new ExecutionEvent.Waiting(folder)),
                context.Interruption
            );
            if (InterruptedRun.Settle(held) is { } settled)
                progress.Report(settled);
            return held;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new CommandException(
                ExitCode.StepFailed,
                $"{folder} cannot be written: {FileFault.Reason(exception)}"
            );
        }
    }

    private static async Task<int> ResumeAsync(
        string runFolder,
        bool keepGoing,
        string? environmentFile,
        string? eventFile,
        CommandContext context
    )
    {
        var run = RecordedRun.Settings(runFolder);
        if (keepGoing && run.Execution.KeepGoing)
            throw CommandException.Usage(
                $"run {Path.GetFileName(runFolder)} was started with --keep-going, and does so when it is resumed",
                "leave out --keep-going"
            );
        if (keepGoing && run.Execution.Slurm is not null)
            throw CommandException.Usage(
                "--keep-going cannot be combined with --executor slurm, as the run was started"
            );
        var interpreter = await Interpreter.ProbeAsync(run.Python, [], context.Interruption);
        var frontend = await PipFrontend.FindAsync(interpreter, run.Pip, null, context.Interruption);
        var executor = new PlanExecutor(
            interpreter,
            frontend,
            run.Destination,
            run.Execution with
            {
                NamedPip = run.Pip,
                KeepGoing = keepGoing || run.Execution.KeepGoing,
            }
        );
        using var events = EventLog.Open(eventFile, context);
        var outcome = await WatchedAsync(
            context,
            events,
            progress => executor.ResumeAsync(runFolder, progress, context.Interruption)
        );
        if (
            environmentFile is not null
            && outcome.Outcome is ExecutionOutcome.Completed
            && PlanFile.Open(Path.Combine(runFolder, "plan.json"), context.Notices).Read()
                is PlanOutcome.Planned planned
        )
            WriteEnvironment(environmentFile, run.Destination, interpreter, planned.Plan);
        var code = new InstallReport(context, outcome.Tally, eventFile == EventLog.StandardOutput).Write(
            outcome.Outcome,
            run.Destination.Base
        );
        events?.End(outcome.Outcome, code);
        return code;
    }

    private async Task<PlanExecutor> ExecutorAsync(
        ParseResult parsed,
        TargetEnvironment workplace,
        IReadOnlyList<ConfigSetting> settings,
        CommandContext context
    )
    {
        var pip = install.Builds.Pip(parsed);
        var frontend = await PipFrontend.FindAsync(workplace.Interpreter, pip, null, context.Interruption);
        return new PlanExecutor(
            workplace.Interpreter,
            frontend,
            Destination(workplace),
            new ExecutionOptions
            {
                SearchPath = workplace.SearchPath,
                ConfigSettings = settings,
                ProjectEnvironment = context.Configuration.BuildEnvironment,
                NamedPip = pip,
                BuildFrontend = install.Builds.Frontend(parsed),
                FoundByFinder = planning.Target.Read(parsed).FoundByFinder,
                Smoke = install.Smoke(parsed),
                OnFileConflict = install.OnFileConflict(parsed),
                Strict = install.Strict(parsed),
                KeepGoing = install.KeepsGoing(parsed),
                StepTimeout = install.Builds.StepTimeout(parsed),
                WheelFolder = install.Builds.WheelFolder(parsed),
                Slurm = install.Slurm(parsed, planning.Archive.Jobs(parsed)),
                Jobs = planning.Archive.Jobs(parsed) ?? Environment.ProcessorCount,
            }
        );
    }

    private static InstallDestination Destination(TargetEnvironment workplace) =>
        workplace.Destination ?? InterpreterPrefix.Of(workplace.Interpreter);

    private async Task<int> InstallAsync(
        ParseResult parsed,
        PlanExecutor executor,
        Plan plan,
        TargetEnvironment workplace,
        CommandContext context,
        PrefixLock? held,
        ExactDestination? exact,
        Action<IReadOnlyList<LeftOut>>? deferred
    )
    {
        using var events = EventLog.Open(install.Events(parsed), context);
        var (outcome, tally) = await WatchedAsync(
            context,
            events,
            progress => executor.RunAsync(plan, progress, held, context.Interruption)
        );
        if (outcome is ExecutionOutcome.Completed && install.EnvironmentFileOf(parsed) is { } file)
            WriteEnvironment(file, Destination(workplace), workplace.Interpreter, plan);
        deferred?.Invoke([
            .. plan.LeftOut,
            .. outcome is ExecutionOutcome.PartlyCompleted partly ? NotInstalled.Of(partly) : [],
        ]);
        var code = new InstallReport(context, tally, WritesEventsToOutput(parsed)).Write(
            outcome,
            Destination(workplace).Base
        );
        code = code == ExitCode.Done ? CodeOf(plan) : code;
        if (code == ExitCode.Done && exact is not null)
            await RemoveAsync(exact, held, context);
        events?.End(outcome, code);
        return code;
    }

    private static async Task RemoveAsync(ExactDestination exact, PrefixLock? held, CommandContext context)
    {
        string? run;
        using (var progress = new InstallProgress(context))
        {
            run = await exact.RemoveAsync(held, progress, context.Interruption);
        }
        if (run is not null)
            context.Diagnostics.Note($"run {run} removed what is not in the plan; undo it with 'resolver undo {run}'");
    }

    /// <summary>The plan with what it would remove.</summary>
    private async Task<Plan> WithRemovedAsync(
        ParseResult parsed,
        TargetEnvironment? known,
        Plan plan,
        CommandContext context
    )
    {
        var workplace = known ?? await OpenTargetAsync(parsed, context);
        return plan.For(workplace.Interpreter.Environment) is { } own
            ? own with
            {
                Removed = new ExactDestination(workplace, own).Preview(),
            }
            : plan;
    }

    private async Task<TargetEnvironment> OpenTargetAsync(ParseResult parsed, CommandContext context) =>
        await TargetEnvironment.OpenAsync(planning.Target.Read(parsed), null, onlyPlans: false, context.Interruption);

    private bool WritesEventsToOutput(ParseResult parsed) => install.Events(parsed) == EventLog.StandardOutput;

    // What is under way is off the terminal before anything else is said.
    private static async Task<(ExecutionOutcome Outcome, InstallTally Tally)> WatchedAsync(
        CommandContext context,
        EventLog? events,
        Func<InstallProgress, Task<ExecutionOutcome>> run
    )
    {
        using var progress = new InstallProgress(context, events);
        return (await run(progress), progress.Tally);
    }

    // Only for people, and only where the plan is for this interpreter: nothing can be said of how it goes elsewhere.
    private async Task PreviewAsync(
        ParseResult parsed,
        TargetEnvironment? known,
        Plan plan,
        IReadOnlyList<ConfigSetting> settings,
        CommandContext context
    )
    {
        var workplace = known ?? await OpenTargetAsync(parsed, context);
        if (
            context.Settings is not { Format: OutputFormat.Text, File: null }
            || plan.For(workplace.Interpreter.Environment) is not { } own
            || PlanEnvironment.Difference(own, workplace.Interpreter) is not null
        )
            return;
        if (workplace is { Destination: null, Interpreter.ExternallyManaged: true })
            return;
        try
        {
            var executor = await ExecutorAsync(parsed, workplace, settings, context);
            context.Write("\n" + InstallReport.Of(executor.Preview(own), Destination(workplace).Base));
        }
        catch (FrontendException exception)
        {
            context.Diagnostics.Warning(exception.Message);
        }
    }

    private static void WriteEnvironment(
        string file,
        InstallDestination destination,
        Interpreter interpreter,
        Plan plan
    ) =>
        CommandContext.Replace(
            file,
            unfinished =>
                File.WriteAllText(
                    unfinished,
                    EnvironmentFile.Of(
                        EnvironmentFile.FormOf(file)!.Value,
                        new PlanPlaces(destination, interpreter, EnvironmentFile.NeededToRun(plan))
                    )
                )
        );
}
