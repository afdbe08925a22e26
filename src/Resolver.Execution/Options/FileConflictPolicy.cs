namespace Resolver.Execution.Options;

/// <summary>What happens where a step would write over a file of another project or of the user
/// (<c>--on-file-conflict</c>).</summary>
public enum FileConflictPolicy
{
    /// <summary>Warn of files that two projects of the plan contain; refuse to write over a file that was there before
    /// the run.</summary>
    Default,

    /// <summary>Warn, and write over the file; <c>undo</c> restores it.</summary>
    Warn,

    /// <summary>Refuse.</summary>
    Error,
}
