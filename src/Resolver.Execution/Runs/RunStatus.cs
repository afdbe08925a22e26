namespace Resolver.Execution.Runs;

/// <summary>How far a run has come.</summary>
public enum RunStatus
{
    /// <summary>It is under way, or its process has died: the journal cannot distinguish these, the lock can.</summary>
    Open,

    /// <summary>Every step is done.</summary>
    Finished,

    /// <summary>It ended at a step that failed.</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Interrupted,

    /// <summary>It is being taken back, or the process that did so has died.</summary>
    Undoing,

    /// <summary>It has been taken back.</summary>
    Undone,
}
