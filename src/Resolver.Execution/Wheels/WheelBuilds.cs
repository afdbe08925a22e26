using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Resolver.Archives.Files;
using Resolver.Execution.Clusters;
using Resolver.Execution.Commands;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Sources;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Interpreters;
using Resolver.Packaging.FileNames;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>Builds the wheels of a stage side by side. What a build sees depends on neither how many run at once nor
/// which is faster: all of a stage are built before the first of it is installed, unless no build can see what is
/// installed beside it.</summary>
internal sealed class WheelBuilds(
    Interpreter interpreter,
    StepCommandBuilder commands,
    ExecutionOptions options,
    RunDirectory run,
    BuildRequirements requirements,
    BuiltWheels wheels,
    SlurmBuilds? cluster = null
) : IAsyncDisposable
{
    private static readonly IReadOnlyList<ExecutionOutcome.StepFailed> None = [];

    private readonly BuildProcesses processes = new(interpreter, commands, options.BuildFrontend);
    private Dictionary<int, TaskCompletionSource> built = [];
    private Task<IReadOnlyList<ExecutionOutcome.StepFailed>> building = Task.FromResult(None);
    private CancellationTokenSource? stop;

    /// <summary>The wheel to install for a step: what was built, or the file of the plan itself.</summary>
    public ExpectedFile WheelOf(PlanStep step) => wheels.Of(step) ?? commands.ExpectedFileOf(step);

    /// <summary>Where a cluster builds: gives it everything that must be built, stage by stage. Nothing
    /// otherwise.</summary>
    /// <param name="steps">Of all stages, in order.</param>
    /// <returns>Null, or the failure of the first build, which could not be submitted.</returns>
    public async Task<ExecutionOutcome.StepFailed?> SubmitAsync(
        IReadOnlyList<PlanStep> steps,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        if (cluster is null)
            return null;
        var pending = steps
            .Where(step => step.Candidate.IsBuilt && !IsReady(step, progress) && !IsAdopted(step, progress))
            .ToList();
        if (pending.Count == 0)
            return null;
        var sources = new Dictionary<int, PipSource>();
        foreach (var step in pending)
        {
            var (source, changed) = commands.SourceOf(
                step,
                cluster.ArchiveFolderOf(step),
                run.SourceOf(step),
                cancellation
            );
            if (source is null)
                return Failed(step, changed!, TimeSpan.Zero, progress);
            sources[step.Order] = source;
        }
        var stages = pending
            .GroupBy(step => step.Stage)
            .Select(stage =>
                (IReadOnlyList<StepCommand>)
                    [
                        .. stage.Select(step =>
                            commands.BuildWheel(
                                step,
                                run.ScratchOf(step),
                                cluster.OutputOf(step),
                                source: sources[step.Order]
                            )
                        ),
                    ]
            )
            .ToList();
        return await cluster.SubmitAsync(stages, cancellation) is { } problem
            ? Failed(
                pending[0],
                new StepFailure(
                    FailureCodes.ClusterFailed,
                    $"{Shown(pending[0])}: the cluster does not take it: {problem}"
                ),
                TimeSpan.Zero,
                progress
            )
            : null;
    }

    /// <summary>Begins to build what must be built of a stage and is not in the store. The stage before must have
    /// come to its end.</summary>
    /// <returns>Empty; or why nothing was begun; or, where the run keeps going, which steps cannot be built, and the
    /// others were begun.</returns>
    public async Task<IReadOnlyList<ExecutionOutcome.StepFailed>> BeginAsync(
        IReadOnlyList<PlanStep> stage,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        var pending = stage
            .Where(step => step.Candidate.IsBuilt && wheels.Of(step) is null && !IsReady(step, progress))
            .ToList();
        var unmet = new List<ExecutionOutcome.StepFailed>();
        foreach (var step in pending)
        {
            if (await UnmetAsync(step, cancellation) is not { } failure)
                continue;
            unmet.Add(Failed(step, failure, TimeSpan.Zero, progress));
            if (!options.KeepGoing)
                return unmet;
        }
        pending.RemoveAll(step => unmet.Exists(each => each.Step == step));
        if (pending.Count == 0)
            return unmet;

        if (cluster is not null && await cluster.ReleaseAsync(pending[0].Stage, cancellation) is { } problem)
            return
            [
                Failed(
                    pending[0],
                    new StepFailure(
                        FailureCodes.ClusterFailed,
                        $"{Shown(pending[0])}: the cluster does not let it run: {problem}"
                    ),
                    TimeSpan.Zero,
                    progress
                ),
            ];
        built = pending.ToDictionary(
            step => step.Order,
            _ => new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        stop?.Dispose();
        stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        building = RunAsync(pending, stop, progress, cancellation);
        return unmet;
    }

    /// <summary>Waits until the wheel of a step is there, or all builds of its stage have come to their end.</summary>
    /// <returns>Empty where it is there; else the first failure, by the order of the plan. Builds under way are ended
    /// then; what was built stays in the store. Where the run keeps going no build is ended, and all failures are
    /// given.</returns>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left.</exception>
    public async Task<IReadOnlyList<ExecutionOutcome.StepFailed>> EndAsync(PlanStep step)
    {
        if (built.GetValueOrDefault(step.Order) is not { } own)
            return None;
        return await Task.WhenAny(own.Task, building) == own.Task ? None : await building;
    }

    /// <summary>Waits until all builds that were begun have come to their end; otherwise the same.</summary>
    public Task<IReadOnlyList<ExecutionOutcome.StepFailed>> EndAsync() => building;

    /// <summary>Ends what is under way.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stop is null)
            return;
        await stop.CancelAsync();
        // Its end has been reported, or another failure has.
        await Task.WhenAny(building);
        stop.Dispose();
        stop = null;
    }

    private async Task<IReadOnlyList<ExecutionOutcome.StepFailed>> RunAsync(
        List<PlanStep> pending,
        CancellationTokenSource ending,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        // Of the whole process; a cluster's jobs have their own, and here wheels may be installed meanwhile.
        using var mask = cluster is null ? new FileMask() : null;
        using var places = new SemaphoreSlim(cluster is null ? Math.Max(1, options.Jobs) : pending.Count); // a cluster has its own limits
        var failures = new ConcurrentDictionary<int, (PlanStep Step, StepFailure Failure, TimeSpan Duration)>();
        // The largest first: the longest build, begun last, would run alone in the end.
        await Task.WhenAll(
            pending
                .OrderByDescending(step => SizeOf(step))
                .ThenBy(step => step.Order)
                .Select(step => InPlaceAsync(step))
                .ToList()
        );
        cancellation.ThrowIfCancellationRequested();
        return
        [
            .. failures
                .OrderBy(each => each.Key)
                .Select(each => each.Value)
                .Take(options.KeepGoing ? failures.Count : 1)
                .Select(each => Failed(each.Step, each.Failure, each.Duration, progress)),
        ];

        async Task InPlaceAsync(PlanStep step)
        {
            var watch = new Stopwatch();
            try
            {
                await places.WaitAsync(ending.Token);
                try
                {
                    watch.Start();
                    if (await BuildAsync(step, progress, ending.Token) is not { } failure)
                    {
                        built[step.Order].SetResult();
                        return;
                    }
                    failures[step.Order] = (step, failure, watch.Elapsed);
                    if (options.KeepGoing && FailureCodes.ConcernsOneStep(failure.Code))
                        return;
                }
                finally
                {
                    places.Release();
                }
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                failures[step.Order] = (
                    step,
                    new StepFailure(FailureCodes.FileSystem, FileFault.WithFile(exception)),
                    watch.Elapsed
                );
            }
            await ending.CancelAsync();
        }
    }

    private bool IsReady(PlanStep step, IProgress<ExecutionEvent>? progress) =>
        wheels.TryTake(step, KeyOf(step), progress);

    private string? KeyOf(PlanStep step) => WheelKey.Of(step, requirements, interpreter, commands);

    private async Task<StepFailure?> UnmetAsync(PlanStep step, CancellationToken cancellation) =>
        await requirements.UnmetAsync(
            step,
            interpreter,
            commands.BuildEnvironment(step, run.ScratchOf(step)),
            cancellation
        );

    private async Task<StepFailure?> BuildAsync(
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
            var output = cluster?.OutputOf(step) ?? Path.Combine(scratch, "wheel");
            var (isEditable, failure) = step.Editable
                ? await RunEditableAsync(step, scratch, output, progress, cancellation)
                : (false, null);
            if (failure is null && !isEditable)
                failure = await RunAsync(step, scratch, output, progress, cancellation);
            if (failure is not null)
                return failure;
            var (wheel, wrong) = Result(step, output);
            if (wheel is null)
                return wrong;
            if (isEditable)
                wheels.KeepEditable(step, wheel);
            else
                wheels.Keep(step, KeyOf(step), wheel, progress);
            foreach (var unplanned in UnplannedRequirements.Of(step, wheel, interpreter.Environment))
                progress?.Report(
                    new ExecutionEvent.Noticed(
                        $"{Shown(step)}: the wheel that was built requires {TerminalText.OneLine(unplanned.ToString())}, which is not part of the plan: its source does not say so"
                    )
                );
            progress?.Report(new ExecutionEvent.BuildFinished(step, watch.Elapsed, new FileInfo(wheel).Length));
            // What is kept is a copy; here it lies in the scratch folder, by a cluster in the run's.
            RunDirectory.DeleteFolder(output);
            return null;
        }
        finally
        {
            RunDirectory.DeleteFolder(scratch);
        }
    }

    /// <returns>Whether the editable wheel is there, or why the step fails; neither where a copy must do.</returns>
    private async Task<(bool IsMade, StepFailure? Failure)> RunEditableAsync(
        PlanStep step,
        string scratch,
        string output,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        if (cluster is not null)
        {
            progress?.Report(EditableOutcome.CopyOf(step.Candidate, "a cluster builds wheels of copies only"));
            return (false, null);
        }
        Directory.CreateDirectory(output);
        await using var log = OpenLog(step);
        return await new EditableBuild(interpreter, commands, options, run).RunAsync(
            step,
            commands.BuildWheel(step, scratch, output).Environment,
            scratch,
            output,
            log,
            cancellation
        ) switch
        {
            EditableOutcome.Failed { Failure: var failure } => (false, failure),
            EditableOutcome.Unsupported { Reason: var reason } => (Tell(reason), null),
            _ => (true, null),
        };

        bool Tell(string reason)
        {
            progress?.Report(EditableOutcome.CopyOf(step.Candidate, reason));
            return false;
        }
    }

    private StreamWriter OpenLog(PlanStep step) =>
        new(run.BuildLogOf(step), append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));

    private async Task<StepFailure?> RunAsync(
        PlanStep step,
        string scratch,
        string output,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        if (cluster is not null)
        {
            var ending = await cluster.WaitAsync(step, cancellation);
            cancellation.ThrowIfCancellationRequested();
            if (ending is { Fault: { } lost, TimedOut: false })
                return new StepFailure(FailureCodes.ClusterFailed, $"{Shown(step)}: {lost}");
            return FailureOf(step, ending, new PipBuild(commands.BuildWheel(step, scratch, output)));
        }
        var (source, changed) = commands.SourceOf(
            step,
            Path.Combine(scratch, "archive"),
            run.SourceOf(step),
            cancellation
        );
        return source is null ? changed : await RunHereAsync(step, source, scratch, output, progress, cancellation);
    }

    private async Task<StepFailure?> RunHereAsync(
        PlanStep step,
        PipSource source,
        string scratch,
        string output,
        IProgress<ExecutionEvent>? progress,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(output);
        // The script names what outlives this step.
        run.WriteScript(commands.BuildWheel(step, scratch, output, source: source.Unpacked is null ? null : source));
        var (process, unusable) = processes.Of(step, source, scratch, output, null, cancellation);
        if (process is null)
            return unusable;
        await using var log = OpenLog(step);
        var ending = await process.RunAsync(log, run.Path, options.StepTimeout, cancellation);
        cancellation.ThrowIfCancellationRequested();
        LeftBehind.Tell(ending, $"building {Shown(step)}", progress);
        return FailureOf(step, ending, process);
    }

    /// <summary>Takes what a build made.</summary>
    /// <returns>Null where it made it.</returns>
    internal static StepFailure? FailureOf(PlanStep step, ChildProcess.Ending ending, BuildProcess process) =>
        process.Complaint(ending) is { } complaint
            ? new StepFailure(
                ending.TimedOut ? FailureCodes.TimedOut : FailureCodes.FrontendFailed,
                ending.Fault is null ? $"{Shown(step)}: it cannot be built: {complaint}" : $"{Shown(step)}: {complaint}"
            )
            : null;

    // A job that an earlier process of this run submitted went on without it.
    private bool IsAdopted(PlanStep step, IProgress<ExecutionEvent>? progress)
    {
        if (
            !cluster!.HasEndedWell(step)
            || !Directory.Exists(cluster.OutputOf(step))
            || Result(step, cluster.OutputOf(step)).Wheel is not { } wheel
        )
            return false;
        wheels.Keep(step, KeyOf(step), wheel, progress);
        return true;
    }

    // A wrong order can succeed silently: a version taken from a tool that was not there becomes 0.0.0, exit
    // code 0.
    internal static (string? Wheel, StepFailure? Wrong) Result(PlanStep step, string output)
    {
        var found = Directory.GetFiles(output, "*.whl");
        if (found is not [var wheel])
            return (
                null,
                new StepFailure(
                    FailureCodes.WrongResult,
                    $"{Shown(step)}: the build reported success, but made {found.Length} wheels instead of one"
                )
            );
        var name = Path.GetFileName(wheel);
        var wrong =
            WheelFileName.TryParse(name) is { Success: true, Value: var made }
            && made.Name == step.Candidate.Name
            && made.Version == step.Candidate.Version
                ? WheelRecord.Defect(wheel, isBuilt: true) is { } defect
                    ? $"the build made a wheel that cannot be trusted: {defect}"
                    : null
                : $"the build made {TerminalText.OneLine(name)} instead of {step.Candidate.Name} {step.Candidate.Version}";
        return wrong is null
            ? (wheel, null)
            : (null, new StepFailure(FailureCodes.WrongResult, $"{Shown(step)}: {wrong}"));
    }

    private ExecutionOutcome.StepFailed Failed(
        PlanStep step,
        StepFailure failure,
        TimeSpan duration,
        IProgress<ExecutionEvent>? progress
    )
    {
        progress?.Report(new ExecutionEvent.StepFailed(step, 0, duration, failure.Reason));
        return failure.Outcome(step, run.BuildLogOf(step), options.LogTailLines, run.Path);
    }

    private long SizeOf(PlanStep step) =>
        new FileInfo(commands.FileOf(step.Candidate.Path!)) is { Exists: true } file ? file.Length : 0;

    private static string Shown(PlanStep step) => $"{step.Candidate.Name} {step.Candidate.Version}";
}
