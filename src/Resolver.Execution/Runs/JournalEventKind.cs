namespace Resolver.Execution.Runs;

/// <summary>What a line of a journal says. Those with an effect on the destination come in pairs: one before, with
/// all that taking it back needs, and one after.</summary>
internal enum JournalEventKind
{
    /// <summary>The run begins; the settings, the plan and the list of files are on disk.</summary>
    RunStarted,

    /// <summary>Someone continues with a run that had ended early.</summary>
    RunResumed,

    /// <summary>A wheel was built or taken from the store: <c>text</c> is its path, <c>hash</c> its SHA-256.</summary>
    WheelReady,

    /// <summary>Builds were given to a cluster; <c>text</c> says which.</summary>
    JobsSubmitted,

    /// <summary>A step begins; <c>text</c> is the folder of what it saves, below the run's.</summary>
    StepStarted,

    /// <summary>Files will be removed; copies of all of them are kept.</summary>
    Removing,

    /// <summary>They are.</summary>
    Removed,

    /// <summary>The frontend will be started; copies of the files that it is known to overwrite are kept.</summary>
    Installing,

    /// <summary>It ended well; these files belong to the step.</summary>
    Installed,

    /// <summary>What it installed is what was planned.</summary>
    StepFinished,

    /// <summary>What a step did will be taken back.</summary>
    Reverting,

    /// <summary>It is.</summary>
    Reverted,

    /// <summary>A step failed, for the reason in <c>text</c>.</summary>
    StepFailed,

    /// <summary>Every step is done.</summary>
    RunFinished,

    /// <summary>The run ended at a step that failed.</summary>
    RunFailed,

    /// <summary>The run was stopped, or found dead.</summary>
    RunInterrupted,

    /// <summary>The whole run will be taken back.</summary>
    UndoStarted,

    /// <summary>A step's files will be removed, and what it replaced put back.</summary>
    Undoing,

    /// <summary>They are.</summary>
    Undone,

    /// <summary>The destination is as it was before the run.</summary>
    UndoFinished,
}
