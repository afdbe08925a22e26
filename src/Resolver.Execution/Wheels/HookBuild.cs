using Resolver.Execution.Backends;
using Resolver.Execution.Processes;

namespace Resolver.Execution.Wheels;

/// <summary>The hook <c>build_wheel</c> of a backend.</summary>
/// <param name="Source">The archive or tree, as the plan names it.</param>
/// <param name="Backend">As <c>build-system.build-backend</c> has it.</param>
/// <param name="Call">Of the hook.</param>
/// <param name="Made">The folder that the backend writes into.</param>
/// <param name="Output">The folder for the wheel that the backend names.</param>
internal sealed record HookBuild(
    string Executable,
    ChildEnvironment Environment,
    string Folder,
    string Source,
    string Backend,
    HookCall Call,
    string Made,
    string Output
) : BuildProcess(Executable, Call.Arguments, Environment, Folder)
{
    private const string Hook = "build_wheel";
    private const int LongestReason = 200;

    /// <inheritdoc/>
    public override string Title =>
        $"# {Hook} of {TerminalText.OneLine(Backend)} for {TerminalText.OneLine(Source)}, in {TerminalText.OneLine(Folder)}\n{base.Title}";

    /// <inheritdoc/>
    public override string? Complaint(ChildProcess.Ending ending) =>
        Call.Reply() switch
        {
            HookReply.Given given => Taken(given.Answer.GetProperty("wheel").GetString()!),
            HookReply.Refused { Kind: HookRefusal.Unavailable } refused =>
                $"its build backend {TerminalText.OneLine(Backend)} cannot be used{Said(refused.Why)}",
            HookReply.Refused { Kind: HookRefusal.Failed } refused => $"{Shown} failed{Said(refused.Why)}",
            HookReply.Refused refused => $"its build backend {TerminalText.OneLine(Backend)}{Said(refused.Why)}",
            _ when ending.Fault is { } fault => fault,
            _ => $"{Shown} ended its process with exit code {ending.ExitCode}, without an answer",
        };

    private string Shown => $"{Hook} of {TerminalText.OneLine(Backend)}";

    // Only what the backend names is its wheel; pip too leaves what else it writes.
    private string? Taken(string name)
    {
        if (name.Contains('\0', StringComparison.Ordinal))
            return $"{Shown} gave a name that has a null character";
        var file = new FileInfo(Path.GetFullPath(name, Made));
        if (file.DirectoryName != Path.GetFullPath(Made) || file is not { Exists: true, LinkTarget: null })
            return $"{Shown} gave '{Shortened(name)}', but made no such file in the folder that it was given";
        file.MoveTo(Path.Combine(Output, file.Name));
        return null;
    }

    private static string Said(string? why) =>
        why?.Trim().Split('\n')[^1].Trim() is { Length: > 0 } last ? $": {Shortened(last)}" : "";

    private static string Shortened(string text) =>
        TerminalText.OneLine(text.Length > LongestReason ? text[..LongestReason] + "…" : text);
}
