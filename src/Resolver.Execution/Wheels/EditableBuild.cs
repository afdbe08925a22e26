using System.Text.Json;
using Resolver.Execution.Backends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Steps;
using Resolver.Execution.Verification;
using Resolver.Interpreters;
using Resolver.Packaging.Requirements;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>Builds the editable wheel of a source tree (PEP 660): one that leads to the tree itself instead of holding
/// a copy of it. <c>pip wheel</c> cannot build one, so the backend's hooks are called, each in a process of its
/// own.</summary>
internal sealed class EditableBuild(
    Interpreter interpreter,
    StepCommandBuilder commands,
    ExecutionOptions options,
    RunDirectory run
)
{
    /// <summary>Builds it.</summary>
    /// <param name="step">The step of the tree.</param>
    /// <param name="environment">The variables of its build.</param>
    /// <param name="scratch">The build's own temporary folder.</param>
    /// <param name="output">Where the wheel goes; exists and is empty.</param>
    /// <param name="log">The log of the build.</param>
    /// <exception cref="OperationCanceledException">Cancelled; no process is left.</exception>
    public async Task<EditableOutcome> RunAsync(
        PlanStep step,
        ChildEnvironment environment,
        string scratch,
        string output,
        StreamWriter log,
        CancellationToken cancellation
    )
    {
        var tree = commands.TreeOf(step);
        var (found, why) = ProjectBackend.Of(tree);
        if (found is not { } system)
            return new EditableOutcome.Unsupported(TerminalText.OneLine(why!));
        var hooks = Directory.CreateDirectory(Path.Combine(scratch, "hooks")).FullName;
        var script = HookScripts.Write(hooks, "hooks.py");

        var (asked, refusal) = await AskAsync("editable-requires");
        if (asked is not { } wanted)
            return refusal!;
        if (await MissingAsync(wanted, environment, cancellation) is { } missing)
            return Failed(step, FailureCodes.BuildRequirementMissing, $"cannot be built editable: {missing}");
        var (made, failure) = await AskAsync("editable");
        return made is null ? failure! : EditableOutcome.Made.Instance;

        async Task<(JsonElement? Answer, EditableOutcome? Failure)> AskAsync(string hook)
        {
            var call = HookCall.Prepare(
                script,
                hooks,
                new HookRequest(hook, system.EffectiveBackend, system.BackendPath, output),
                commands.SettingsOf(step.Candidate)
            );
            await log.WriteLineAsync($"# {hook} of {system.EffectiveBackend}, in {tree}");
            await log.FlushAsync(cancellation);
            var ending = await ChildProcess.RunAsync(
                interpreter.Executable,
                call.Arguments,
                environment.With(OrphanProcesses.Variable, run.Path),
                log.BaseStream,
                tree,
                options.StepTimeout,
                cancellation
            );
            cancellation.ThrowIfCancellationRequested();
            return Judge(step, ending, call.Reply());
        }
    }

    private static (JsonElement? Answer, EditableOutcome? Failure) Judge(
        PlanStep step,
        ChildProcess.Ending ending,
        HookReply? reply
    ) =>
        reply switch
        {
            HookReply.Given given => (given.Answer, null),
            HookReply.Refused { Kind: HookRefusal.Unavailable } refused => (
                null,
                new EditableOutcome.Unsupported(TerminalText.OneLine(refused.Why ?? ""))
            ),
            HookReply.Refused refused => (
                null,
                Failed(
                    step,
                    FailureCodes.FrontendFailed,
                    $"its build backend failed while it was built editable{(refused.Why is { Length: > 0 } said ? $": {TerminalText.OneLine(said)}" : "")}"
                )
            ),
            _ when ending.Fault is { } fault => (
                null,
                Failed(step, ending.TimedOut ? FailureCodes.TimedOut : FailureCodes.FrontendFailed, fault)
            ),
            _ => (
                null,
                Failed(
                    step,
                    FailureCodes.FrontendFailed,
                    $"its build backend ended with exit code {ending.ExitCode} while it was built editable"
                )
            ),
        };

    private async Task<string?> MissingAsync(
        JsonElement answer,
        ChildEnvironment environment,
        CancellationToken cancellation
    )
    {
        var texts = answer.GetProperty("requires").EnumerateArray().Select(each => each.GetString()!).ToList();
        if (texts.Count == 0)
            return null;
        var (listing, problem) = await EnvironmentListing.AskAsync(interpreter, environment, cancellation);
        if (listing is null)
            return problem;
        foreach (var text in texts)
        {
            var read = Requirement.TryParse(text.Trim());
            if (!read.Success)
                return $"its build backend requires '{TerminalText.OneLine(text)}', which is not a requirement (PEP 508)";
            if (
                read.Value.Marker is { } marker
                && marker.TryEvaluate(interpreter.Environment, []) is not { Success: true, Value: true }
            )
                continue;
            if (BuildRequirements.Complaint(read.Value, listing) is { } complaint)
                return $"{complaint}; its build backend requires it for that: request it too, or give the directory without -e";
        }
        return null;
    }

    private static EditableOutcome.Failed Failed(PlanStep step, string code, string reason) =>
        new(new StepFailure(code, $"{step.Candidate.Name} {step.Candidate.Version}: {reason}"));
}
