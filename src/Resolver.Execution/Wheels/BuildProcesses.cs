using Resolver.Execution.Backends;
using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;
using Resolver.Execution.Sources;
using Resolver.Execution.Steps;
using Resolver.Interpreters;
using Resolver.Packaging.PyProjects;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Wheels;

/// <summary>Makes the processes that build wheels, by one frontend or the other. A backend finds the same with both:
/// its variables and settings, the source in a folder of its own right in its temporary folder (a tree where it lies),
/// and that folder as the current one.</summary>
/// <remarks>What pip does beside it, its own metadata hook first of all, has no part in the wheel.</remarks>
internal sealed class BuildProcesses(Interpreter interpreter, StepCommandBuilder commands, BuildFrontend frontend)
{
    /// <summary>That of a step.</summary>
    /// <param name="source">As <see cref="StepCommandBuilder.SourceOf"/> gave it.</param>
    /// <param name="scratch">The build's own temporary folder.</param>
    /// <param name="output">Where the wheel goes; exists and is empty.</param>
    /// <param name="overlay">The folder of an environment of its own; null where it has none.</param>
    /// <returns>The process, or why its source cannot be built.</returns>
    public (BuildProcess? Process, StepFailure? Failure) Of(
        PlanStep step,
        PipSource source,
        string scratch,
        string output,
        string? overlay,
        CancellationToken cancellation
    )
    {
        var command = commands.BuildWheel(step, scratch, output, overlay, source);
        if (frontend == BuildFrontend.Pip)
            return (new PipBuild(command), null);
        var (project, failure) = PreparedSource.Unpack(step.Candidate.Path!, source, scratch, cancellation);
        if (project is null)
            return (null, failure);
        var (system, why) = ProjectBackend.Of(project);
        if (system is null)
            return (
                null,
                new StepFailure(
                    FailureCodes.FrontendFailed,
                    $"{step.Candidate.Name} {step.Candidate.Version}: it cannot be built: {TerminalText.OneLine(why!)}"
                )
            );
        var folder = Directory.CreateDirectory(Path.Combine(scratch, "hooks")).FullName;
        var made = Directory.CreateDirectory(Path.Combine(folder, "wheel")).FullName;
        var call = HookCall.Prepare(
            HookScripts.Write(folder, "hooks.py"),
            folder,
            new HookRequest("wheel", system.EffectiveBackend, system.BackendPath, made),
            commands.SettingsOf(step.Candidate)
        );
        return (
            new HookBuild(
                interpreter.Executable,
                command.Environment,
                project,
                step.Candidate.Path!,
                system.EffectiveBackend,
                call,
                made,
                output
            ),
            null
        );
    }
}
