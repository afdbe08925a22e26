namespace Resolver.Execution.Outcomes;

/// <summary>How undoing a run ended: a closed set of cases.</summary>
public abstract record UndoOutcome
{
    private UndoOutcome() { }

    /// <summary>The destination holds, file for file, what it held before the run, and files that someone changed
    /// since.</summary>
    /// <param name="Steps">How many steps were taken back.</param>
    /// <param name="Destination">Its base.</param>
    /// <param name="Edited">What was changed since the run installed it, by path.</param>
    public sealed record Undone(int Steps, string Destination, IReadOnlyList<EditedFile> Edited) : UndoOutcome;

    /// <summary>It cannot be undone safely; nothing was done.</summary>
    /// <param name="Reason">One line for a person; it says what to do.</param>
    public sealed record Refused(string Reason) : UndoOutcome;
}
