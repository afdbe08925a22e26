namespace Resolver.Execution.Outcomes;

/// <summary>The stable codes of what can go wrong while a plan is run.</summary>
public static class FailureCodes
{
    /// <summary>Whether a failure concerns its step and what requires it, and nothing else.</summary>
    internal static bool ConcernsOneStep(string code) =>
        code
            is BuildRequirementMissing
                or FrontendFailed
                or TimedOut
                or WrongResult
                or CannotReplace
                or FileConflict
                or ForeignChange
                or DestinationUnusable;

    /// <summary>A file of the plan is not there, or cannot be read.</summary>
    public const string ArchiveMissing = "archive-missing";

    /// <summary>A file has another content than the plan was made from.</summary>
    public const string HashMismatch = "hash-mismatch";

    /// <summary>The plan was made for another Python or platform.</summary>
    public const string OtherEnvironment = "plan-for-another-environment";

    /// <summary>The destination cannot be made or written.</summary>
    public const string DestinationNotWritable = "destination-not-writable";

    /// <summary>The destination's path cannot stand in PYTHONPATH.</summary>
    public const string DestinationUnusable = "destination-unusable";

    /// <summary>The pip in use is too old for what is asked.</summary>
    public const string FrontendTooOld = "frontend-too-old";

    /// <summary>The run to continue with has been undone.</summary>
    public const string RunUndone = "run-undone";

    /// <summary>Something the step needs to be built is not to be found where it would be built.</summary>
    public const string BuildRequirementMissing = "build-requirement-missing";

    /// <summary>pip ended with an error.</summary>
    public const string FrontendFailed = "frontend-failed";

    /// <summary>The cluster did not take or did not carry out a build.</summary>
    public const string ClusterFailed = "cluster-failed";

    /// <summary>pip took longer than allowed.</summary>
    public const string TimedOut = "step-timed-out";

    /// <summary>What is installed afterwards is not what was planned.</summary>
    public const string WrongResult = "wrong-result";

    /// <summary>What was installed cannot be imported (<c>--smoke</c>); it stays installed.</summary>
    public const string DoesNotImport = "does-not-import";

    /// <summary>Another version is there that cannot be removed safely.</summary>
    public const string CannotReplace = "cannot-replace";

    /// <summary>Another project has a file of that name, with other content.</summary>
    public const string FileConflict = "file-conflict";

    /// <summary>Files of others changed while a step ran (<c>--strict</c>).</summary>
    public const string ForeignChange = "foreign-change";

    /// <summary>The journal of a run is damaged.</summary>
    public const string JournalDamaged = "journal-damaged";

    /// <summary>Reading or writing files failed.</summary>
    public const string FileSystem = "file-system";
}
