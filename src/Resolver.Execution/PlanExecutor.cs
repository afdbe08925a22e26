using System.Diagnostics;
using Resolver.Archives.Interpreters;
using Resolver.Execution.Destinations;
using Resolver.Execution.Frontends;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Resolution.Plans;

namespace Resolver.Execution;

/// <summary>Runs a plan: its install steps in order, one pip process each, stopping at the first that fails.</summary>
/// <remarks>What a step installs is compared with the plan; a step that fails, or is interrupted, leaves the destination as it was before it.
/// One run at a time per destination; an instance may be used again.</remarks>
public sealed class PlanExecutor(Interpreter interpreter, PipFrontend frontend, InstallDestination destination, ExecutionOptions options)
{
    private readonly StepCommandBuilder commands = new(interpreter, frontend, destination, options);

    /// <summary>The commands a run would start, in order; nothing is touched.</summary>
    public IReadOnlyList<StepCommand> Commands(Plan plan) => [.. InstallSteps(plan).Select(step => commands.Build(step, Path.Combine(Path.GetTempPath(), $"step-{step.Order}")))];

    /// <summary>Runs the plan.</summary>
    /// <param name="plan">Its paths are relative to <see cref="ExecutionOptions.BaseFolder"/>.</param>
    /// <param name="progress">Told of each event; null for none.</param>
    /// <param name="cancellation">Ends the step under way, its processes included, and gives <see cref="ExecutionOutcome.Interrupted"/>.</param>
    public async Task<ExecutionOutcome> RunAsync(Plan plan, IProgress<ExecutionEvent>? progress = null, CancellationToken cancellation = default)
    {
        var watch = Stopwatch.StartNew();
        var steps = InstallSteps(plan);
        RunDirectory? run = null;
        PlanStep? current = null;
        try
        {
            if (Refusal(plan, steps, cancellation) is { } refusal) return refusal;
            run = OpenRun(plan);
            progress?.Report(new ExecutionEvent.RunStarted(run.Path, steps.Count));
            var runner = new StepRunner(interpreter, destination, commands, options, run, new BuildRequirements(plan));
            for (var index = 1; index <= steps.Count; index++)
            {
                cancellation.ThrowIfCancellationRequested();
                current = steps[index - 1];
                if (await runner.RunAsync(current, index, progress, cancellation) is { } failure) return failure;
            }
            return new ExecutionOutcome.Completed(run.Path, steps.Count, watch.Elapsed);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return new ExecutionOutcome.Interrupted(current, run?.Path);
        }
        catch (Exception exception) when (run is null && exception is IOException or UnauthorizedAccessException)
        {
            return new ExecutionOutcome.Refused(FailureCodes.FileSystem, $"the run cannot be recorded: {exception.Message}");
        }
        finally
        {
            run?.Close();
        }
    }

    private static List<PlanStep> InstallSteps(Plan plan) => [.. plan.Steps.Where(step => step.Action == StepAction.Install)];

    private RunDirectory OpenRun(Plan plan)
    {
        var caller = ChildEnvironment.ForPip(options.CallerEnvironment);
        var run = RunDirectory.Create(options.RunsFolder, name => caller[name]);
        run.WritePlan(plan);
        return run;
    }

    // Everything that can be known beforehand is, so that a run that cannot succeed does not begin.
    private ExecutionOutcome.Refused? Refusal(Plan plan, List<PlanStep> steps, CancellationToken cancellation)
    {
        if (PlanEnvironment.Difference(plan, interpreter) is { } difference) return new(FailureCodes.OtherEnvironment, difference);
        if (options.ConfigSettings.Count > 0 && frontend.Version < PipFrontend.OldestWithConfigSettings)
            return new(FailureCodes.FrontendTooOld, $"pip {frontend.Version} knows no --config-settings; {PipFrontend.OldestWithConfigSettings} or later is needed");
        foreach (var step in steps)
        {
            cancellation.ThrowIfCancellationRequested();
            if (ArchiveHash.Refusal(step, commands.FileOf(step.Candidate.Path!)) is { } refusal) return refusal;
        }
        return steps.Count == 0 ? null : Unwritable();
    }

    private ExecutionOutcome.Refused? Unwritable()
    {
        var probe = Path.Combine(destination.Base, $".resolver-{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(destination.Base);
            // Asked by doing: modes, mounts and quotas all have a say.
            File.WriteAllBytes(probe, [0]);
            File.Delete(probe);
            return null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return new(FailureCodes.DestinationNotWritable, $"{TerminalText.OneLine(destination.Base)} cannot be written: {exception.Message}");
        }
    }
}
