using Resolver.Execution.Outcomes;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Verification;

/// <summary>Says which processes a build or an install left running.</summary>
internal static class LeftBehind
{
    /// <summary>Tells of them, one line each.</summary>
    /// <param name="what">What was being done: 'building NAME VERSION'.</param>
    public static void Tell(ChildProcess.Ending ending, string what, IProgress<ExecutionEvent>? progress)
    {
        foreach (var process in ending.LeftBehind)
            progress?.Report(new ExecutionEvent.Noticed($"{what} left a process running, which was ended: {process}"));
    }
}
