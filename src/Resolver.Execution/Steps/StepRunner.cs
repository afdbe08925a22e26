using System.Diagnostics;
using System.Globalization;
using System.Text;
using Resolver.Archives.Files;
using Resolver.Execution.Commands;
using Resolver.Execution.Destinations;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Recovery;
using Resolver.Execution.Runs;
using Resolver.Execution.Verification;
using Resolver.Execution.Wheels;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Steps;

/// <summary>Carries out steps by one pip process: check what they need, take out what they replace, run pip, compare
/// the result with the plan; undo where anything fails. Each effect is in the journal before it
/// happens.</summary>
internal sealed class StepRunner(
    Interpreter interpreter,
    PlanPlaces places,
    StepCommandBuilder commands,
    ExecutionOptions options,
    RunDirectory run,
    Journal journal,
    StepReversal reversal,
    BuildRequirements requirements,
    FileConflicts conflicts,
    PrefixWatch watch
)
{
    private const int MostChangesTold = 10;

    private readonly Dictionary<int, (int Files, long Bytes)> sizes = [];

    /// <summary>Whether something was left in the destination that could not be taken back now.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Runs steps, all or none of them.</summary>
    /// <param name="tasks">In order; several only where each has a wheel, so that nothing is built.</param>
    /// <param name="quiet">Whether a failure is not told: the caller will try again, one by one.</param>
    /// <returns>Null where it succeeded.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; the destination is as it was before.</exception>
    public async Task<ExecutionOutcome.StepFailed?> RunAsync(
        IReadOnlyList<StepTask> tasks,
        bool quiet,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var watch = Stopwatch.StartNew();
        var (step, index) = (tasks[0].Step, tasks[0].Index);
        var scratch = run.ScratchOf(step);
        progress?.Report(new ExecutionEvent.StepStarted(step, index, run.LogOf(step)));
        StepFailure? failure;
        try
        {
            Directory.CreateDirectory(scratch);
            failure = await CarryOutAsync(tasks, scratch, progress, cancellation);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            failure = new StepFailure(FailureCodes.FileSystem, FileFault.WithFile(exception));
        }
        catch (OperationCanceledException)
        {
            if (TakeBack() is { } problem)
                throw new OperationCanceledException(problem, cancellation);
            throw;
        }
        catch (Exception)
        {
            // A fault of the program itself must not leave a half-installed step either.
            _ = TakeBack();
            throw;
        }
        finally
        {
            RunDirectory.DeleteFolder(scratch);
        }

        if (failure is null)
        {
            foreach (var task in tasks)
            {
                var (files, bytes) = sizes.GetValueOrDefault(task.Step.Order);
                progress?.Report(
                    new ExecutionEvent.StepFinished(task.Step, task.Index, watch.Elapsed / tasks.Count, files, bytes)
                );
            }
            return null;
        }
        var reason = TakeBack() is { } stuck ? $"{failure.Reason}; {stuck}" : failure.Reason;
        if (!quiet || IsBroken)
        {
            Note(new JournalEvent(JournalEventKind.StepFailed) { Order = step.Order, Text = reason });
            progress?.Report(new ExecutionEvent.StepFailed(step, index, watch.Elapsed, reason));
        }
        return (failure with { Reason = reason }).Outcome(step, run.LogOf(step), options.LogTailLines, run.Path);
    }

    private async Task<StepFailure?> CarryOutAsync(
        IReadOnlyList<StepTask> tasks,
        string scratch,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var wheels = new List<string>();
        foreach (var task in tasks)
        {
            run.WriteScript(
                task.Wheel.IsEditable
                    ? commands.Build(task.Step, scratch)
                    : commands.InstallWheels(task.Step, scratch, [task.Wheel.Path])
            );
            var (copy, changed) = CheckedCopy.Of(
                task.Step.Candidate.Path!,
                task.Wheel,
                Path.Combine(scratch, "wheels", task.Step.Order.ToString(CultureInfo.InvariantCulture))
            );
            if (changed is not null)
                return changed;
            wheels.Add(copy);
        }
        var first = tasks[0];
        var command = commands.InstallWheels(first.Step, scratch, wheels);
        requirements.Forget();

        if (Foreign(new HashSet<string>(), "before this step, by a build or another program", progress) is { } early)
            return early;
        var present = PresentFor(tasks).ToLookup(each => each.Name);
        var touched = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (task, wheel) in tasks.Zip(wheels))
        {
            if (Conflict(task.Step, wheel, progress) is { } conflict)
                return conflict;
            if (Replace(task, [.. present[task.Step.Candidate.Name]], touched, progress) is { } refused)
                return refused;
            var overwritten = Overwritten(task.Step, wheel, out var outside);
            if (outside is not null)
                return outside;
            touched.UnionWith(overwritten);
            new SavedFiles(Path.Combine(run.Path, task.SavedFolder, "overwritten"), places.Base).Save(overwritten);
            journal.Write(
                new JournalEvent(JournalEventKind.Installing) { Order = task.Step.Order, Files = overwritten }
            );
        }

        if (await InstallAsync(first.Step, command, scratch, progress, cancellation) is { } failure)
            return failure;

        var now = PresentFor(tasks).ToLookup(each => each.Name);
        foreach (var task in tasks)
        {
            if (Mismatch(task.Step, [.. now[task.Step.Candidate.Name]]) is { } mismatch)
                return mismatch;
            InstallOrigin.Write(
                task.Step,
                now[task.Step.Candidate.Name].Single().Path,
                task.Wheel.IsEditable ? commands.TreeOf(task.Step) : null
            );
        }
        var (listing, problem) = await requirements.ListingAsync(interpreter, command.Environment, cancellation);
        if (
            (
                listing is null
                    ? problem
                    : InterpreterAnswer.Complaint(
                        listing,
                        interpreter,
                        requirements.Plan,
                        [.. tasks.Select(task => task.Step)]
                    )
            ) is
            { } complaint
        )
            return new StepFailure(FailureCodes.WrongResult, complaint);
        var added = tasks.ToDictionary(
            task => task.Step.Order,
            task => now[task.Step.Candidate.Name].SelectMany(each => Ownership.FilesOf(each, places.Base)).ToList()
        );
        foreach (var (task, wheel) in tasks.Zip(wheels))
        {
            if (options.Output is { } output && output.Projects.Contains(task.Step.Candidate.Name))
                progress?.Report(
                    new ExecutionEvent.WheelHandedOut(task.Step, HandedOutWheel.Write(wheel, output.Folder))
                );
        }
        touched.UnionWith(added.Values.SelectMany(files => files));
        var names = string.Join(", ", tasks.Select(task => Shown(task.Step)));
        if (Foreign(touched, $"while {names} was installed, though it is not part of it", progress) is { } foreign)
            return foreign;
        watch.Accept();
        foreach (var task in tasks)
        {
            var files = added[task.Step.Order];
            sizes[task.Step.Order] = (
                files.Count,
                files.Sum(file =>
                    new FileInfo(Path.Combine(places.Base, file)) is { Exists: true } there ? there.Length : 0
                )
            );
            journal.Write(new JournalEvent(JournalEventKind.Installed) { Order = task.Step.Order, Files = files });
            journal.Write(new JournalEvent(JournalEventKind.StepFinished) { Order = task.Step.Order });
        }
        return null;
    }

    private IReadOnlyList<InstalledProject> PresentFor(IReadOnlyList<StepTask> tasks) =>
        SiteFolder.List([
            .. tasks.SelectMany(task => places.SiteFoldersOf(task.Step)).Distinct(StringComparer.Ordinal),
        ]);

    // What changed that may not change. With --strict that is the end of the step, and it is put back.
    private StepFailure? Foreign(IReadOnlySet<string> allowed, string when, IProgress<ExecutionEvent>? progress)
    {
        var changes = NestedPrefixes.Outside(
            Path.GetDirectoryName(run.Path)!,
            places.Base,
            watch.Changes(allowed),
            change => change.File
        );
        if (changes.Count == 0)
            return null;
        var said = changes
            .Take(MostChangesTold)
            .Select(change => $"{TerminalText.OneLine(Path.Combine(places.Base, change.File))} was {change.How} {when}")
            .ToList();
        if (changes.Count > MostChangesTold)
            said[^1] += $" (and {changes.Count - MostChangesTold} more files)";
        if (options.Strict)
        {
            watch.Restore(changes);
            return new StepFailure(FailureCodes.ForeignChange, $"{string.Join("; ", said)}; it was restored");
        }
        foreach (var line in said)
            progress?.Report(new ExecutionEvent.Noticed(line));
        watch.Accept();
        return null;
    }

    private StepFailure? Conflict(PlanStep step, string wheel, IProgress<ExecutionEvent>? progress)
    {
        var found = conflicts.Of(step, wheel);
        if (FileConflictRules.Refusal(found, options.OnFileConflict) is { } refusal)
            return refusal.Failure;
        FileConflictRules.Tell(found, progress);
        return null;
    }

    private StepFailure? Replace(
        StepTask task,
        IReadOnlyList<InstalledProject> present,
        HashSet<string> touched,
        IProgress<ExecutionEvent>? progress
    )
    {
        var order = task.Step.Order;
        journal.Write(new JournalEvent(JournalEventKind.StepStarted) { Order = order, Text = task.SavedFolder });
        var replaced = new SavedFiles(Path.Combine(run.Path, task.SavedFolder, "replaced"), places.Base);
        foreach (var each in present)
        {
            var (paths, refusal) = Uninstallation.FilesOf(each, places.Base);
            if (refusal is not null)
                return new StepFailure(FailureCodes.CannotReplace, refusal);
            var files = paths.Select(path => DestinationFiles.Relative(places.Base, path)).ToList();
            foreach (
                var (file, owner) in Ownership.ListedByOthers(
                    places.SiteFoldersOf(task.Step),
                    each.Name,
                    files,
                    places.Base
                )
            )
            {
                files.Remove(file);
                progress?.Report(
                    new ExecutionEvent.Noticed(
                        $"{TerminalText.OneLine(Path.Combine(places.Base, file))} stays where {each} is replaced: it is also listed by {owner}"
                    )
                );
            }
            touched.UnionWith(files);
            replaced.Save(files);
            journal.Write(
                new JournalEvent(JournalEventKind.Removing)
                {
                    Order = order,
                    Files = files,
                    Text = each.ToString(),
                }
            );
            replaced.Delete(files, places.SiteFoldersOf(task.Step));
            journal.Write(new JournalEvent(JournalEventKind.Removed) { Order = order });
            progress?.Report(new ExecutionEvent.VersionRemoved(task.Step, each.ToString()));
        }
        return null;
    }

    // Files of other projects, or of no one, in the way: pip writes over them silently, and over the bytecode of
    // modules.
    private List<string> Overwritten(PlanStep step, string wheel, out StepFailure? outside)
    {
        outside = null;
        var real = new RealPaths(places.Base);
        var overwritten = new List<string>();
        foreach (var target in WheelContents.Targets(wheel, places.Of(step), interpreter))
        {
            if (real.Below(target) is not { } path)
            {
                outside ??= new StepFailure(
                    FailureCodes.DestinationUnusable,
                    $"{Shown(step)}: {TerminalText.OneLine(target)} would be written through a symbolic link to a folder outside {TerminalText.OneLine(places.Base)}: install elsewhere, or remove the link"
                );
                continue;
            }
            overwritten.AddRange(
                Uninstallation
                    .BytecodeOf(path)
                    .Prepend(path)
                    .Where(SavedFiles.Exists)
                    .Select(each => DestinationFiles.Relative(places.Base, each))
            );
        }
        return overwritten;
    }

    /// <summary>Where the files of a task will lie, absolute; nothing where that cannot be read.</summary>
    public IReadOnlyList<string> Targets(StepTask task) =>
        WheelContents.Targets(task.Wheel.Path, places.Of(task.Step), interpreter);

    private async Task<StepFailure?> InstallAsync(
        PlanStep step,
        StepCommand command,
        string scratch,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        ChildProcess.Ending ending;
        await using (
            var log = new StreamWriter(
                run.LogOf(step),
                append: false,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            )
        )
        {
            await log.WriteLineAsync("$ " + command.Line);
            ending = await ChildProcess.RunAsync(
                command.Executable,
                command.Arguments,
                command.Environment.With(OrphanProcesses.Variable, run.Path),
                log,
                options.StepTimeout,
                cancellation
            );
        }
        // Ctrl-C reaches pip as well, which may end before this process has heard of it.
        cancellation.ThrowIfCancellationRequested();
        LeftBehind.Tell(ending, $"installing {Shown(step)}", progress);
        if (ending.Fault is { } fault)
            return new StepFailure(
                ending.TimedOut ? FailureCodes.TimedOut : FailureCodes.FrontendFailed,
                $"{Shown(step)}: {fault}"
            );
        if (ending.ExitCode != 0)
            return new StepFailure(
                FailureCodes.FrontendFailed,
                $"{Shown(step)}: pip ended with exit code {ending.ExitCode}"
            );
        if (
            places.Of(step) is InstallDestination.Target target
            && Directory.Exists(StepCommandBuilder.StageOf(scratch))
            && StagedTarget.Merge(StepCommandBuilder.StageOf(scratch), target.Base) is { } conflict
        )
            return new StepFailure(
                FailureCodes.FileConflict,
                $"{Shown(step)}: {TerminalText.OneLine(conflict)} already exists, from another project, with other content"
            );
        return null;
    }

    // A wrong order can succeed silently: a version taken from a tool that was not there becomes 0.0.0, exit
    // code 0.
    private StepFailure? Mismatch(PlanStep step, IReadOnlyList<InstalledProject> mine)
    {
        var candidate = step.Candidate;
        return mine switch
        {
            [] => new StepFailure(
                FailureCodes.WrongResult,
                $"{Shown(step)}: pip reported success, but there is no {candidate.Name} in {string.Join(" or ", places.SiteFoldersOf(step))}"
            ),
            [var only] when only.Version == candidate.Version => null,
            _ => new StepFailure(
                FailureCodes.WrongResult,
                $"{Shown(step)}: it installed {string.Join(" and ", mine)} instead of {candidate.Name} {candidate.Version}; it was taken out again"
            ),
        };
    }

    /// <summary>Takes back what was done; null where that succeeded, else what to say.</summary>
    private string? TakeBack()
    {
        // pip and what it started are dead, but for what has left its process tree.
        OrphanProcesses.End(run.Path);
        try
        {
            var state = RunState.Of(Journal.Read(run.Path));
            if (state.Broken.Count > 0)
                reversal.RevertBroken(state);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            IsBroken = true;
            return $"its changes cannot be undone now ({FileFault.WithFile(exception)}): "
                + $"'resolver install --resume {Path.GetFileName(run.Path)}' or the next install undoes them";
        }
    }

    // A full disk takes no further line; the failure is still reported.
    private void Note(JournalEvent entry)
    {
        try
        {
            journal.Write(entry);
        }
        catch (IOException)
        {
            // See above.
        }
    }

    private static string Shown(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";
}
