using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Resolver.Archives.Files;
using Resolver.Execution.Commands;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Execution.Wheels;
using Resolver.Interpreters;
using Resolver.Packaging.Distributions;
using Resolver.Resolution.Candidates;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Isolation;

/// <summary>
/// Carries out the builds of a plan that each have an environment of their own: a folder with the wheels of the
/// environment, put before everything else that is on the path. All are built before anything is installed, so that a
/// build sees what was installed before the plan and what its environment holds, and nothing of the plan itself.
/// </summary>
/// <remarks>Only what is needed is built: a build whose wheel is there, from an earlier run or from this one before
/// it was interrupted, needs no environment.</remarks>
internal sealed class IsolatedBuilds(
    Interpreter interpreter,
    StepCommandBuilder commands,
    ExecutionOptions options,
    RunDirectory run,
    BuiltWheels wheels,
    Plan plan
)
{
    private readonly BuildProcesses processes = new(interpreter, commands, options.BuildFrontend);
    private readonly Dictionary<Candidate, PlanStep> unmade = [];
    private readonly Dictionary<Candidate, PlannedBuild> builds = plan.Builds.ToDictionary(build => build.Candidate);
    private readonly Dictionary<Candidate, PlanStep> steps = plan
        .Builds.Index()
        .ToDictionary(
            each => each.Item.Candidate,
            each => new PlanStep(
                plan.Steps.Count + each.Index + 1,
                each.Item.Stage,
                StepAction.Install,
                each.Item.Candidate,
                each.Item.Requires,
                []
            )
        );

    private readonly Dictionary<Candidate, PlanStep> editables = plan
        .Steps.Where(step => step.Editable)
        .ToDictionary(step => step.Candidate);
    private readonly HashSet<Candidate> held =
    [
        .. plan.Builds.SelectMany(build => build.Steps).Select(step => step.Candidate),
    ];

    /// <summary>Every file and tree of the environments and builds, as steps.</summary>
    public static IEnumerable<PlanStep> Files(Plan plan) =>
        plan
            .Builds.SelectMany(build =>
                build
                    .Steps.Where(step => step.Action == StepAction.Install)
                    .Append(new PlanStep(1, 1, StepAction.Install, build.Candidate, [], []))
            )
            .DistinctBy(step => step.Candidate);

    /// <summary>What was built for a step, or the file of the plan itself.</summary>
    public ExpectedFile WheelOf(PlanStep step) =>
        (step.Editable ? wheels.Of(step) : null)
        ?? (steps.TryGetValue(step.Candidate, out var build) ? wheels.Of(build) : null)
        ?? commands.ExpectedFileOf(step);

    /// <summary>Builds what these steps need.</summary>
    /// <returns>Empty where all is there; else the first failure, by the order of the plan; where the run keeps going,
    /// every failure.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left.</exception>
    public async Task<IReadOnlyList<ExecutionOutcome.StepFailed>> RunAsync(
        IReadOnlyList<PlanStep> installed,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var needed = new HashSet<Candidate>();
        foreach (var step in installed.Where(step => step.Candidate.IsBuilt))
            Need(step.Candidate, needed, progress);
        var all = new List<ExecutionOutcome.StepFailed>();
        foreach (
            var stage in plan
                .Builds.Where(build => needed.Contains(build.Candidate))
                .GroupBy(build => build.Stage)
                .OrderBy(group => group.Key)
        )
        {
            foreach (var build in stage)
            {
                if (build.Steps.FirstOrDefault(each => unmade.ContainsKey(each.Candidate)) is { } lacking)
                    unmade[build.Candidate] = unmade[lacking.Candidate];
            }
            var failures = await StageAsync(
                [.. stage.Where(build => !unmade.ContainsKey(build.Candidate))],
                progress,
                cancellation
            );
            foreach (var failed in failures)
                unmade[failed.Step.Candidate] = failed.Step;
            all.AddRange(failures);
            if (
                failures.Count > 0
                && !(options.KeepGoing && failures.All(each => FailureCodes.ConcernsOneStep(each.Code)))
            )
                break;
        }
        return all;
    }

    /// <summary>The build that failed and without which a step cannot be installed; null where there is none.</summary>
    public PlanStep? FailedFor(PlanStep step) => unmade.GetValueOrDefault(step.Candidate);

    private async Task<IReadOnlyList<ExecutionOutcome.StepFailed>> StageAsync(
        IReadOnlyList<PlannedBuild> stage,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        using var mask = new FileMask();
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        var failures = new ConcurrentDictionary<int, (PlanStep Step, StepFailure Failure, TimeSpan Duration)>();
        try
        {
            await Parallel.ForEachAsync(
                stage,
                new ParallelOptions
                {
                    MaxDegreeOfParallelism = Math.Max(1, options.Jobs),
                    CancellationToken = ending.Token,
                },
                async (build, stop) =>
                {
                    var step = steps[build.Candidate];
                    var watch = Stopwatch.StartNew();
                    StepFailure? failure;
                    try
                    {
                        failure = await BuildAsync(build, step, progress, stop);
                    }
                    catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
                    {
                        failure = new StepFailure(FailureCodes.FileSystem, FileFault.WithFile(exception));
                    }
                    if (failure is null)
                        return;
                    failures[step.Order] = (step, failure, watch.Elapsed);
                    if (!(options.KeepGoing && FailureCodes.ConcernsOneStep(failure.Code)))
                        await ending.CancelAsync();
                }
            );
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // A failure ends the parallel builds; it is reported below.
        }
        return
        [
            .. failures
                .OrderBy(each => each.Key)
                .Select(each => each.Value)
                .Take(options.KeepGoing ? failures.Count : 1)
                .Select(each =>
                {
                    progress?.Report(new ExecutionEvent.StepFailed(each.Step, 0, each.Duration, each.Failure.Reason));
                    return each.Failure.Outcome(each.Step, run.BuildLogOf(each.Step), options.LogTailLines, run.Path);
                }),
        ];
    }

    private void Need(Candidate candidate, HashSet<Candidate> needed, IProgress<ExecutionEvent>? progress)
    {
        var (build, step) = (builds[candidate], steps[candidate]);
        if (
            wheels.Of(step) is not null
            || needed.Contains(candidate)
            || (
                editables.TryGetValue(candidate, out var editable)
                    ? wheels.TryTake(editable, null, progress) && !held.Contains(candidate)
                    : wheels.TryTake(step, KeyOf(build, step), progress)
            )
        )
            return;
        needed.Add(candidate);
        foreach (var held in build.Steps.Where(each => each.Candidate.IsBuilt))
            Need(held.Candidate, needed, progress);
    }

    private string? KeyOf(PlannedBuild build, PlanStep step) =>
        WheelKey.Of(
            step,
            build.Steps.Select(each => each.Candidate),
            interpreter,
            commands.SettingsOf(step.Candidate),
            commands.BuildEnvironment(step, ""),
            commands.VariablesFor(step).Select(each => each.Key)
        );

    private async Task<StepFailure?> BuildAsync(
        PlannedBuild build,
        PlanStep step,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var watch = Stopwatch.StartNew();
        var scratch = run.ScratchOf(step) + ".build";
        try
        {
            progress?.Report(new ExecutionEvent.BuildStarted(step, run.BuildLogOf(step)));
            var (overlay, output) = (Path.Combine(scratch, "environment"), Path.Combine(scratch, "wheel"));
            Directory.CreateDirectory(overlay);
            Directory.CreateDirectory(output);
            await using var log = new StreamWriter(
                run.BuildLogOf(step),
                append: false,
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
            );
            var overlaid = new List<string>();
            foreach (var each in build.Steps.Where(each => each.Action == StepAction.Install))
            {
                var (copy, altered) = CheckedCopy.Of(
                    each.Candidate.Path!,
                    WheelOf(each),
                    Path.Combine(scratch, "wheels", each.Order.ToString(CultureInfo.InvariantCulture))
                );
                if (altered is not null)
                    return altered;
                overlaid.Add(copy);
            }
            if (
                overlaid.Count > 0
                && await RunAsync(
                    step,
                    new PipBuild(commands.InstallOverlay(step, scratch, overlay, overlaid)),
                    log,
                    progress,
                    cancellation
                )
                    is { } unmade
            )
                return unmade;
            if (
                await UnmetAsync(
                    build,
                    commands.BuildWheel(step, scratch, output, overlay).Environment,
                    cancellation
                ) is
                { } unmet
            )
                return unmet;
            if (editables.TryGetValue(build.Candidate, out var editable))
            {
                var (isMade, unbuilt) = await BuildEditableAsync(
                    editable,
                    step,
                    scratch,
                    overlay,
                    log,
                    progress,
                    cancellation
                );
                // In the environment of another build a copy must lie: nothing follows a .pth file there.
                if (unbuilt is not null || isMade && !held.Contains(build.Candidate))
                    return unbuilt;
            }
            var (source, changed) = commands.SourceOf(
                step,
                Path.Combine(scratch, "archive"),
                run.SourceOf(step),
                cancellation
            );
            if (source is null)
                return changed;
            // The script names what outlives this step.
            run.WriteScript(
                commands.BuildWheel(step, scratch, output, overlay, source.Unpacked is null ? null : source)
            );
            var (process, unusable) = processes.Of(step, source, scratch, output, overlay, cancellation);
            if (process is null)
                return unusable;
            if (await RunAsync(step, process, log, progress, cancellation) is { } failure)
                return failure;
            var (wheel, wrong) = WheelBuilds.Result(step, output);
            if (wheel is null)
                return wrong;
            wheels.Keep(step, KeyOf(build, step), wheel, progress);
            progress?.Report(new ExecutionEvent.BuildFinished(step, watch.Elapsed, new FileInfo(wheel).Length));
            return null;
        }
        finally
        {
            RunDirectory.DeleteFolder(scratch);
        }
    }

    /// <returns>Whether the editable wheel is there, or why the step fails; neither where a copy must do.</returns>
    private async Task<(bool IsMade, StepFailure? Failure)> BuildEditableAsync(
        PlanStep editable,
        PlanStep step,
        string scratch,
        string overlay,
        StreamWriter log,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var output = Directory.CreateDirectory(Path.Combine(scratch, "editable")).FullName;
        var outcome = await new EditableBuild(interpreter, commands, options, run).RunAsync(
            step,
            commands.BuildWheel(step, scratch, output, overlay).Environment,
            scratch,
            output,
            log,
            cancellation
        );
        switch (outcome)
        {
            case EditableOutcome.Failed { Failure: var failure }:
                return (false, failure);
            case EditableOutcome.Unsupported { Reason: var reason }:
                progress?.Report(EditableOutcome.CopyOf(step.Candidate, reason));
                return (false, null);
        }
        var (wheel, wrong) = WheelBuilds.Result(step, output);
        if (wheel is null)
            return (false, wrong);
        wheels.KeepEditable(editable, wheel);
        return (true, null);
    }

    private async Task<StepFailure?> RunAsync(
        PlanStep step,
        BuildProcess process,
        StreamWriter log,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var ending = await process.RunAsync(log, run.Path, options.StepTimeout, cancellation);
        cancellation.ThrowIfCancellationRequested();
        LeftBehind.Tell(ending, $"building {step.Candidate.Name} {step.Candidate.Version}", progress);
        return WheelBuilds.FailureOf(step, ending, process);
    }

    /// <summary>Whether the interpreter finds the environment as it was planned: something in front of it would win
    /// silently.</summary>
    private async Task<StepFailure?> UnmetAsync(
        PlannedBuild build,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        if (build.Steps.Count == 0)
            return null;
        var (listing, problem) = await EnvironmentListing.AskAsync(interpreter, environment, cancellation);
        var shown = $"{build.Candidate.Name} {build.Candidate.Version}";
        if (listing is null)
            return new StepFailure(FailureCodes.BuildRequirementMissing, $"{shown}: {problem}");
        var wrong = build
            .Steps.Where(step =>
                !(
                    listing.VersionOf(step.Candidate.Name) is { } text
                    && Packaging.Versions.Version.TryParse(text) is { Success: true, Value: var found }
                    && found == step.Candidate.Version
                )
            )
            .Select(step =>
                $"{step.Candidate.Name} {step.Candidate.Version} is {(listing.VersionOf(step.Candidate.Name) is { } other ? $"found at {TerminalText.OneLine(other)}" : "not found")}"
            )
            .ToList();
        return wrong.Count == 0
            ? null
            : new StepFailure(
                FailureCodes.BuildRequirementMissing,
                $"{shown} cannot be built: {string.Join("; ", wrong)}"
            );
    }
}
