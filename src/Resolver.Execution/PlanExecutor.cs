using System.Diagnostics;
using Resolver.Archives.Files;
using Resolver.Execution.Clusters;
using Resolver.Execution.Commands;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Isolation;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Recovery;
using Resolver.Execution.Runs;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Execution.Wheels;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Isolation;
using Resolver.Resolution.Plans;
using Resolver.Resolution.Requests;

namespace Resolver.Execution;

/// <summary>Runs a plan: its install steps in order, stopping at the first that fails, or going on without it and what
/// requires it.</summary>
/// <remarks>What a step installs is compared with the plan; a step that fails, or is interrupted, leaves the
/// destination as it was before it. A run whose process dies is put in order by whoever comes next. One run at a time
/// per destination, which the lock sees to; an instance may be used again.</remarks>
public sealed class PlanExecutor(
    Interpreter interpreter,
    PipFrontend frontend,
    InstallDestination destination,
    ExecutionOptions options
)
{
    /// <summary>The commands a run would start, in order. Sources that pip cannot build as they are are unpacked for
    /// them; nothing else is touched.</summary>
    /// <remarks>The recipe, one command a step, however a run of this object would go about it: a script has no
    /// wheels of an earlier run.</remarks>
    public IReadOnlyList<StepCommand> Commands(Plan plan)
    {
        var own = plan.For(interpreter.Environment) ?? plan;
        var commands = CommandsOf(own);
        return
        [
            .. InstallSteps(own)
                .Select(step =>
                    commands.Build(
                        step,
                        Path.Combine(Path.GetTempPath(), $"step-{step.Order}"),
                        commands.LastingSourceOf(step, SourcesFolder)
                    )
                ),
        ];
    }

    private string SourcesFolder =>
        options.SourcesFolder ?? StateFolder.Sources(name => ChildEnvironment.ForPip(options.CallerEnvironment)[name]);

    /// <summary>What a run would do, in order; nothing is touched.</summary>
    public IReadOnlyList<StepPreview> Preview(Plan plan)
    {
        var own = plan.For(interpreter.Environment) ?? plan;
        var (places, commands, requirements) = (PlacesOf(own), CommandsOf(own), new BuildRequirements(own));
        var store = options.WheelFolder is { } folder ? new WheelStore(Path.GetFullPath(folder)) : null;
        return
        [
            .. InstallSteps(own)
                .Select(step => new StepPreview(
                    step,
                    step.Candidate.IsBuilt
                        && store is not null
                        && WheelKey.Of(step, requirements, interpreter, commands) is { } key
                        && store.Find(key) is not null,
                    SiteFolder
                        .List(places.SiteFoldersOf(step))
                        .FirstOrDefault(each => each.Name == step.Candidate.Name)
                        ?.ToString(),
                    new FileInfo(commands.FileOf(step.Candidate.Path!)) is { Exists: true } file ? file.Length : 0
                )),
        ];
    }

    /// <summary>A script that gives the plan to a Slurm cluster, without this program. Sources that pip cannot build as
    /// they are are unpacked for it; nothing else is touched.</summary>
    public string SlurmScript(Plan plan)
    {
        var own = plan.For(interpreter.Environment) ?? plan;
        var commands = CommandsOf(own);
        return Clusters.SlurmScript.Of([
            .. InstallSteps(own)
                .GroupBy(step => step.Stage)
                .Select(stage =>
                    (IReadOnlyList<(StepCommand?, StepCommand)>)
                        [
                            .. stage.Select(step =>
                            {
                                var (scratch, wheels) = (
                                    Path.Combine(Path.GetTempPath(), $"step-{step.Order}"),
                                    $"wheels/{step.Order}"
                                );
                                return step.Candidate.IsBuilt
                                    ? (
                                        commands.BuildWheel(
                                            step,
                                            scratch,
                                            wheels,
                                            source: commands.LastingSourceOf(step, SourcesFolder)
                                        ),
                                        commands.InstallFrom(step, scratch, wheels)
                                    )
                                    : ((StepCommand?)null, commands.Build(step, scratch));
                            }),
                        ]
                ),
        ]);
    }

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">Its paths are relative to <see cref="ExecutionOptions.BaseFolder"/>.</param>
    /// <param name="progress">Told of each event; null for none.</param>
    /// <param name="held">The lock of the destination, where the caller has it already; it stays the caller's to let
    /// go.</param>
    /// <param name="cancellation">Ends the step under way, its processes included, and gives
    /// <see cref="ExecutionOutcome.Interrupted"/>.</param>
    public async Task<ExecutionOutcome> RunAsync(
        Plan plan,
        IProgress<ExecutionEvent>? progress = null,
        PrefixLock? held = null,
        CancellationToken cancellation = default
    )
    {
        if (plan.For(interpreter.Environment) is not { } mine)
            return new ExecutionOutcome.Refused(
                FailureCodes.OtherEnvironment,
                $"the plan is for other environments than that of {interpreter.Executable}: plan again for it"
            );
        plan = mine;
        try
        {
            if (Refusal(plan, InstallSteps(plan), cancellation) is { } refusal)
                return refusal;
            if (InstallSteps(plan).Count == 0)
                return new ExecutionOutcome.Completed("", 0, TimeSpan.Zero);
        }
        catch (OperationCanceledException)
        {
            return new ExecutionOutcome.Interrupted(null, null);
        }
        return await LockedAsync(
            held,
            progress,
            locked => StartAsync(plan, locked, progress, cancellation),
            cancellation
        );
    }

    /// <summary>Goes on with a run that has ended early: the broken step is taken back, the steps that are done are
    /// left alone where their result is still there, the others are run.</summary>
    /// <param name="runFolder">Its folder, absolute; its plan is run, with the options of this object.</param>
    /// <exception cref="FormatException">The record of the run is none.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public async Task<ExecutionOutcome> ResumeAsync(
        string runFolder,
        IProgress<ExecutionEvent>? progress = null,
        CancellationToken cancellation = default
    )
    {
        var settings = RunSettings.Read(runFolder);
        return await LockedAsync(
            null,
            progress,
            async mine =>
            {
                using var run = RunDirectory.Open(runFolder);
                var plan = run.ReadPlan();
                OrphanProcesses.End(runFolder);
                using var journal = new Journal(runFolder, options.JournalWritten);
                var state = RunState.Of(Journal.Read(runFolder));
                if (state.Status is RunStatus.Undoing or RunStatus.Undone)
                    return new ExecutionOutcome.Refused(FailureCodes.RunUndone, "the run was undone: install again");
                if (plan.Steps.Any(step => step.Action == StepAction.Remove))
                    return new ExecutionOutcome.Refused(
                        FailureCodes.RunUndone,
                        "the run uninstalled projects, all or none of them: uninstall again"
                    );
                mine.Name(runFolder);
                if (state.Broken.Count > 0)
                {
                    new StepReversal(run, settings, plan, journal).RevertBroken(state);
                    state = RunState.Of(Journal.Read(runFolder));
                }
                var places = PlacesOf(plan);
                var done = state.Finished.Select(step => step.Order).ToHashSet();
                var pending = InstallSteps(plan)
                    .Where(step =>
                        !done.Contains(step.Order) || !InstalledResult.IsIntact(step, places.SiteFoldersOf(step))
                    )
                    .ToList();
                if (Refusal(plan, pending, cancellation) is { } refusal)
                {
                    mine.Name(null);
                    return refusal;
                }
                journal.Write(new JournalEvent(JournalEventKind.RunResumed));
                return await ContinueAsync(run, settings, plan, journal, state, pending, mine, progress, cancellation);
            },
            cancellation
        );
    }

    private PlanPlaces PlacesOf(Plan plan) => new(destination, interpreter, plan);

    private StepCommandBuilder CommandsOf(Plan plan) => new(frontend, PlacesOf(plan), options);

    private static List<PlanStep> InstallSteps(Plan plan) =>
        [.. plan.Steps.Where(step => step.Action == StepAction.Install)];

    private async Task<ExecutionOutcome> LockedAsync(
        PrefixLock? held,
        IProgress<ExecutionEvent>? progress,
        Func<PrefixLock, Task<ExecutionOutcome>> act,
        CancellationToken cancellation
    )
    {
        PrefixLock? own = null;
        PrefixLock? mine = held;
        try
        {
            mine ??= own = await PrefixLock.AcquireAsync(
                destination.Base,
                () => progress?.Report(new ExecutionEvent.Waiting(destination.Base)),
                cancellation
            );
            if (InterruptedRun.Settle(mine) is { } settled)
                progress?.Report(settled);
            return await act(mine);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ExecutionOutcome.Interrupted(null, null);
        }
        catch (FormatException exception)
        {
            return new ExecutionOutcome.Refused(FailureCodes.JournalDamaged, exception.Message);
        }
        catch (Exception exception) when (mine is null && exception is IOException or UnauthorizedAccessException)
        {
            return new ExecutionOutcome.Refused(
                FailureCodes.DestinationNotWritable,
                $"{TerminalText.OneLine(destination.Base)} cannot be written: {FileFault.Reason(exception)}"
            );
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new ExecutionOutcome.Refused(
                FailureCodes.FileSystem,
                $"the run cannot be recorded, or an earlier run cannot be undone: {FileFault.WithFile(exception)}"
            );
        }
        finally
        {
            own?.Dispose();
        }
    }

    private async Task<ExecutionOutcome> StartAsync(
        Plan plan,
        PrefixLock held,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var places = PlacesOf(plan);
        var settings = new RunSettings
        {
            Python = interpreter.Executable,
            Pip = options.NamedPip,
            Destination = destination,
            CreatedFolders = held.CreatedFolders,
            TrackedFolders = places.TrackedFolders,
            SiteFolders = places.SiteFolders,
            KeptFolders = [.. places.SiteFolders.Concat(places.ScriptFolders).Where(Directory.Exists)],
            Execution = options,
        };
        var caller = ChildEnvironment.ForPip(options.CallerEnvironment);
        using var run = RunDirectory.Create(
            options.RunsFolder ?? StateFolder.Runs(name => caller[name]),
            settings,
            plan,
            DestinationFiles.ListWithEmptyFolders(settings.TrackedFolders, destination.Base)
        );
        using var journal = new Journal(run.Path, options.JournalWritten);
        held.Name(run.Path);
        journal.Write(new JournalEvent(JournalEventKind.RunStarted));
        return await ContinueAsync(
            run,
            settings,
            plan,
            journal,
            new RunState(),
            InstallSteps(plan),
            held,
            progress,
            cancellation
        );
    }

    private async Task<ExecutionOutcome> ContinueAsync(
        RunDirectory run,
        RunSettings settings,
        Plan plan,
        Journal journal,
        RunState state,
        List<PlanStep> steps,
        PrefixLock held,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var clock = Stopwatch.StartNew();
        progress = OneAtATime.Of(progress);
        progress?.Report(new ExecutionEvent.RunStarted(run.Path, steps.Count));
        var requirements = new BuildRequirements(plan);
        var places = PlacesOf(plan);
        var commands = CommandsOf(plan);
        var watch = new PrefixWatch(
            settings.TrackedFolders,
            places.Base,
            options.Strict ? new SavedFiles(Path.Combine(run.Path, "saved", "before"), places.Base) : null
        );
        watch.Accept();
        var conflicts = new FileConflicts(plan, places, interpreter, looksAtDisk: true);
        var runner = new StepRunner(
            interpreter,
            places,
            commands,
            options,
            run,
            journal,
            new StepReversal(run, settings, plan, journal),
            requirements,
            conflicts,
            watch
        );
        var wheels = new BuiltWheels(options, run, journal, state);
        var apart =
            plan.BuildIsolation == BuildIsolation.None
                ? null
                : new IsolatedBuilds(interpreter, commands, options, run, wheels, plan);
        await using var cluster = options is { WheelFolder: not null, Slurm: { } slurm }
            ? new SlurmBuilds(
                run,
                journal,
                slurm,
                options.StepTimeout,
                ChildEnvironment.ForPip(options.CallerEnvironment)
            )
            : null;
        await using var builds = apart is not null
            ? null
            : new WheelBuilds(interpreter, commands, options, run, requirements, wheels, cluster);
        // pip writes file by file, and builds read what is on their path: only where a build sees nothing of its own
        // stage, and is elsewhere, may its neighbours be installed meanwhile.
        var installsMeanwhile = cluster is not null && !places.IsShared && !options.FoundByFinder;
        PlanStep? current = null;
        int? begun = null;
        var leftOut = new StepsLeftOut(plan);
        var earlier = InstallSteps(plan).Except(steps).Select(step => step.Order).ToHashSet();
        var again = new Dictionary<int, int>();
        var ended = JournalEventKind.RunFailed;
        try
        {
            // Before anything is written or built; what must be built is looked at in its own step.
            var found = conflicts.OfPlan(plan, options.BaseFolder);
            while (FileConflictRules.Refusal(found, options.OnFileConflict) is { } conflict)
            {
                progress?.Report(
                    new ExecutionEvent.StepFailed(conflict.Step, 0, TimeSpan.Zero, conflict.Failure.Reason)
                );
                var refused = conflict.Failure.Outcome(conflict.Step, "", 0, run.Path);
                if (Ends(refused))
                    return refused;
                leftOut.Add(refused);
                leftOut.RemoveFrom(steps, from: 0);
                found = [.. found.Where(each => !leftOut.Contains(each.Step))];
            }
            FileConflictRules.Tell(found, progress);
            if (apart is not null)
            {
                var unmade = await apart.RunAsync(steps, progress, cancellation);
                if (unmade.FirstOrDefault(Ends) is { } end)
                    return end;
                foreach (var failure in unmade)
                    leftOut.Add(failure);
                foreach (var step in steps)
                {
                    if (apart.FailedFor(step) is { } failed)
                        leftOut.Add(step, failed);
                }
                leftOut.RemoveFrom(steps, from: 0);
            }
            if (builds is not null && await builds.SubmitAsync(steps, progress, cancellation) is { } unsubmitted)
                return unsubmitted;
            for (var done = 0; done < steps.Count;)
            {
                cancellation.ThrowIfCancellationRequested();
                current = steps[done];
                var stage = steps.Skip(done).TakeWhile(step => step.Stage == current.Stage).ToList();
                if (builds is not null)
                {
                    var unbuilt = begun == current.Stage ? [] : await builds.BeginAsync(stage, progress, cancellation);
                    begun = current.Stage;
                    if (unbuilt.Count == 0 || options.KeepGoing)
                        unbuilt =
                        [
                            .. unbuilt,
                            .. await (installsMeanwhile ? builds.EndAsync(current) : builds.EndAsync()),
                        ];
                    if (unbuilt.FirstOrDefault(Ends) is { } end)
                        return end;
                    foreach (var each in unbuilt)
                        leftOut.Add(each);
                    if (leftOut.RemoveFrom(steps, done))
                        continue;
                }
                var tasks = stage
                    .Select(
                        (step, index) =>
                            new StepTask(
                                step,
                                done + index + 1,
                                RunDirectory.SavedOf(
                                    step,
                                    state.Attempts.GetValueOrDefault(step.Order)
                                        + 1
                                        + again.GetValueOrDefault(step.Order)
                                ),
                                apart?.WheelOf(step) ?? builds!.WheelOf(step)
                            )
                    )
                    .ToList();
                var batch = StepBatches.First(tasks, places, runner.Targets);
                if (again.ContainsKey(current.Order))
                    batch = [batch[0]];
                if (await runner.RunAsync(batch, quiet: batch.Count > 1, progress, cancellation) is { } failure)
                {
                    if (runner.IsBroken || batch.Count == 1 && Ends(failure))
                        return failure;
                    if (batch.Count == 1)
                    {
                        leftOut.Add(failure);
                        leftOut.RemoveFrom(steps, done);
                        continue;
                    }
                    // One by one, to tell which it was, and to keep those before it.
                    foreach (var task in batch)
                        again[task.Step.Order] = 1;
                    continue;
                }
                done += batch.Count;
            }
            if (
                options.Smoke
                && await UnimportableAsync(
                    [.. InstallSteps(plan).Where(step => !leftOut.Contains(step))],
                    commands,
                    run,
                    progress,
                    cancellation
                )
                    is { } unimportable
            )
            {
                if (leftOut.Failures.Count == 0)
                    return unimportable;
                leftOut.Add(unimportable);
            }
            if (leftOut.Failures.Count > 0)
            {
                var there = steps.Select(step => step.Order).Concat(earlier).ToHashSet();
                return leftOut.Outcome(step => there.Contains(step.Order), run.Path, clock.Elapsed);
            }
            ended = JournalEventKind.RunFinished;
            return new ExecutionOutcome.Completed(run.Path, steps.Count, clock.Elapsed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            ended = JournalEventKind.RunInterrupted;
            return new ExecutionOutcome.Interrupted(current, run.Path);
        }
        finally
        {
            if (builds is not null)
                await builds.DisposeAsync();
            // A run that could not put its last step in order has not ended: the lock still names it.
            if (!runner.IsBroken)
            {
                try
                {
                    journal.Write(new JournalEvent(ended));
                    held.Name(null);
                }
                catch (IOException)
                {
                    // Nothing is half-done, and whoever comes next sees that.
                }
            }
        }
    }

    private bool Ends(ExecutionOutcome.StepFailed failure) =>
        !options.KeepGoing || !FailureCodes.ConcernsOneStep(failure.Code);

    private async Task<ExecutionOutcome.StepFailed?> UnimportableAsync(
        IReadOnlyList<PlanStep> installed,
        StepCommandBuilder commands,
        RunDirectory run,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        progress?.Report(new ExecutionEvent.Importing(installed.Count));
        var failures = new StepFailure?[installed.Count];
        await Parallel.ForAsync(
            0,
            installed.Count,
            new ParallelOptions
            {
                MaxDegreeOfParallelism = Math.Max(1, options.Jobs),
                CancellationToken = cancellation,
            },
            async (at, stop) =>
                failures[at] = await ImportCheck.FailureAsync(
                    installed[at].Candidate.Name,
                    interpreter,
                    commands.UserEnvironment.With(OrphanProcesses.Variable, run.Path),
                    options.StepTimeout ?? TimeSpan.FromMinutes(5),
                    stop
                )
        );
        var first = Array.FindIndex(failures, failure => failure is not null);
        if (first < 0)
            return null;
        var others = failures.Count(failure => failure is not null) - 1;
        var failed = failures[first]!;
        if (others > 0)
            failed = failed with { Reason = $"{failed.Reason} (and {others} more cannot be imported)" };
        progress?.Report(new ExecutionEvent.StepFailed(installed[first], first + 1, TimeSpan.Zero, failed.Reason));
        return failed.Outcome(installed[first], "", 0, run.Path);
    }

    // Everything that can be known beforehand is, so that a run that cannot succeed does not begin.
    private ExecutionOutcome.Refused? Refusal(Plan plan, List<PlanStep> steps, CancellationToken cancellation)
    {
        if (PlanEnvironment.Difference(plan, interpreter) is { } difference)
            return new(FailureCodes.OtherEnvironment, difference);
        if (
            options.ConfigSettings.Count > 0
            && (options.BuildFrontend == BuildFrontend.Pip || options.Slurm is not null)
            && frontend.Version < PipFrontend.OldestWithConfigSettings
        )
            return new(
                FailureCodes.FrontendTooOld,
                $"pip {frontend.Version} knows no --config-settings; {PipFrontend.OldestWithConfigSettings} or later is needed"
            );
        if (
            PlacesOf(plan)
                .SearchPath.FirstOrDefault(folder => folder.Any(c => c == Path.PathSeparator || char.IsControl(c))) is
            { } unusable
        )
            return new(
                FailureCodes.DestinationUnusable,
                $"{TerminalText.OneLine(unusable)} cannot stand in PYTHONPATH, as it has '{Path.PathSeparator}' or a control character: install elsewhere"
            );
        if (
            steps
                .Select(step => destination.Of(step.Candidate.Name, step.Candidate.Version))
                .Distinct()
                .Select(place => place.Misplaced(interpreter))
                .FirstOrDefault(place => place is not null) is
            { } misplaced
        )
            return new(
                FailureCodes.DestinationUnusable,
                $"{TerminalText.OneLine(misplaced)} leads through a symbolic link to {TerminalText.OneLine(RealPaths.Follow(misplaced))}, where pip's records of files would not hold: install where that link is not (--target takes a folder of packages), or remove the link"
            );
        foreach (var step in steps.Concat(IsolatedBuilds.Files(plan)))
        {
            cancellation.ThrowIfCancellationRequested();
            var file = options.FileOf(step.Candidate.Path!);
            if (ArchiveHash.Refusal(step, file) is { } refusal)
                return refusal;
            if (step.Candidate.Kind == DistributionKind.Wheel && UntrustedWheel(step, file) is { } untrusted)
                return untrusted;
        }
        return null;
    }

    private static ExecutionOutcome.Refused? UntrustedWheel(PlanStep step, string wheel)
    {
        try
        {
            return WheelRecord.Defect(wheel, isBuilt: false) is { } defect
                ? new(
                    FailureCodes.HashMismatch,
                    $"{TerminalText.OneLine(step.Candidate.Path!)}: {defect}; nothing was run"
                )
                : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(
                FailureCodes.ArchiveMissing,
                $"{TerminalText.OneLine(step.Candidate.Path!)}: it cannot be read: {FileFault.Reason(exception)}"
            );
        }
    }
}
