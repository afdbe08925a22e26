using Resolver.Resolution.Plans;

namespace Resolver.Execution.Outcomes;

/// <summary>What happens while a plan is run: a closed set of cases, told in order through <see cref="IProgress{T}"/> on the thread that runs it.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent() { }

    /// <summary>Someone else is changing the destination; it goes on when they have ended.</summary>
    public sealed record Waiting(string Folder) : ExecutionEvent;

    /// <summary>What a dead process left in the destination was put in order.</summary>
    /// <param name="RunFolder">The record of its run.</param>
    /// <param name="What">What befell the run and what was done, to follow the run's name in a sentence.</param>
    public sealed record Settled(string RunFolder, string What) : ExecutionEvent;

    /// <summary>Everything that is checked beforehand is in order; the steps begin.</summary>
    /// <param name="Steps">How many steps install something.</param>
    public sealed record RunStarted(string RunFolder, int Steps) : ExecutionEvent;

    /// <summary>A step begins with its checks.</summary>
    /// <param name="Index">From 1, among the steps that install something.</param>
    public sealed record StepStarted(PlanStep Step, int Index, string LogPath) : ExecutionEvent;

    /// <summary>An older or other version was taken out before the step.</summary>
    /// <param name="Replaced">Name and version.</param>
    public sealed record VersionRemoved(PlanStep Step, string Replaced) : ExecutionEvent;

    /// <summary>What the step installed is what was planned.</summary>
    public sealed record StepFinished(PlanStep Step, int Index, TimeSpan Duration) : ExecutionEvent;

    /// <summary>The step failed and was undone; it is the last. The outcome says more.</summary>
    public sealed record StepFailed(PlanStep Step, int Index, TimeSpan Duration, string Reason) : ExecutionEvent;
}
