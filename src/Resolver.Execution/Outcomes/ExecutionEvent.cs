using Resolver.Resolution.Plans;

namespace Resolver.Execution.Outcomes;

/// <summary>What happens while a plan is run: a closed set of cases, told through <see cref="IProgress{T}"/>, one at
/// a time.</summary>
public abstract record ExecutionEvent
{
    private ExecutionEvent() { }

    /// <summary>Someone else is changing the destination; it continues when they have ended.</summary>
    public sealed record Waiting(string Folder) : ExecutionEvent;

    /// <summary>What a dead process left in the destination was put in order.</summary>
    /// <param name="RunFolder">The record of its run.</param>
    /// <param name="What">What befell the run and what was done, to follow the run's name in a sentence.</param>
    public sealed record Settled(string RunFolder, string What) : ExecutionEvent;

    /// <summary>Everything that is checked beforehand is in order; the steps begin.</summary>
    /// <param name="Steps">How many steps install something.</param>
    public sealed record RunStarted(string RunFolder, int Steps) : ExecutionEvent;

    /// <summary>The wheel of a step is being built; others may be as well.</summary>
    public sealed record BuildStarted(PlanStep Step, string LogPath) : ExecutionEvent;

    /// <summary>It is built.</summary>
    /// <param name="Size">Of the wheel, in bytes.</param>
    public sealed record BuildFinished(PlanStep Step, TimeSpan Duration, long Size) : ExecutionEvent;

    /// <summary>The wheel of a step was built by an earlier run.</summary>
    public sealed record WheelReused(PlanStep Step, string Path) : ExecutionEvent;

    /// <summary>The wheel of a step was handed out (<see cref="Options.ExecutionOptions.Output"/>).</summary>
    /// <param name="Path">Where it was written.</param>
    public sealed record WheelHandedOut(PlanStep Step, string Path) : ExecutionEvent;

    /// <summary>A step begins with its checks.</summary>
    /// <param name="Index">From 1, among the steps that install something.</param>
    public sealed record StepStarted(PlanStep Step, int Index, string LogPath) : ExecutionEvent;

    /// <summary>An older or other version was taken out before the step.</summary>
    /// <param name="Replaced">Name and version.</param>
    public sealed record VersionRemoved(PlanStep Step, string Replaced) : ExecutionEvent;

    /// <summary>What the step installed is what was planned.</summary>
    /// <param name="Files">How many files it installed.</param>
    /// <param name="Bytes">What they hold together.</param>
    public sealed record StepFinished(PlanStep Step, int Index, TimeSpan Duration, int Files = 0, long Bytes = 0)
        : ExecutionEvent;

    /// <summary>Something that the user should know, and that does not end the run.</summary>
    /// <param name="Text">One line for a person.</param>
    public sealed record Noticed(string Text) : ExecutionEvent;

    /// <summary>Every step is done; what was installed is imported now.</summary>
    /// <param name="Projects">How many.</param>
    public sealed record Importing(int Projects) : ExecutionEvent;

    /// <summary>The step failed and was undone. It is the last, unless the run keeps going. The outcome says
    /// more.</summary>
    /// <param name="Index">0 where it failed while it was built.</param>
    public sealed record StepFailed(PlanStep Step, int Index, TimeSpan Duration, string Reason) : ExecutionEvent;
}
