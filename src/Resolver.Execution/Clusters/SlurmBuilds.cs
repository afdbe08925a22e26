using System.Globalization;
using System.Text;
using Resolver.Execution.Commands;
using Resolver.Execution.Options;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Clusters;

/// <summary>The builds of a run as Slurm jobs: an array a stage, a task a build. All are submitted at once, so that
/// they grow old in the queue together; those of a later stage wait for the earlier (<c>afterok</c>), and all are
/// held until everything of the stages before is installed here.</summary>
/// <remarks>A task writes how it ended into a file of the run's directory, as accounting is not set up everywhere;
/// the controller is asked only to learn of tasks that ended silently. Jobs write into the run's directory and
/// nowhere else.</remarks>
internal sealed class SlurmBuilds(
    RunDirectory run,
    Journal journal,
    SlurmOptions options,
    TimeSpan? stepTimeout,
    ChildEnvironment caller
) : IAsyncDisposable
{
    // Slurm's own default for the size of an array is 1001, the first index being 0.
    private const int MostInOneArray = 1000;

    // A shared file system may show a file late: so many looks after the controller said that the task has ended.
    private const int Looks = 15;

    private static readonly HashSet<string> Ended =
    [
        "COMPLETED",
        "FAILED",
        "CANCELLED",
        "TIMEOUT",
        "NODE_FAIL",
        "OUT_OF_MEMORY",
        "BOOT_FAIL",
        "DEADLINE",
    ];

    private readonly SlurmCommands slurm = new(caller);
    private readonly Dictionary<int, List<string>> jobs = [];
    private readonly Dictionary<int, string> tasks = [];
    private readonly SemaphoreSlim asking = new(1);
    private IReadOnlyDictionary<string, string>? states;
    private long asked;

    /// <summary>Where a build puts its wheel.</summary>
    public string OutputOf(PlanStep step) => Path.Combine(FolderOf(step), "wheel");

    /// <summary>Where the copy of the archive lies that a build reads.</summary>
    public string ArchiveFolderOf(PlanStep step) => Path.Combine(FolderOf(step), "archive");

    /// <summary>Whether an earlier process of this run had a build submitted that came to a good end since.</summary>
    public bool HasEndedWell(PlanStep step) => ResultOf(step) == 0;

    /// <summary>Submits everything that must be built.</summary>
    /// <param name="stages">In order, none of them empty.</param>
    /// <returns>Null, or why not.</returns>
    public async Task<string?> SubmitAsync(
        IReadOnlyList<IReadOnlyList<StepCommand>> stages,
        CancellationToken cancellation
    )
    {
        // Of an earlier process of this run.
        await slurm.EndAsync(SlurmCommands.NameOf(run.Path));
        List<string> earlier = [];
        foreach (var stage in stages)
        {
            var number = stage[0].Step.Stage;
            var mine = new List<string>();
            foreach (var part in stage.Chunk(MostInOneArray))
            {
                var (job, problem) = await slurm.SubmitAsync(
                    Arguments(part, number, mine.Count, earlier),
                    cancellation
                );
                if (job is null)
                    return problem;
                mine.Add(job);
                for (var index = 0; index < part.Length; index++)
                    tasks[part[index].Step.Order] = $"{job}_{index + 1}";
                journal.Write(
                    new JournalEvent(JournalEventKind.JobsSubmitted) { Text = $"slurm {job}: stage {number}" }
                );
            }
            jobs[number] = mine;
            earlier = mine;
        }
        return null;
    }

    /// <summary>Lets a stage run, as all before it are installed.</summary>
    /// <returns>Null, or why not.</returns>
    public async Task<string?> ReleaseAsync(int stage, CancellationToken cancellation) =>
        await slurm.ReleaseAsync(jobs[stage], cancellation);

    /// <summary>Waits for the end of a build.</summary>
    public async Task<ChildProcess.Ending> WaitAsync(PlanStep step, CancellationToken cancellation)
    {
        var task = tasks[step.Order];
        for (var looks = 0; ; await Task.Delay(options.Poll, cancellation))
        {
            if (ResultOf(step) is { } code)
                return new ChildProcess.Ending(code, null, false);
            var known = await StatesAsync(cancellation);
            var state = known is null ? "UNKNOWN" : known.GetValueOrDefault(task, "gone");
            if (!Ended.Contains(state) && state != "gone")
                looks = 0;
            else if (++looks >= Looks)
                return new ChildProcess.Ending(
                    -1,
                    $"job {task} ended without a result ({state.ToLowerInvariant().Replace('_', ' ')})",
                    state == "TIMEOUT"
                );
        }
    }

    /// <summary>Ends what is left.</summary>
    public async ValueTask DisposeAsync()
    {
        if (tasks.Keys.Any(order => !File.Exists(ResultFile(order))))
            await slurm.EndAsync(SlurmCommands.NameOf(run.Path));
        asking.Dispose();
    }

    /// <summary>Ends the jobs of a run whose process has died. Nothing happens where there is no Slurm any more: they
    /// write nowhere but into the run's directory.</summary>
    public static void End(RunSettings settings, string runFolder)
    {
        if (settings.Execution.Slurm is null)
            return;
        new SlurmCommands(ChildEnvironment.ForPip(null))
            .EndAsync(SlurmCommands.NameOf(runFolder))
            .GetAwaiter()
            .GetResult();
    }

    private List<string> Arguments(StepCommand[] part, int stage, int piece, List<string> earlier)
    {
        var limit = options.AtOnce is { } most && most < part.Length ? $"%{most}" : "";
        var arguments = new List<string>
        {
            $"--job-name={SlurmCommands.NameOf(run.Path)}",
            string.Create(CultureInfo.InvariantCulture, $"--array=1-{part.Length}{limit}"),
            "--output=/dev/null", // each task writes its own log
            $"--chdir={run.Path}",
            "--hold",
        };
        if (stepTimeout is { } time)
            arguments.Add($"--time={SlurmCommands.Minutes(time)}");
        if (earlier.Count > 0)
            arguments.AddRange([$"--dependency=afterok:{string.Join(':', earlier)}", "--kill-on-invalid-dep=yes"]);
        arguments.AddRange(options.Options);
        arguments.Add(WriteJob(part, stage, piece));
        return arguments;
    }

    private string WriteJob(StepCommand[] part, int stage, int piece)
    {
        var script = new StringBuilder("#!/bin/sh\n").Append(
            $"# Builds of stage {stage}, one a task.\ncase $SLURM_ARRAY_TASK_ID in\n"
        );
        for (var index = 0; index < part.Length; index++)
        {
            var step = part[index].Step;
            RunDirectory.DeleteFolder(OutputOf(step));
            File.Delete(ResultFile(step.Order));
            Directory.CreateDirectory(OutputOf(step));
            run.WriteScript(part[index]);
            script.Append(
                CultureInfo.InvariantCulture,
                $"{index + 1}) step={PosixShell.Quote(run.ScriptOf(part[index]))} log={PosixShell.Quote(run.BuildLogOf(step))} result={PosixShell.Quote(ResultFile(step.Order))} ;;\n"
            );
        }
        // A task that is ended by the cluster (SIGTERM, then SIGKILL) writes no result, and it is seen that none came.
        script.Append(
            "*) exit 2 ;;\nesac\numask 022\n\"$step\" >\"$log\" 2>&1\ncode=$?\necho \"$code\" >\"$result.part\" && mv \"$result.part\" \"$result\"\nexit \"$code\"\n"
        );
        var path = Path.Combine(
            run.Path,
            "steps",
            piece == 0 ? $"stage-{stage}.slurm.sh" : $"stage-{stage}.{piece + 1}.slurm.sh"
        );
        File.WriteAllText(path, script.ToString());
        return path;
    }

    private async Task<IReadOnlyDictionary<string, string>?> StatesAsync(CancellationToken cancellation)
    {
        await asking.WaitAsync(cancellation);
        try
        {
            // One question serves all that wait: a controller has many users.
            if (asked == 0 || System.Diagnostics.Stopwatch.GetElapsedTime(asked) >= options.Poll)
            {
                states = await slurm.StatesAsync([.. jobs.Values.SelectMany(each => each)], cancellation);
                asked = System.Diagnostics.Stopwatch.GetTimestamp();
            }
            return states;
        }
        finally
        {
            asking.Release();
        }
    }

    private string FolderOf(PlanStep step) =>
        Path.Combine(run.Path, "slurm", step.Order.ToString("00", CultureInfo.InvariantCulture));

    private string ResultFile(int order) =>
        Path.Combine(run.Path, "slurm", order.ToString("00", CultureInfo.InvariantCulture), "result");

    private int? ResultOf(PlanStep step)
    {
        try
        {
            var file = ResultFile(step.Order);
            return
                File.Exists(file)
                && int.TryParse(
                    File.ReadAllText(file),
                    NumberStyles.Integer,
                    CultureInfo.InvariantCulture,
                    out var code
                )
                ? code
                : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
