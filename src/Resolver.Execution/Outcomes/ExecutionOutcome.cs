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

    /// <summary>Some steps failed, and everything that does not require them is installed
    /// (<see cref="Options.ExecutionOptions.KeepGoing"/>).</summary>
    /// <param name="Failures">The steps that failed, in the order in which they did.</param>
    /// <param name="Installed">The steps of the plan whose result is there, those of an earlier process of the run
    /// included.</param>
    /// <param name="LeftOut">The steps that were not tried, each with the failed one that it requires.</param>
    /// <param name="RunFolder">The record of the run, which can be resumed.</param>
    public sealed record PartlyCompleted(
        IReadOnlyList<StepFailed> Failures,
        IReadOnlyList<PlanStep> Installed,
        IReadOnlyList<(PlanStep Step, PlanStep Because)> LeftOut,
        string RunFolder,
        TimeSpan Duration
    ) : ExecutionOutcome
    {
        /// <summary>The installed steps that require a failed one to run: they require each other.</summary>
        public IReadOnlyList<(PlanStep Step, PlanStep Because)> Incomplete { get; init; } = [];
    }

    /// <summary>Nothing was run: an archive is not what the plan says, or the destination cannot be written.</summary>
    /// <param name="Code">Stable: one of <see cref="FailureCodes"/>.</param>
    /// <param name="Reason">One line for a person.</param>
    public sealed record Refused(string Code, string Reason) : ExecutionOutcome;

    /// <summary>The user stopped it; no process of it is left, and the step under way left nothing.</summary>
    /// <param name="Step">The step under way, or null where none had begun.</param>
    public sealed record Interrupted(PlanStep? Step, string? RunFolder) : ExecutionOutcome;
}
