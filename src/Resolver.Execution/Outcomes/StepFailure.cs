using Resolver.Execution.Runs;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Outcomes;

/// <summary>Why a step failed.</summary>
/// <param name="Code">One of <see cref="FailureCodes"/>.</param>
/// <param name="Reason">One line for a person.</param>
internal sealed record StepFailure(string Code, string Reason)
{
    /// <summary>The message for the caller.</summary>
    /// <param name="log">The log of what was run; it need not exist.</param>
    public ExecutionOutcome.StepFailed Outcome(PlanStep step, string log, int tailLines, string runFolder) =>
        new(step, Code, Reason, LogTail.Of(log, tailLines), File.Exists(log) ? log : null, runFolder);
}
