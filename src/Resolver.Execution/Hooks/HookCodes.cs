namespace Resolver.Execution.Hooks;

/// <summary>The stable codes of what can go wrong while a build backend is asked.</summary>
public static class HookCodes
{
    /// <summary>The backend raised an exception, ended its process, or cannot be imported.</summary>
    public const string Failed = "hook-failed";

    /// <summary>It took longer than allowed.</summary>
    public const string TimedOut = "hook-timed-out";

    /// <summary>What it answered is not what PEP 517 says.</summary>
    public const string InvalidAnswer = "hook-invalid-answer";

    /// <summary>A requirement of the build cannot be built or installed itself.</summary>
    public const string RequirementFailed = "hook-requirement-failed";

    /// <summary>The source cannot be unpacked or copied.</summary>
    public const string SourceUnusable = "hook-source-unusable";
}
