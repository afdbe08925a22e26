using Resolver.Execution.Processes;
using Resolver.Execution.Runs;
using Resolver.Execution.Wheels;
using Resolver.Resolution.Candidates;

namespace Resolver.Execution.Hooks;

/// <summary>Runs what runs code from an archive: without network where that is possible, within the time limit, with
/// a log, and with nothing left running behind it.</summary>
internal sealed class HookProcesses(HookOptions options, string scratch, NetworkIsolation isolation)
{
    private int started;

    /// <summary>The log of a question.</summary>
    /// <param name="what">A word that tells it from other questions about the same project.</param>
    public string LogOf(Candidate candidate, string what) =>
        Path.Combine(options.LogFolder, $"{candidate.Name}-{candidate.Version}-{WheelsName(candidate)}.{what}.log");

    /// <summary>Builds or installs a requirement of a build.</summary>
    /// <returns>Null where it succeeded.</returns>
    public async Task<HookOutcome.Failed?> RunAsync(
        BuildProcess process,
        Candidate candidate,
        string what,
        CancellationToken cancellation
    )
    {
        var path = LogOf(candidate, what);
        var ending = await RunAsync(
            process.Executable,
            process.Arguments,
            process.Environment,
            process.Folder,
            path,
            cancellation
        );
        return process.Complaint(ending) is { } why
            ? new HookOutcome.Failed(
                candidate,
                HookCodes.RequirementFailed,
                $"{candidate.Path}: {candidate.Name} {candidate.Version}, a requirement of a build, cannot be {(what == "build" ? "built" : "installed")}: {why}; its log is {path}"
            )
            : null;
    }

    /// <summary>Runs a program.</summary>
    /// <param name="log">The log's path; it is rewritten.</param>
    public async Task<ChildProcess.Ending> RunAsync(
        string executable,
        IReadOnlyList<string> arguments,
        ChildEnvironment environment,
        string folder,
        string log,
        CancellationToken cancellation
    )
    {
        using var stream = new HookLog(log);
        stream.Line("$ " + PosixShell.Line(executable, arguments));
        if (isolation.Reason is { } reason)
            stream.Line($"# with the network of this machine: {reason}");
        var (wrapped, all) = isolation.Wrap(executable, arguments);
        // Only its own processes: parallel ones continue.
        var mark = Path.Combine(scratch, $"process-{Interlocked.Increment(ref started)}");
        try
        {
            return await ChildProcess.RunAsync(
                wrapped,
                all,
                environment.With(OrphanProcesses.Variable, mark),
                stream,
                folder,
                options.TimeLimit,
                cancellation
            );
        }
        finally
        {
            // What a backend left running in the background holds files of the scratch folder, and must not go on.
            OrphanProcesses.End(mark);
        }
    }

    /// <summary>The last line of a log that says something, for a message; null where there is none.</summary>
    public static string? LastLine(string log) =>
        LogTail
            .Of(log, 30)
            .LastOrDefault(line => line.Trim().Length > 0 && !line.StartsWith('#') && !line.StartsWith('$'))
            is { } last
            ? last.Trim() is { Length: > 200 } lengthy
                ? lengthy[..200] + "…"
                : last.Trim()
            : null;

    // Two archives may be of one version.
    private static string WheelsName(Candidate candidate) =>
        candidate.Sha256 is { Length: >= 8 } hash ? hash[..8] : "tree";
}
