using Resolver.Resolution.Plans;

namespace Resolver.Execution.Outcomes;

/// <summary>How running a plan ended: a closed set of cases.</summary>
public abstract record ExecutionOutcome
{
    private ExecutionOutcome() { }

    /// <summary>Every step was carried out and what it installed is what was planned.</summary>
    /// <param name="RunFolder">The record of the run.</param>
    public sealed record Completed(string RunFolder, int Installed, TimeSpan Duration) : ExecutionOutcome;

    /// <summary>A step failed; those before it stay installed, it itself left nothing, those after it were not
    /// begun.</summary>
    /// <param name="Code">Stable: one of <see cref="FailureCodes"/>.</param>
    /// <param name="Reason">One line for a person.</param>
    /// <param name="LogTail">The end of the step's log, fit for a terminal; empty where nothing was run.</param>
    /// <param name="LogPath">The whole log; null where nothing was run.</param>
    public sealed record StepFailed(
        PlanStep Step,
        string Code,
        string Reason,
        IReadOnlyList<string> LogTail,
        string? LogPath,
        string RunFolder
    ) : ExecutionOutcome;

    /// <summary>Nothing was run: an archive is not what the plan says, or the destination cannot be written.</summary>
    /// <param name="Code">Stable: one of <see cref="FailureCodes"/>.</param>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Refused(string Code, string Reason) : ExecutionOutcome;

    /// <summary>The user stopped it; no process of it is left, and the step under way left nothing.</summary>
    /// <param name="Step">The step under way, or null where none had begun.</param>
    public sealed record Interrupted(PlanStep? Step, string? RunFolder) : ExecutionOutcome;
}
