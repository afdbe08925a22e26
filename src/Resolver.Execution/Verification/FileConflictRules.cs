using Resolver.Execution.Options;
using Resolver.Execution.Outcomes;
using Resolver.Resolution.Plans;

namespace Resolver.Execution.Verification;

/// <summary>What is done about file conflicts (<see cref="FileConflictPolicy"/>).</summary>
internal static class FileConflictRules
{
    /// <summary>The first step that may not be taken, and why; null where all may.</summary>
    public static (PlanStep Step, StepFailure Failure)? Refusal(
        IReadOnlyList<FileConflict> conflicts,
        FileConflictPolicy policy
    )
    {
        var forbidden = conflicts
            .Where(conflict =>
                policy == FileConflictPolicy.Error || policy == FileConflictPolicy.Default && conflict.IsPresent
            )
            .ToList();
        return forbidden.Count == 0
            ? null
            : (
                forbidden[0].Step,
                new StepFailure(
                    FailureCodes.FileConflict,
                    $"{string.Join("; ", FileConflicts.Lines(forbidden))}. Nothing of it was written; --on-file-conflict warn overwrites, and 'resolver undo' restores"
                )
            );
    }

    /// <summary>Tells of them.</summary>
    public static void Tell(IReadOnlyList<FileConflict> conflicts, IProgress<ExecutionEvent>? progress)
    {
        foreach (var line in FileConflicts.Lines(conflicts))
            progress?.Report(new ExecutionEvent.Noticed(line));
    }
}
