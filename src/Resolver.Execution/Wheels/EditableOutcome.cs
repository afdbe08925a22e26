using Resolver.Execution.Outcomes;
using Resolver.Resolution.Candidates;

namespace Resolver.Execution.Wheels;

/// <summary>The result of an editable build.</summary>
internal abstract record EditableOutcome
{
    private EditableOutcome() { }

    /// <summary>Says that a copy is installed instead.</summary>
    /// <param name="reason">Why.</param>
    public static ExecutionEvent CopyOf(Candidate candidate, string reason) =>
        new ExecutionEvent.Noticed(
            $"{candidate.Name} {candidate.Version} is requested editable (-e), and a copy is installed: {reason}"
        );

    /// <summary>The wheel is in the folder.</summary>
    public sealed record Made : EditableOutcome
    {
        private Made() { }

        public static Made Instance { get; } = new();
    }

    /// <summary>The backend cannot build editable wheels.</summary>
    public sealed record Unsupported(string Reason) : EditableOutcome;

    /// <summary>The build failed.</summary>
    public sealed record Failed(StepFailure Failure) : EditableOutcome;
}
